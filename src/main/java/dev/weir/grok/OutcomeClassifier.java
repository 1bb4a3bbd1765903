package dev.weir.grok;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.event.Blob;
import dev.weir.event.Reason;
import dev.weir.event.Usage;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides what an HTTP answer, or its absence, means. Pure: no clock, no I/O. */
final class OutcomeClassifier {
    private OutcomeClassifier() {}

    /** The outcome of a complete answer; {@code requestedModel} stands in when the answer does not name its own. */
    static GrokOutcome classify(HttpAnswer answer, String requestedModel, Instant now) {
        return answer.status() >= 200 && answer.status() < 300
                ? success(answer, requestedModel, now)
                : refused(answer, ErrorBody.read(answer.body()), answer.status(), now);
    }

    /**
     * The outcome of a call without a complete answer. When an error status had arrived before the break, it still
     * decides: a 429 whose body was cut is a 429.
     */
    static GrokOutcome failed(CallFailure failure, @Nullable HttpAnswer partial, Instant now) {
        if (partial != null && partial.status() >= 300) {
            return refused(partial, ErrorBody.read(partial.body()), partial.status(), now);
        }
        Verdict verdict = switch (failure.kind()) {
            case CONNECT -> Verdict.transientStop(Reason.CONNECT_FAILED);
            case TIMEOUT -> Verdict.transientStop(Reason.TIMEOUT);
            case LOST -> Verdict.transientStop(Reason.CONNECTION_LOST);
            case TOO_LARGE -> Verdict.fatal(Reason.RESPONSE_TOO_LARGE);
            case UNREADABLE -> Verdict.transientStop(Reason.UNREADABLE_ANSWER);
        };
        GrokError error = new GrokError(
                verdict.stopClass(),
                verdict.reason(),
                SafeText.message(failure.message()),
                partial == null ? null : partial.status(),
                null,
                failure.nothingSent());
        Map<String, String> headers = partial == null ? Map.of() : partial.headers();
        return new GrokOutcome.Stopped(error, null, null, RateLimitHeaderParser.parse(headers, now));
    }

    /** The outcome of an answer that passed its bound; the usage is what its end says, or null. */
    static GrokOutcome tooLarge(CallFailure failure, @Nullable HttpAnswer partial, @Nullable Usage usage, Instant now) {
        GrokOutcome outcome = failed(failure, partial, now);
        return usage != null && outcome instanceof GrokOutcome.Stopped stopped
                ? new GrokOutcome.Stopped(stopped.error(), stopped.retryAfterOrNull(), usage, stopped.rateLimits())
                : outcome;
    }

    private static GrokOutcome success(HttpAnswer answer, String requestedModel, Instant now) {
        Optional<JsonNode> json = Json.parse(answer.body());
        Optional<ErrorBody> error = ErrorBody.within(answer.body(), json);
        if (error.isPresent()) {
            return refused(answer, error.get(), statusWithin(error.get(), answer.status()), now);
        }
        JsonNode body = json.filter(JsonNode::isObject).orElse(null);
        if (body == null || !body.path("choices").isArray()) {
            return useless(answer, Reason.UNREADABLE_ANSWER, unreadable(answer, body), null, now);
        }
        JsonNode choices = body.path("choices");
        Usage usage = UsageReader.read(body);
        if (!AnswerReader.saysSomething(choices)) {
            String finish = choices.path(0).path("finish_reason").asText("none");
            String message = "The answer has neither content nor tool call (finish_reason " + finish + ").";
            return useless(answer, Reason.EMPTY_ANSWER, message, usage, now);
        }
        String model = Json.text(body, "model");
        return new GrokOutcome.Answered(
                model == null ? requestedModel : SafeText.whole(model),
                AnswerReader.content(choices),
                answer.body(),
                usage,
                RateLimitHeaderParser.parse(answer.headers(), now));
    }

    /** A success status with an error inside: the error's own code is the status that counts, if it has one. */
    private static int statusWithin(ErrorBody error, int status) {
        return error.code() == null ? status : GrpcCode.statusOf(error.code()).orElse(status);
    }

    private static String unreadable(HttpAnswer answer, @Nullable JsonNode body) {
        String start = "HTTP " + answer.status() + " with " + answer.body() + ", ";
        if (body != null) {
            return start + "a JSON object without choices.";
        }
        return start + (startsLikeAnswer(answer.body()) ? "JSON that is cut off or damaged." : "not a JSON object.");
    }

    private static boolean startsLikeAnswer(Blob body) {
        return body.size() > 0 && body.bytes()[0] == '{';
    }

    private static GrokOutcome useless(
            HttpAnswer answer, Reason reason, String message, @Nullable Usage usage, Instant now) {
        Verdict verdict = Verdict.transientStop(reason);
        GrokError error =
                new GrokError(verdict.stopClass(), reason, SafeText.message(message), answer.status(), null, false);
        return stopped(answer, error, usage, now);
    }

    private static GrokOutcome refused(HttpAnswer answer, ErrorBody body, int status, Instant now) {
        Verdict verdict = TextRules.find(status, body).orElseGet(() -> StatusRules.of(status, body));
        String code = body.code();
        GrokError error = new GrokError(
                verdict.stopClass(),
                verdict.reason(),
                SafeText.message(words(answer, body)),
                answer.status(),
                code == null ? null : SafeText.code(code),
                false);
        Usage usage = Json.parse(answer.body()).map(UsageReader::read).orElse(null);
        return stopped(answer, error, usage, now);
    }

    private static GrokOutcome stopped(HttpAnswer answer, GrokError error, @Nullable Usage usage, Instant now) {
        return new GrokOutcome.Stopped(
                error,
                RetryAfter.parse(answer.headers(), now).orElse(null),
                usage,
                RateLimitHeaderParser.parse(answer.headers(), now));
    }

    private static String words(HttpAnswer answer, ErrorBody body) {
        int status = answer.status();
        if (status >= 300 && status < 400) {
            return "Redirect " + status + target(answer) + " is not followed, since the key would go there; check"
                    + " grok.base.url.";
        }
        if (body.page()) {
            return "HTTP " + status + ": " + body.message();
        }
        // Cleaned before it is judged: a message of control characters is none.
        String message = SafeText.message(body.message());
        return message.isEmpty() ? "HTTP " + status + " without a message." : message;
    }

    /** The host only: the rest of a location may hold a token. */
    private static String target(HttpAnswer answer) {
        try {
            String host =
                    URI.create(answer.headers().getOrDefault("location", "")).getHost();
            return host == null ? "" : " to " + host;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
