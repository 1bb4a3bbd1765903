package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.event.Blob;
import dev.weir.event.EventTranslator;
import dev.weir.event.Priority;
import dev.weir.event.WeirHeaders;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes the request record of a line: the line as value, verbatim if the topic holds JSON, the options as headers,
 * which win over the fields.
 *
 * @param topic the requests topic
 * @param key the key of every record, or null for the id of each
 * @param priority for every record, or null
 * @param tenant for every record, or null
 * @param deadline for every record, or null
 * @param clock for relative deadlines
 * @param events writes the values, and reads those of responses
 */
record SubmitRecords(
        String topic,
        @Nullable String key,
        @Nullable Priority priority,
        @Nullable String tenant,
        @Nullable DeadlineOption deadline,
        InstantSource clock,
        EventTranslator events) {
    /**
     * The record of a line.
     *
     * @throws IllegalArgumentException if it cannot be written in the topic's format
     */
    ProducerRecord<byte[], byte[]> request(byte[] line) {
        String effectiveKey = key == null ? RequestInput.idOf(line) : key;
        byte[] value = events.publish(Blob.of(line)).bytes();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, effectiveKey == null ? null : effectiveKey.getBytes(UTF_8), value);
        header(record, WeirHeaders.PRIORITY, priority == null ? null : priority.wireName());
        header(record, WeirHeaders.TENANT, tenant);
        header(
                record,
                WeirHeaders.DEADLINE,
                deadline == null ? null : deadline.from(clock.instant()).toString());
        return record;
    }

    /** What the value of a response says, if it is one. */
    Optional<ResponseLine> response(byte @Nullable [] value) {
        return value == null ? Optional.empty() : ResponseLine.read(events.response(value));
    }

    private static void header(ProducerRecord<byte[], byte[]> record, String name, @Nullable String value) {
        if (value != null) {
            record.headers().add(name, value.getBytes(UTF_8));
        }
    }
}
