package dev.weir.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;

/** Reports as JSON; fields of other versions are ignored. */
final class ReportCodec {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ReportCodec() {}

    static byte[] write(ScopeReport report) {
        try {
            return JSON.writeValueAsBytes(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write the report of " + report.scope(), e);
        }
    }

    /** The report, or empty when the bytes are none. */
    static Optional<ScopeReport> read(byte[] bytes) {
        try {
            return Optional.ofNullable(JSON.readValue(bytes, ScopeReport.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
