package dev.weir.grok;

import static dev.weir.event.StopClass.THROTTLED;
import static dev.weir.event.StopClass.TRANSIENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Blob;
import dev.weir.event.Reason;
import dev.weir.event.StopClass;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OutcomeClassifierErrorTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "400, bad-key-old.json,         HALTED,    INVALID_KEY",
        "400, bad-key-new.json,         HALTED,    INVALID_KEY",
        "401, bad-key-new.json,         HALTED,    INVALID_KEY",
        "403, bad-key-new.json,         HALTED,    INVALID_KEY",
        "403, access-denied.json,       HALTED,    ACCESS_DENIED",
        "403, blocked-user.json,        HALTED,    ACCESS_DENIED",
        "401, blocked-user.json,        HALTED,    ACCESS_DENIED",
        "403, no-credits-403.json,      HALTED,    NO_CREDITS",
        "429, no-credits-429.json,      HALTED,    NO_CREDITS",
        "403, no-credits-429.json,      HALTED,    NO_CREDITS",
        "402, no-credits-402.json,      HALTED,    NO_CREDITS",
        "429, spending-limit-wke.json,  HALTED,    NO_CREDITS",
        "429, free-usage.json,          HALTED,    NO_CREDITS",
        "429, truncated-error.json,     HALTED,    NO_CREDITS",
        "525, cloudflare-502.html,      HALTED,    TLS_BROKEN",
        "526, cloudflare-502.html,      HALTED,    TLS_BROKEN",
        "400, bad-argument.json,        FATAL,     INVALID_REQUEST",
        "400, malformed-json.txt,       FATAL,     INVALID_REQUEST",
        "400, bare-string.json,         FATAL,     INVALID_REQUEST",
        "422, deserialize.txt,          FATAL,     INVALID_REQUEST",
        "400, unknown-model.json,       FATAL,     UNKNOWN_MODEL",
        "404, unknown-model-old.json,   FATAL,     UNKNOWN_MODEL",
        "400, quoting-model.json,       FATAL,     UNKNOWN_MODEL",
        "400, context-prompt.json,      FATAL,     CONTEXT_TOO_LONG",
        "500, context-prompt.json,      FATAL,     CONTEXT_TOO_LONG",
        "503, context-budget.json,      FATAL,     CONTEXT_TOO_LONG",
        "403, content-refused.json,     FATAL,     CONTENT_REFUSED",
        "404, no-handler.json,          FATAL,     NOT_FOUND",
        "410, live-search.json,         FATAL,     FEATURE_GONE",
        "429, rate-requests.json,       THROTTLED, RATE_LIMITED",
        "429, rate-tokens.json,         THROTTLED, RATE_LIMITED",
        "429, nested.json,              THROTTLED, RATE_LIMITED",
        "503, rate-requests.json,       THROTTLED, RATE_LIMITED",
        "429, capacity.json,            THROTTLED, AT_CAPACITY",
        "503, capacity.json,            THROTTLED, AT_CAPACITY",
        "503, unavailable.json,         TRANSIENT, SERVER_ERROR",
        "403, cloudflare-403.html,      TRANSIENT, BLOCKED",
        "403, cloudflare-1020.txt,      TRANSIENT, BLOCKED",
        "403, untitled.html,            TRANSIENT, BLOCKED",
        "401, cloudflare-403.html,      HALTED,    INVALID_KEY",
        "502, cloudflare-502.html,      TRANSIENT, SERVER_ERROR",
        "504, untitled.html,            TRANSIENT, SERVER_ERROR",
        "200, rate-requests.json,       THROTTLED, RATE_LIMITED",
        "200, rate-sse.txt,             THROTTLED, RATE_LIMITED",
        "200, nested-code-number.json,  THROTTLED, RATE_LIMITED",
        "200, bad-key-new.json,         HALTED,    INVALID_KEY",
        "200, content-refused.json,     FATAL,     CONTENT_REFUSED",
        "200, no-handler.json,          FATAL,     NOT_FOUND",
        "200, unavailable.json,         TRANSIENT, SERVER_ERROR",
        "200, bare-string.json,         TRANSIENT, SERVER_ERROR",
        "200, answer-empty.json,        TRANSIENT, EMPTY_ANSWER",
        "200, answer-truncated.json,    TRANSIENT, UNREADABLE_ANSWER",
        "200, cloudflare-502.html,      TRANSIENT, UNREADABLE_ANSWER",
        "200, malformed-json.txt,       TRANSIENT, UNREADABLE_ANSWER",
    })
    void shouldClassifyByWordsFirstAndStatusSecond(int status, String file, StopClass stopClass, Reason reason) {
        GrokError error = stopped(status, Fixtures.body(file)).error();

        assertThat(error).extracting(GrokError::stopClass, GrokError::reason).containsExactly(stopClass, reason);
        assertThat(error.httpStatus()).isEqualTo(status);
        assertThat(error.nothingSent()).isFalse();
        assertThat(error.message()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "302, TRANSIENT, UNREADABLE_ANSWER",
        "400, FATAL,     INVALID_REQUEST",
        "401, HALTED,    INVALID_KEY",
        "402, HALTED,    NO_CREDITS",
        "403, HALTED,    ACCESS_DENIED",
        "404, FATAL,     NOT_FOUND",
        "405, FATAL,     NOT_FOUND",
        "407, HALTED,    ACCESS_DENIED",
        "408, TRANSIENT, TIMEOUT",
        "409, TRANSIENT, SERVER_ERROR",
        "410, FATAL,     FEATURE_GONE",
        "413, FATAL,     REQUEST_TOO_LARGE",
        "415, FATAL,     UNSUPPORTED_MEDIA",
        "418, FATAL,     INVALID_REQUEST",
        "422, FATAL,     INVALID_REQUEST",
        "425, TRANSIENT, SERVER_ERROR",
        "429, THROTTLED, RATE_LIMITED",
        "500, TRANSIENT, SERVER_ERROR",
        "502, TRANSIENT, SERVER_ERROR",
        "503, TRANSIENT, SERVER_ERROR",
        "504, TRANSIENT, SERVER_ERROR",
        "520, TRANSIENT, SERVER_ERROR",
        "524, TRANSIENT, SERVER_ERROR",
        "525, HALTED,    TLS_BROKEN",
        "526, HALTED,    TLS_BROKEN",
        "529, TRANSIENT, SERVER_ERROR",
        "530, TRANSIENT, SERVER_ERROR",
        "999, TRANSIENT, SERVER_ERROR",
    })
    void shouldClassifyByStatusWhenThereAreNoWords(int status, StopClass stopClass, Reason reason) {
        for (String body : new String[] {"", "{}", "null", "[]", "{\"error\":null}", "\u0000"}) {
            GrokError error = stopped(status, Blob.utf8(body)).error();

            assertThat(error)
                    .as("body '%s'", body)
                    .extracting(GrokError::stopClass, GrokError::reason)
                    .containsExactly(stopClass, reason);
            assertThat(error.message()).isNotBlank();
        }
    }

    @ParameterizedTest
    @CsvSource({"400", "404", "422", "500"})
    void shouldNotHaltForWordsThatMayBeQuotedFromTheRequest(int status) {
        for (String words : new String[] {
            "Invalid value for tool_choice: 'Incorrect API key provided'",
            "Invalid value: 'used all available credits, spending limit, Access to the chat endpoint is denied'",
            "Invalid value for user: 'Your API key has been blocked'",
            "Argument not supported: api key is disabled",
        }) {
            Blob body = Blob.utf8("{\"code\":\"invalid-argument\",\"error\":\"" + words + "\"}");

            assertThat(stopped(status, body).error().stopClass()).as(words).isNotEqualTo(StopClass.HALTED);
        }
    }

    @Test
    void shouldHaltForTheSameWordsWhereGrokSaysThem() {
        Blob credits = Blob.utf8("{\"error\":\"Your team has used all available credits\"}");

        assertThat(stopped(200, credits).error().reason()).isEqualTo(Reason.NO_CREDITS);
        assertThat(stopped(403, credits).error().reason()).isEqualTo(Reason.NO_CREDITS);
        assertThat(stopped(400, Fixtures.body("blocked-user.json")).error().reason())
                .isEqualTo(Reason.ACCESS_DENIED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "API key is disabled.",
                "Your API key has been blocked.",
                "This api key has been revoked: sk***gA"
            })
    void shouldHaltForAKeyThatIsBlockedWhicheverTheStatus(String words) {
        for (int status : new int[] {400, 401, 403}) {
            GrokError error =
                    stopped(status, Blob.utf8("{\"error\":\"" + words + "\"}")).error();

            assertThat(error.stopClass()).as("%d", status).isEqualTo(StopClass.HALTED);
            assertThat(error.reason()).as("%d", status).isEqualTo(Reason.INVALID_KEY);
        }
    }

    @Test
    void shouldKeepTheCodeAsWritten() {
        assertThat(stopped(429, Fixtures.body("spending-limit-wke.json"))
                        .error()
                        .code())
                .isEqualTo("429");
        assertThat(stopped(200, Fixtures.body("nested-code-number.json"))
                        .error()
                        .code())
                .isEqualTo("429");
        assertThat(stopped(429, Fixtures.body("nested.json")).error().code()).isEqualTo("rate_limit_error");
        assertThat(stopped(503, Fixtures.body("unavailable.json")).error().code())
                .isEqualTo("The service is currently unavailable");
        assertThat(stopped(502, Fixtures.body("untitled.html")).error().code()).isNull();
    }

    @Test
    void shouldNameAPageByItsTitle() {
        assertThat(stopped(502, Fixtures.body("cloudflare-502.html")).error().message())
                .isEqualTo("HTTP 502: api.x.ai | 502: Bad gateway");
        assertThat(stopped(504, Fixtures.body("untitled.html")).error().message())
                .isEqualTo("HTTP 504: HTML page");
    }

    @Test
    void shouldNotFollowARedirectNorShowItsQuery() {
        HttpAnswer answer =
                new HttpAnswer(307, Map.of("location", "https://login.example.com/x?token=abc"), Blob.EMPTY);

        GrokError error = ((GrokOutcome.Stopped) OutcomeClassifier.classify(answer, "grok", NOW)).error();

        assertThat(error.message()).contains("307 to login.example.com").doesNotContain("abc");
        assertThat(error.stopClass()).isEqualTo(TRANSIENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xai-AbCd1234efgh5678", "sk-proj-1234567890", "Bearer abc.def.ghi", "bearer   tok"})
    void shouldMaskKeyMaterial(String secret) {
        String body = "{\"error\":\"Header was '" + secret + "' and more\",\"code\":\"" + secret + "\"}";

        GrokError error = stopped(400, Blob.utf8(body)).error();

        assertThat(error.message()).contains("***").endsWith("and more").doesNotContain(secret);
        assertThat(error.code()).contains("***").doesNotContain(secret);
    }

    @Test
    void shouldShortenAMessageAndKeepItOnOneLine() {
        String long501 = "\\u0007a\\nb " + "\uD83D\uDE00".repeat(300);

        String message = stopped(500, Blob.utf8("{\"error\":\"" + long501 + "\"}"))
                .error()
                .message();

        assertThat(message).startsWith("a b ").endsWith("…").hasSizeLessThanOrEqualTo(500);
        assertThat(message.codePoints()).noneMatch(Character::isISOControl).noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    }

    @Test
    void shouldPassOnWhatTheServerSaysAboutWaitingAndLimits() {
        Map<String, String> headers = Map.of("retry-after", "7", "x-ratelimit-remaining-requests", "0");
        HttpAnswer answer = new HttpAnswer(429, headers, Fixtures.body("rate-requests.json"));

        GrokOutcome.Stopped stopped = (GrokOutcome.Stopped) OutcomeClassifier.classify(answer, "grok", NOW);

        assertThat(stopped.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(stopped.rateLimits().remainingRequests()).isZero();
    }

    @Test
    void shouldNotTakeSlowPagesForLongPrompts() {
        Blob page = Blob.utf8("<html><head><title>The prompt was too long: 504</title></head></html>");

        assertThat(stopped(504, page).error().stopClass()).isEqualTo(TRANSIENT);
        assertThat(stopped(504, Blob.utf8("upstream took too long")).error().stopClass())
                .isEqualTo(TRANSIENT);
        assertThat(stopped(400, Blob.utf8("The prompt is too long")).error().reason())
                .isEqualTo(Reason.CONTEXT_TOO_LONG);
    }

    @ParameterizedTest
    @CsvSource({
        "500, Too long: 600000 tokens,           FATAL",
        "503, Your request is too long,          FATAL",
        "500, The conversation exceeds budget,   FATAL",
        "504, The model is taking far too long., TRANSIENT",
        "503, upstream has taken too long,       TRANSIENT",
        "429, The team exceeds budget,           THROTTLED",
    })
    void shouldNotRepeatWhatIsTooLongThoughTheServerFailed(int status, String words, StopClass stopClass) {
        assertThat(stopped(status, Blob.utf8(words)).error().stopClass()).isEqualTo(stopClass);
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT,    TRANSIENT, CONNECT_FAILED",
        "TIMEOUT,    TRANSIENT, TIMEOUT",
        "LOST,       TRANSIENT, CONNECTION_LOST",
        "TOO_LARGE,  FATAL,     RESPONSE_TOO_LARGE",
        "UNREADABLE, TRANSIENT, UNREADABLE_ANSWER",
    })
    void shouldClassifyWhatBroke(CallFailure.Kind kind, StopClass stopClass, Reason reason) {
        CallFailure failure = new CallFailure(kind, "what happened", true);

        GrokError error = ((GrokOutcome.Stopped) OutcomeClassifier.failed(failure, null, NOW)).error();

        assertThat(error).isEqualTo(new GrokError(stopClass, reason, "what happened", null, null, true));
    }

    @Test
    void shouldLetAnErrorStatusDecideWhenItsBodyWasCut() {
        CallFailure failure = new CallFailure(CallFailure.Kind.LOST, "reset", false);
        HttpAnswer partial = new HttpAnswer(429, Map.of("retry-after", "3"), Blob.EMPTY);

        GrokOutcome.Stopped stopped = (GrokOutcome.Stopped) OutcomeClassifier.failed(failure, partial, NOW);

        assertThat(stopped.error().stopClass()).isEqualTo(THROTTLED);
        assertThat(stopped.retryAfter()).contains(Duration.ofSeconds(3));
    }

    @Test
    void shouldKnowBothVocabulariesOfCodes() {
        for (GrpcCode code : GrpcCode.values()) {
            String kebab = code.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
            assertThat(GrpcCode.statusOf(kebab)).as(kebab).isPresent().isEqualTo(GrpcCode.statusOf(code.name()));
        }
        assertThat(GrpcCode.statusOf("Some resource has been exhausted")).hasValue(429);
        assertThat(GrpcCode.statusOf("503")).hasValue(503);
        assertThat(GrpcCode.statusOf("200")).isEmpty();
    }

    private static GrokOutcome.Stopped stopped(int status, Blob body) {
        return (GrokOutcome.Stopped) OutcomeClassifier.classify(new HttpAnswer(status, Map.of(), body), "grok", NOW);
    }
}
