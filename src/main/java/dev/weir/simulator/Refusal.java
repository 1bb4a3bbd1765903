package dev.weir.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.OptionalLong;

/**
 * An error response.
 *
 * @param json whether the body is JSON, else plain text or HTML
 * @param retryAfterSeconds the header {@code Retry-After}
 */
record Refusal(int status, boolean json, String body, OptionalLong retryAfterSeconds) {
    private static final String TEAM = "00000000-0000-4000-8000-000000000517";
    private static final String INVALID = "invalid-argument";
    private static final String EXHAUSTED = "resource-exhausted";
    private static final String UNAVAILABLE = "The service is currently unavailable";

    /** The normal shape: a code and a message. */
    static Refusal of(int status, String code, String message) {
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("code", code)
                .put("error", message)
                .toString();
        return new Refusal(status, true, body, OptionalLong.empty());
    }

    static Refusal text(int status, String message) {
        return new Refusal(status, false, message, OptionalLong.empty());
    }

    /** The shape that is only a JSON string. */
    static Refusal bare(int status, String message) {
        String body = JsonNodeFactory.instance.textNode(message).toString();
        return new Refusal(status, true, body, OptionalLong.empty());
    }

    static Refusal argument(String message) {
        return of(400, INVALID, message);
    }

    static Refusal notSupported(String argument) {
        return argument("Argument not supported: " + argument);
    }

    static Refusal types(String detail) {
        return text(422, "Failed to deserialize the JSON body into the target type: " + detail);
    }

    static Refusal route(String path) {
        return of(404, "Some requested entity was not found", "No handler found on route " + path);
    }

    static Refusal badKey(String key) {
        String shown = key.length() < 6 ? "***" : key.substring(0, 2) + "***" + key.substring(key.length() - 2);
        return argument(
                "Incorrect API key provided: " + shown + ". You can obtain an API key from https://console.x.ai.");
    }

    /** Over a limit. */
    static Refusal limited(String model, Verdict.Limited verdict, boolean retryAfter) {
        String what = verdict.byTokens() ? "tokens" : "requests";
        String dimension = verdict.byTokens() ? "Tokens per Minute" : "Requests per Second";
        Refusal refusal = of(
                429,
                EXHAUSTED,
                "Too many " + what + " for team " + TEAM + " and model " + model + ". Your team's rate limit is - "
                        + dimension + " (actual/limit): " + verdict.actual() + "/" + verdict.limit() + ".");
        return retryAfter ? refusal.after(verdict.retryAfterSeconds()) : refusal;
    }

    /** The error response of a fault that has one. */
    static Refusal of(Fault fault, String model) {
        String rate = "Too many requests for team " + TEAM + " and model " + model
                + ". Your team's rate limit is - Requests per Second (actual/limit): 2/2.";
        return switch (fault) {
            case RATE_429 -> of(429, EXHAUSTED, rate);
            case RATE_429_RETRY_AFTER -> of(429, EXHAUSTED, rate).after(1);
            case CAPACITY_429 ->
                of(429, EXHAUSTED, "The service is temporarily at capacity. Please retry your request shortly.");
            case CREDIT_429 -> of(429, EXHAUSTED, credit());
            case CREDIT_403 -> of(403, "permission-denied", credit());
            case ERROR_500 -> of(500, "internal", "Internal server error");
            case HTML_502 ->
                text(
                        502,
                        "<html><head><title>502 Bad Gateway</title></head>"
                                + "<body><center><h1>502 Bad Gateway</h1></center><hr>cloudflare</body></html>");
            case UNAVAILABLE_503 ->
                of(503, UNAVAILABLE, "Service temporarily unavailable. The model did not respond to this request.");
            case OVERLOADED_529 -> of(529, UNAVAILABLE, "The service is overloaded.");
            case BARE_JSON_STRING -> bare(500, "Internal server error");
            case BAD_KEY -> badKey("xai-revoked-key");
            case NONE, RESET_BEFORE_HEADERS, RESET_AFTER_HEADERS, STALL, TRUNCATED_BODY, EMPTY_CONTENT ->
                throw new IllegalArgumentException("fault " + fault.id() + " has no error response");
        };
    }

    private static String credit() {
        return "Your team " + TEAM + " has either used all available credits or reached its monthly spending limit. "
                + "To continue making API requests, please purchase more credits or raise your spending limit.";
    }

    private Refusal after(long seconds) {
        return new Refusal(status, json, body, OptionalLong.of(seconds));
    }
}
