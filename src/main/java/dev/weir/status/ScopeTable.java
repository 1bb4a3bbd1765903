package dev.weir.status;

import java.util.ArrayList;
import java.util.List;

/** Scopes as a table for people. Pure. */
final class ScopeTable {
    private static final List<String> HEAD = List.of(
            "SCOPE",
            "WAITING",
            "IN FLIGHT",
            "REQUESTS/S",
            "TOKENS/MIN",
            "BINDING",
            "PAUSED UNTIL",
            "OLDEST WAIT",
            "AS OF");

    private ScopeTable() {}

    static List<String> of(List<ScopeReport> scopes, long nowMillis) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        scopes.forEach(scope -> rows.add(row(scope, nowMillis)));
        int[] widths = new int[HEAD.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static List<String> row(ScopeReport scope, long nowMillis) {
        boolean paused = scope.pausedUntil() > nowMillis;
        return List.of(
                scope.scope(),
                String.valueOf(scope.waiting()),
                scope.inFlight() + " of " + scope.maxInFlight(),
                used(scope.usedRequests(), scope.requestsPerSecond(), scope.requestsCeiling()),
                used(scope.usedTokens(), scope.tokensPerMinute(), scope.tokensCeiling()),
                scope.binding(),
                paused ? Explanation.time(scope.pausedUntil()) : "-",
                scope.waiting() == 0 ? "-" : Explanation.span(scope.oldestWaitMillis() + nowMillis - scope.at()),
                Explanation.isStale(scope, nowMillis)
                        ? "stale, " + Explanation.span(nowMillis - scope.at()) + " ago"
                        : Explanation.span(nowMillis - scope.at()) + " ago");
    }

    private static String used(long used, long limit, long ceiling) {
        if (limit == 0) {
            return "no limit";
        }
        return used + " of " + limit + (limit < ceiling ? " (" + ceiling + ")" : "");
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = row.get(i);
            String room = " ".repeat(widths[i] - cell.length());
            line.append(i == 0 ? cell + room : "  " + cell + room);
        }
        return line.toString().stripTrailing();
    }
}
