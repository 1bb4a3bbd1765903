/** Kafka clients with hooks: work that waits for a commit, and work that waits for acknowledged writes. */
@NullMarked
package dev.weir.client;

import org.jspecify.annotations.NullMarked;
