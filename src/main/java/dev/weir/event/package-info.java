/** The contract: request and response events, headers, reasons, and their JSON codecs. Depends on nothing of ours. */
@NullMarked
package dev.weir.event;

import org.jspecify.annotations.NullMarked;
