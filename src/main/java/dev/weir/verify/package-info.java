/** The verifier: reads the topics and proves one terminal outcome per accepted request. */
@NullMarked
package dev.weir.verify;

import org.jspecify.annotations.NullMarked;
