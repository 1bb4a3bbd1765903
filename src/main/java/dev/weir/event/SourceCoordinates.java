package dev.weir.event;

/**
 * Where a request record stands in Kafka: its identity inside Weir, since user ids may repeat.
 *
 * @param topic the requests topic
 * @param partition its partition, 0 or more
 * @param offset its offset, 0 or more
 */
public record SourceCoordinates(String topic, int partition, long offset) {
    /** {@code topic-partition-offset}: the id of a request that brings none. */
    @Override
    public String toString() {
        return topic + "-" + partition + "-" + offset;
    }
}
