/** Weir: a Grok gateway on Kafka Streams. */
@NullMarked
package dev.weir;

import org.jspecify.annotations.NullMarked;
