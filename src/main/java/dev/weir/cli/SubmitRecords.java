package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.event.Priority;
import dev.weir.event.WeirHeaders;
import java.time.InstantSource;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes the request record of a line: the line verbatim as value, the options as headers, which win over the fields.
 *
 * @param topic the requests topic
 * @param key the key of every record, or null for the id of each
 * @param priority for every record, or null
 * @param tenant for every record, or null
 * @param deadline for every record, or null
 * @param clock for relative deadlines
 */
record SubmitRecords(
        String topic,
        @Nullable String key,
        @Nullable Priority priority,
        @Nullable String tenant,
        @Nullable DeadlineOption deadline,
        InstantSource clock)
        implements Function<byte[], ProducerRecord<byte[], byte[]>> {
    @Override
    public ProducerRecord<byte[], byte[]> apply(byte[] line) {
        String effectiveKey = key == null ? RequestInput.idOf(line) : key;
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, effectiveKey == null ? null : effectiveKey.getBytes(UTF_8), line);
        header(record, WeirHeaders.PRIORITY, priority == null ? null : priority.wireName());
        header(record, WeirHeaders.TENANT, tenant);
        header(
                record,
                WeirHeaders.DEADLINE,
                deadline == null ? null : deadline.from(clock.instant()).toString());
        return record;
    }

    private static void header(ProducerRecord<byte[], byte[]> record, String name, @Nullable String value) {
        if (value != null) {
            record.headers().add(name, value.getBytes(UTF_8));
        }
    }
}
