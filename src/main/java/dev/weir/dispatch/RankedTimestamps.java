package dev.weir.dispatch;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Timestamps that make Kafka Streams, which takes the smallest first, read permits before retries and retries before
 * new requests. Outputs never inherit them.
 */
public enum RankedTimestamps implements TimestampExtractor {
    /** The inbox, before everything else. */
    INBOX(0),
    /** The retry tiers. */
    RETRY(1),
    /** New requests, by their own time. */
    REQUESTS(2);

    private final long rank;

    RankedTimestamps(long rank) {
        this.rank = rank;
    }

    @Override
    public long extract(ConsumerRecord<Object, Object> message, long partitionTime) {
        return this == REQUESTS ? Math.max(rank, message.timestamp()) : rank;
    }
}
