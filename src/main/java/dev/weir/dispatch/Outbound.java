package dev.weir.dispatch;

import dev.weir.event.Blob;
import org.jspecify.annotations.Nullable;

/**
 * A value on its way out, with the partition that it came from: a Kafka Streams partitioner sees nothing else.
 *
 * @param partition the request's partition
 * @param value the bytes to write, or null
 */
public record Outbound(int partition, @Nullable Blob value) {}
