/**
 * A schema registry with Confluent's REST API: a small client, what it remembers, subject names and the framing of
 * values. Knows nothing of events, and of schemas only the text.
 */
@NullMarked
package dev.weir.registry;

import org.jspecify.annotations.NullMarked;
