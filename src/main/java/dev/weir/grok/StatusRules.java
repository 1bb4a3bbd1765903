package dev.weir.grok;

import dev.weir.event.Reason;
import java.util.regex.Pattern;

/** What a status means when the words say nothing that is known. */
final class StatusRules {
    private StatusRules() {}

    /** The edge's own words for its firewall, where it sends no page. */
    private static final Pattern EDGE = Pattern.compile("^error code: 1\\d{3}\\b");

    static Verdict of(int status, ErrorBody body) {
        if (status == 403 && (body.page() || EDGE.matcher(body.message()).find())) {
            // Not Grok's word on the key or the team. It may be about one prompt only, so it must not halt the others;
            // where it is about all of them, the many failures close the scope by themselves.
            return Verdict.transientStop(Reason.BLOCKED);
        }
        return switch (status) {
            case 401 -> Verdict.halted(Reason.INVALID_KEY);
            case 402 -> Verdict.halted(Reason.NO_CREDITS);
            // 407 is a proxy that wants a name: it would refuse every request alike.
            case 403, 407 -> Verdict.halted(Reason.ACCESS_DENIED);
            case 525, 526 -> Verdict.halted(Reason.TLS_BROKEN);
            case 404, 405 -> Verdict.fatal(Reason.NOT_FOUND);
            case 410 -> Verdict.fatal(Reason.FEATURE_GONE);
            case 413 -> Verdict.fatal(Reason.REQUEST_TOO_LARGE);
            case 415 -> Verdict.fatal(Reason.UNSUPPORTED_MEDIA);
            case 408 -> Verdict.transientStop(Reason.TIMEOUT);
            // A conflict, a misdirected or too early request, a client that hung up: nothing wrong with the body.
            case 409, 421, 425, 499 -> Verdict.transientStop(Reason.SERVER_ERROR);
            case 429 -> Verdict.throttled(Reason.RATE_LIMITED);
            default -> ofFamily(status);
        };
    }

    private static Verdict ofFamily(int status) {
        if (status >= 400 && status < 500) {
            return Verdict.fatal(Reason.INVALID_REQUEST);
        }
        // A redirect says nothing about the request, so it must not dead-letter it at once: whoever redirects (a
        // portal, a page for maintenance) may stop doing so. Below 300 it is an error in an answer without a code.
        boolean redirect = status >= 300 && status < 400;
        return Verdict.transientStop(redirect ? Reason.UNREADABLE_ANSWER : Reason.SERVER_ERROR);
    }
}
