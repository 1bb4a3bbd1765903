package dev.weir.simulation;

import dev.weir.permit.PermitCodec;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** One record of a simulated topic partition; its offset is its place there. */
record LogRecord(byte[] key, byte[] value, Headers headers) {
    @Override
    public String toString() {
        if (value == null) {
            return "nothing";
        }
        return Stream.of(PermitCodec.decodeAsks(value), PermitCodec.decodeInbox(value))
                .filter(decoded -> !decoded.unreadable())
                .map(decoded -> decoded.messages().toString())
                .findFirst()
                .orElseGet(() -> new String(value, StandardCharsets.UTF_8));
    }

    /** The text of the last header of that name, or null. */
    String header(String name) {
        Header header = headers.lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
