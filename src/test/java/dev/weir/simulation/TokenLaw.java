package dev.weir.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Never more tokens than the limit in any minute, each call at its start: what it was billed as far as that was
 * reserved, and the whole reservation while nobody knows better. Refused calls take none.
 */
final class TokenLaw implements Laws.Law {
    private static final long MINUTE_MICROS = 60_000_000;

    private final Map<String, Long> limits;

    TokenLaw(Map<String, Long> limits) {
        this.limits = limits;
    }

    @Override
    public List<String> violations(History history) {
        if (history.clockSlackMillis > Laws.CLOCK_TOLERANCE_MILLIS) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        limits.forEach((scope, limit) -> {
            List<SeenCall> calls = history.calls.stream()
                    .filter(call -> call.scope.equals(scope))
                    .collect(Collectors.toList());
            found.addAll(overruns(calls, limit, history.reserved));
        });
        return found;
    }

    private static List<String> overruns(List<SeenCall> calls, long limit, Map<String, Long> reserved) {
        List<String> found = new ArrayList<>();
        long sum = 0;
        int oldest = 0;
        for (SeenCall call : calls) {
            Long reservation = reserved.get(call.source + "/" + call.tryNumber);
            if (reservation == null) {
                found.add(call + " had no grant");
                continue;
            }
            sum += taken(call, reservation);
            while (call.startMicros - calls.get(oldest).startMicros >= MINUTE_MICROS) {
                SeenCall gone = calls.get(oldest++);
                sum -= taken(gone, reserved.getOrDefault(gone.source + "/" + gone.tryNumber, 0L));
            }
            if (sum > limit) {
                found.add("%d tokens of %s in the minute up to %s".formatted(sum, call.scope, call));
            }
        }
        return found;
    }

    private static long taken(SeenCall call, long reservation) {
        return switch (call.end) {
            case "throttled", "halted" -> 0;
            case "ok" -> Math.min(call.billedTokens, reservation);
            default -> reservation;
        };
    }
}
