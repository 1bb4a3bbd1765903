package dev.weir.status;

import dev.weir.event.ErrorInfo;
import dev.weir.event.GrokResponse;
import dev.weir.status.RequestFacts.InLine;
import dev.weir.status.RequestFacts.Retried;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Says in words what became of a request, and no more than the facts allow. Pure. */
final class Explanation {
    private Explanation() {}

    static List<String> of(RequestFacts facts, List<ScopeReport> scopes, long nowMillis) {
        List<String> lines = new ArrayList<>();
        boolean named = !facts.id().equals(facts.source().toString());
        lines.add(facts.source() + (named ? " (id " + facts.id() + ")" : "") + ", published "
                + time(facts.publishedMillis()) + ", " + span(nowMillis - facts.publishedMillis()) + " ago");
        GrokResponse answer = facts.answer();
        if (answer != null) {
            answered(lines, facts, answer);
        } else {
            open(lines, facts, scopes, nowMillis);
        }
        if (facts.deadLetter() != null) {
            lines.add("  dead letter: " + facts.deadLetter());
        }
        return lines;
    }

    private static void answered(List<String> lines, RequestFacts facts, GrokResponse answer) {
        lines.add("  answered: " + answer.status().wireName() + " at " + time(facts.answeredMillis()) + ", "
                + span(facts.answeredMillis() - facts.publishedMillis()) + " after it was published; attempts charged: "
                + answer.attempts() + (answer.duplicate() ? "; from an earlier request with the same id" : ""));
        ErrorInfo error = answer.error();
        if (error != null) {
            lines.add("  because: " + error.reason().id() + ": " + error.message());
        }
    }

    private static void open(List<String> lines, RequestFacts facts, List<ScopeReport> scopes, long nowMillis) {
        InLine inLine = facts.inLine();
        Retried retried = facts.retried();
        Long ahead = facts.ahead();
        if (ahead != null && ahead > 0) {
            lines.add("  not read yet: the gateway has " + ahead + " records before it in its partition to read");
        } else if (facts.follows() != null) {
            lines.add("  waiting: its outcome will be that of " + facts.follows() + ", which has the same id");
        } else if (inLine != null) {
            inLine(lines, inLine, nowMillis);
        } else if (retried != null && retried.notBefore() > nowMillis) {
            lines.add("  delayed: try " + retried.tryNumber() + " may start at " + time(retried.notBefore()));
        } else {
            somewhere(lines, scopes, nowMillis);
        }
        if (retried != null) {
            lines.add("  the try before ended with " + retried.reason() + "; attempts charged: " + retried.attempts());
        }
        if (facts.gaps()) {
            lines.add("  older records were not looked at, its outcome may be among them; raise --scan");
        }
    }

    private static void inLine(List<String> lines, InLine inLine, long nowMillis) {
        ScopeReport scope = inLine.scope();
        lines.add("  waiting: about number " + inLine.place().position() + " of " + scope.waiting() + " in the line of "
                + scope.scope());
        lines.add("  because: " + why(scope));
        Long notBefore = inLine.place().notBefore();
        if (notBefore != null && notBefore > nowMillis) {
            lines.add("  expected at " + time(notBefore) + " or later");
        }
        lines.add("  as of " + time(scope.at()) + age(scope, nowMillis));
    }

    private static String why(ScopeReport scope) {
        return switch (scope.binding()) {
            case "requests" ->
                "the limit of " + scope.requestsPerSecond() + " requests a second is used up for the moment"
                        + lowered(scope.requestsPerSecond(), scope.requestsCeiling());
            case "in_flight" -> "all " + scope.maxInFlight() + " permits are out";
            case "pause" ->
                "the server refused calls; the scope pauses until " + time(scope.pausedUntil()) + " ('weir resume "
                        + scope.scope() + "' opens it)";
            case "tokens" ->
                "of " + scope.tokensPerMinute() + " tokens a minute " + scope.usedTokens() + " are used or reserved"
                        + lowered(scope.tokensPerMinute(), scope.tokensCeiling());
            case "reserve" -> "what is free is kept for urgent requests";
            case "tenant_share" -> "another tenant is due first by the shares of both";
            case "halt" ->
                "the scope is halted for lack of a key or of credits; it probes by itself, 'weir resume "
                        + scope.scope() + "' opens it";
            case "breaker" -> "the server failed call after call; the scope probes whether it works again";
            case "retry_budget" -> "calls that failed before wait until others succeed";
            case "none" -> "nothing holds the line: it is about to move";
            default -> "the binding limit is " + scope.binding();
        };
    }

    private static String lowered(long limit, long ceiling) {
        return limit < ceiling ? " (" + ceiling + " are configured; the server was seen to allow less)" : "";
    }

    private static void somewhere(List<String> lines, List<ScopeReport> scopes, long nowMillis) {
        boolean known = !scopes.isEmpty()
                && scopes.stream().allMatch(scope -> scope.isWholeLine() && !isStale(scope, nowMillis));
        lines.add(
                known
                        ? "  no outcome yet, and in no line: its call is under way, or begins or ended a moment ago;"
                                + " where the quota is off it may wait for a slot (call.max.in.flight)"
                        : "  no outcome yet: it waits further back than what is published of the lines, or its call"
                                + " is under way");
    }

    /** Whether the report has no living owner any more. */
    static boolean isStale(ScopeReport scope, long nowMillis) {
        return nowMillis - scope.at() > 2 * ReportLedger.SIGN_OF_LIFE.toMillis();
    }

    static String age(ScopeReport scope, long nowMillis) {
        return isStale(scope, nowMillis)
                ? ": no gateway has reported for " + span(nowMillis - scope.at()) + "; does one run?"
                : "";
    }

    /** To the second. */
    static String time(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** A span in its own unit, such as 250 ms, 3.2 s or 4 min. */
    static String span(long millis) {
        Duration span = Duration.ofMillis(Math.max(0, millis));
        if (span.toSeconds() < 1) {
            return span.toMillis() + " ms";
        }
        if (span.toMinutes() < 2) {
            return span.toSeconds() + "." + span.toMillisPart() / 100 + " s";
        }
        return span.toHours() < 2 ? span.toMinutes() + " min" : span.toHours() + " h";
    }
}
