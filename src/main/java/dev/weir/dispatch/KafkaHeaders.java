package dev.weir.dispatch;

import dev.weir.event.Blob;
import dev.weir.event.EventHeader;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Between Kafka's mutable headers and ours. */
final class KafkaHeaders {
    private KafkaHeaders() {}

    static List<EventHeader> read(Headers headers) {
        List<EventHeader> all = new ArrayList<>();
        for (Header header : headers) {
            all.add(new EventHeader(header.key(), Blob.ofNullable(header.value())));
        }
        return all;
    }

    @SuppressWarnings("NullAway") // Kafka allows null header values and is not annotated
    static Headers write(List<EventHeader> headers) {
        RecordHeaders all = new RecordHeaders();
        for (EventHeader header : headers) {
            Blob value = header.value();
            all.add(header.name(), value == null ? null : value.bytes());
        }
        return all;
    }
}
