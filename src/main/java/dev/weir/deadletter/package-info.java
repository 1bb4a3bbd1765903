/** Dead letters: what is written to the dead-letter topic, and with which headers. */
@NullMarked
package dev.weir.deadletter;

import org.jspecify.annotations.NullMarked;
