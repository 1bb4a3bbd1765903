package dev.weir.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.event.Blob;
import dev.weir.event.EventHeader;
import dev.weir.event.RequestFormat;
import dev.weir.event.SourceCoordinates;
import dev.weir.event.WeirHeaders;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Finds the request records of an id. One thread. */
final class RequestFinder {
    private final TopicScan scan;
    private final String topic;
    private final RequestFormat format;
    private final long most;

    RequestFinder(TopicScan scan, String topic, RequestFormat format, long most) {
        this.scan = scan;
        this.topic = topic;
        this.format = format;
        this.most = most;
    }

    /** A request record. */
    record Found(SourceCoordinates source, String id, long publishedMillis) {}

    /**
     * What was found.
     *
     * @param requests in the order of their partitions and offsets
     * @param complete whether all that the topic holds was looked at
     */
    record Finding(List<Found> requests, boolean complete) {}

    Finding find(String id) {
        List<Found> found = new ArrayList<>();
        List<TopicPartition> partitions = scan.partitions(topic);
        SourceCoordinates named = coordinates(id);
        if (named != null && partitions.contains(partition(named))) {
            scan.one(partition(named), named.offset(), message -> found.add(found(message)));
        }
        if (!found.isEmpty()) {
            return new Finding(found, true);
        }
        boolean complete = scan.newest(partitions, 0, Math.max(1, most / partitions.size()), message -> {
            if (idOf(message).equals(id)) {
                found.add(found(message));
            }
        });
        return new Finding(List.copyOf(found), complete);
    }

    private Found found(ConsumerRecord<byte[], byte[]> message) {
        return new Found(source(message), idOf(message), message.timestamp());
    }

    private String idOf(ConsumerRecord<byte[], byte[]> message) {
        List<EventHeader> headers = new ArrayList<>();
        for (Header header : message.headers()) {
            headers.add(new EventHeader(header.key(), Blob.ofNullable(header.value())));
        }
        return format.read(Blob.ofNullable(message.value()), headers, source(message))
                .id();
    }

    /** The text of the last header of that name, or null. */
    static @Nullable String header(ConsumerRecord<byte[], byte[]> message, String name) {
        Header header = message.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }

    /** The request that a retry or dead letter says it came from, or null. */
    static @Nullable SourceCoordinates origin(ConsumerRecord<byte[], byte[]> message) {
        String topic = header(message, WeirHeaders.SOURCE_TOPIC);
        String partition = header(message, WeirHeaders.SOURCE_PARTITION);
        String offset = header(message, WeirHeaders.SOURCE_OFFSET);
        return topic == null || partition == null || offset == null
                ? null
                : coordinates(topic, topic + "-" + partition + "-" + offset);
    }

    private @Nullable SourceCoordinates coordinates(String text) {
        return coordinates(topic, text);
    }

    private static @Nullable SourceCoordinates coordinates(String topic, String text) {
        int dash = text.lastIndexOf('-');
        if (!text.startsWith(topic + "-") || dash <= topic.length()) {
            return null;
        }
        try {
            int partition = Integer.parseInt(text.substring(topic.length() + 1, dash));
            return new SourceCoordinates(topic, partition, Long.parseLong(text.substring(dash + 1)));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static TopicPartition partition(SourceCoordinates source) {
        return new TopicPartition(source.topic(), source.partition());
    }

    private static SourceCoordinates source(ConsumerRecord<byte[], byte[]> message) {
        return new SourceCoordinates(message.topic(), message.partition(), message.offset());
    }
}
