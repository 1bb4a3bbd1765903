/** A real Kafka broker inside the process, for the demonstration, tests and small experiments. */
@NullMarked
package dev.weir.broker;

import org.jspecify.annotations.NullMarked;
