package dev.weir.grok;

import dev.weir.event.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What Grok's words mean. They are asked before the status, since one status has several meanings: 403 is content,
 * access or money, 429 is rate, capacity or money, 400 is a bad argument or a bad key.
 */
final class TextRules {
    private static final int MAX_TEXT = 8_192;

    private record Rule(Pattern pattern, Verdict verdict) {}

    /**
     * Messages that quote the request. They come first and are tied to the start: a requester could otherwise halt the
     * whole gateway with a model named "spending limit".
     */
    private static final List<Rule> QUOTING = List.of(
            rule("^(the )?model not found", Verdict.fatal(Reason.UNKNOWN_MODEL)),
            rule("^failed to (deserialize|parse)", Verdict.fatal(Reason.INVALID_REQUEST)),
            rule("^argument not supported", Verdict.fatal(Reason.INVALID_REQUEST)),
            rule("^model \\S+ does not support", Verdict.fatal(Reason.INVALID_REQUEST)),
            rule("^(the )?model \\S+ does not exist", Verdict.fatal(Reason.UNKNOWN_MODEL)));

    /** Codes are Grok's own words, never a quotation, so they count with any status. */
    private static final List<Rule> HALTING_CODES = List.of(
            rule("spending-limit|free-usage-exhausted|insufficient_quota", Verdict.halted(Reason.NO_CREDITS)),
            rule("invalid_api_key", Verdict.halted(Reason.INVALID_KEY)),
            rule("blocked-user", Verdict.halted(Reason.ACCESS_DENIED)));

    /** At the start only: behind other words it may be a quotation. */
    private static final List<Rule> HALTING_KEY = List.of(
            rule("^(incorrect|invalid) api key", Verdict.halted(Reason.INVALID_KEY)),
            rule(
                    "^(your |the |this )?api key (is|has been) (disabled|blocked|revoked)",
                    Verdict.halted(Reason.INVALID_KEY)));

    private static final List<Rule> HALTING = List.of(
            rule(
                    "used all available credits|spending[ -]limit|(doesn't|does not) have any credits"
                            + "|run out of credits|usage balance exhausted",
                    Verdict.halted(Reason.NO_CREDITS)),
            rule("api key (is|has been) (disabled|blocked|revoked)", Verdict.halted(Reason.INVALID_KEY)),
            rule("access to the .{0,60}endpoint is denied", Verdict.halted(Reason.ACCESS_DENIED)));

    private static final List<Rule> REQUEST = List.of(
            rule("violates usage guidelines|safety_check_type", Verdict.fatal(Reason.CONTENT_REFUSED)),
            rule(
                    "maximum prompt length|maximum context length|context_length_exceeded|tokens\\) exceeds budget"
                            + "|(prompt|context|input|message|conversation)s?\\b[^.]{0,60}\\btoo long",
                    Verdict.fatal(Reason.CONTEXT_TOO_LONG)),
            rule("model[_-]not[_-]found", Verdict.fatal(Reason.UNKNOWN_MODEL)),
            rule("live search is deprecated", Verdict.fatal(Reason.FEATURE_GONE)));

    /** With a server's error they quote nothing, and mean the request; but for what merely took its time. */
    private static final List<Rule> TOO_LONG = List.of(rule(
            "(?<!\\b(took|takes?|taken|taking|waited)\\b.{0,12}\\s)too long|exceeds budget",
            Verdict.fatal(Reason.CONTEXT_TOO_LONG)));

    private static final List<Rule> THROTTLING = List.of(
            rule("temporarily at capacity|currently at capacity", Verdict.throttled(Reason.AT_CAPACITY)),
            rule(
                    "too many (requests|tokens) for team|rate limit exceeded|rate_limit_exceeded",
                    Verdict.throttled(Reason.RATE_LIMITED)));

    private TextRules() {}

    /** What the words mean; empty when they say nothing that is known. */
    static Optional<Verdict> find(int status, ErrorBody error) {
        if (error.page()) {
            return Optional.empty();
        }
        String message = lower(error.message());
        String text = error.code() == null ? message : lower(error.code()) + ' ' + message;
        return first(HALTING_CODES, error.code() == null ? "" : lower(error.code()))
                .or(() -> first(QUOTING, message))
                .or(() -> quotesNothing(status) || status == 400 ? first(HALTING_KEY, message) : Optional.empty())
                .or(() -> quotesNothing(status) ? first(HALTING, message) : Optional.empty())
                .or(() -> first(REQUEST, text))
                .or(() -> status >= 500 ? first(TOO_LONG, text) : Optional.empty())
                .or(() -> mayThrottle(status) ? first(THROTTLING, text) : Optional.empty());
    }

    /** Statuses with which key, access and money were seen; with the rest such words are a quotation of the request. */
    private static boolean quotesNothing(int status) {
        return status < 300 || (status >= 401 && status <= 403) || status == 429;
    }

    private static boolean mayThrottle(int status) {
        return status < 300 || status == 429 || status >= 500;
    }

    private static Optional<Verdict> first(List<Rule> rules, String text) {
        return rules.stream()
                .filter(rule -> rule.pattern().matcher(text).find())
                .map(Rule::verdict)
                .findFirst();
    }

    private static Rule rule(String regex, Verdict verdict) {
        return new Rule(Pattern.compile(regex), verdict);
    }

    private static String lower(String text) {
        return SafeText.head(text, MAX_TEXT).toLowerCase(Locale.ROOT);
    }
}
