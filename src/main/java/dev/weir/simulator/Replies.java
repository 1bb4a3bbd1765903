package dev.weir.simulator;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import java.util.Locale;
import java.util.UUID;

/** HTTP responses with the headers of the service. */
final class Replies {
    private Replies() {}

    static HttpResponse json(String body) {
        return HttpResponse.of(head(200, MediaType.JSON).build(), HttpData.ofUtf8(body));
    }

    static HttpResponse refusal(Refusal refusal) {
        MediaType type = refusal.json()
                ? MediaType.JSON
                : refusal.body().startsWith("<html") ? MediaType.HTML_UTF_8 : MediaType.PLAIN_TEXT_UTF_8;
        ResponseHeadersBuilder headers = head(refusal.status(), type);
        refusal.retryAfterSeconds().ifPresent(s -> headers.addLong(HttpHeaderNames.RETRY_AFTER, s));
        return HttpResponse.of(headers.build(), HttpData.ofUtf8(refusal.body()));
    }

    /** The headers of a successful completion, the only responses that tell what is left of the limits. */
    static ResponseHeaders completion(Gate.Quota quota, double elapsedMillis, boolean stream) {
        return head(200, stream ? MediaType.EVENT_STREAM : MediaType.JSON)
                .addLong("x-ratelimit-limit-requests", quota.requests())
                .addLong("x-ratelimit-remaining-requests", quota.requestsLeft())
                .addLong("x-ratelimit-limit-tokens", quota.tokens())
                .addLong("x-ratelimit-remaining-tokens", quota.tokensLeft())
                .add("x-metrics-e2e-ms", String.format(Locale.ROOT, "%.1f", elapsedMillis))
                .add("x-zero-data-retention", "false")
                .build();
    }

    private static ResponseHeadersBuilder head(int status, MediaType type) {
        return ResponseHeaders.builder(HttpStatus.valueOf(status))
                .contentType(type)
                .add("x-request-id", UUID.randomUUID().toString());
    }
}
