package dev.weir.simulation;

import dev.weir.event.GrokResponse;
import dev.weir.event.ResponseStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What must hold after every run, each law by itself: how it is broken, one line each. */
final class Laws {
    private static final long SECOND_MICROS = 1_000_000;
    private static final int MOST_IN_FLIGHT = 4;
    /** After so long the answer to a call has reached admission, and what was granted before has started. */
    private static final long KNOWN_MICROS = 700_000;
    /** Half a second, less what the clocks of processes differ by from the beginning. */
    static final long CLOCK_TOLERANCE_MILLIS = 400;

    private Laws() {}

    /** Something that must hold whatever happened. */
    interface Law {
        List<String> violations(History history);
    }

    static List<String> violations(History history) {
        List<String> found = new ArrayList<>();
        for (Law law : List.<Law>of(
                Laws::everyRequestEnds,
                Laws::oneOutcomeEach,
                Laws::failedOnesAreDeadLetters,
                Laws::neverAboveTheRate,
                new TokenLaw(SimSettings.PER_MINUTE),
                Laws::neverAboveTheFlight,
                Laws::permitsReturn,
                Laws::attemptsAreBounded,
                Laws::dueTimesHold,
                Laws::noCallTwiceSilently,
                Laws::noneIsSaidToBeRepeatedInVain,
                Laws::noCallWhileHalted,
                Laws::noCallWhilePaused,
                Laws::deadlinesHold)) {
            found.addAll(law.violations(history));
        }
        return found;
    }

    static List<String> everyRequestEnds(History history) {
        if (history.finished) {
            return List.of();
        }
        Set<String> answered = history.responses.stream()
                .map(response -> response.source().toString())
                .collect(Collectors.toSet());
        return List.of("starved until %.1f s: ".formatted(history.endedMicros / 1e6)
                + history.published.stream()
                        .map(Published::source)
                        .filter(source -> !answered.contains(source))
                        .toList());
    }

    static List<String> oneOutcomeEach(History history) {
        Map<String, Integer> times = new TreeMap<>();
        history.published.forEach(request -> times.put(request.source(), 0));
        List<String> found = new ArrayList<>();
        for (GrokResponse response : history.responses) {
            if (times.merge(response.source().toString(), 1, Integer::sum) > 1) {
                found.add("more than one outcome of " + response.source());
            }
        }
        times.forEach((source, count) -> {
            if (count == 0) {
                found.add("no outcome of " + source);
            }
        });
        if (times.size() != history.published.size()) {
            found.add("outcomes of requests that nobody published");
        }
        return found;
    }

    static List<String> failedOnesAreDeadLetters(History history) {
        List<String> failed = history.responses.stream()
                .filter(response -> response.status() == ResponseStatus.FAILED && !response.duplicate())
                .map(response -> response.source().toString())
                .sorted()
                .toList();
        List<String> dead = history.deadLetters.stream().sorted().toList();
        return failed.equals(dead) ? List.of() : List.of("failed are " + failed + ", dead letters are " + dead);
    }

    /**
     * No more starts than the limit in any span of a second, from the journal. When clocks were set by more than a new
     * owner allows for, what it reads of the former one's starts proves nothing.
     */
    static List<String> neverAboveTheRate(History history) {
        if (history.clockSlackMillis > CLOCK_TOLERANCE_MILLIS) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        limited(history).forEach((scope, calls) -> {
            int limit = SimSettings.perSecond(scope);
            for (int i = limit; i < calls.size(); i++) {
                long span = calls.get(i).startMicros - calls.get(i - limit).startMicros;
                if (span < SECOND_MICROS) {
                    found.add("%d calls of %s in %.1f ms, from %s to %s"
                            .formatted(limit + 1, scope, span / 1e3, calls.get(i - limit), calls.get(i)));
                }
            }
        });
        return found;
    }

    /**
     * Calls of cancelled requests are left out: when their task moves, nobody answers for their permits. So are runs in
     * which permit messages were given up, for until the next hello admission knows no better. Of calls of a process
     * that stood still until others took its tasks, nobody else can know when they end.
     */
    static List<String> neverAboveTheFlight(History history) {
        if (history.lostMessages) {
            return List.of();
        }
        Set<String> cancelled = history.responses.stream()
                .filter(response -> response.status() == ResponseStatus.CANCELLED)
                .map(response -> response.source().toString())
                .collect(Collectors.toSet());
        List<String> found = new ArrayList<>();
        limited(history).forEach((scope, calls) -> {
            for (SeenCall call : calls) {
                long open = calls.stream()
                        .filter(other -> !cancelled.contains(other.source))
                        .filter(other -> other.from == call.from || !other.from.wasOutlived())
                        .filter(other -> other.startMicros <= call.startMicros && other.endMicros > call.startMicros)
                        .count();
                if (open > MOST_IN_FLIGHT) {
                    found.add(open + " calls of " + scope + " in flight when " + call + " started");
                }
            }
        });
        return found;
    }

    static List<String> permitsReturn(History history) {
        return history.notAtRest;
    }

    static List<String> attemptsAreBounded(History history) {
        List<String> found = new ArrayList<>();
        for (GrokResponse response : history.responses) {
            if (response.attempts() > SimSettings.MAX_ATTEMPTS) {
                found.add(response.source() + " has " + response.attempts() + " attempts");
            }
        }
        return found;
    }

    /** A try that was put off starts no earlier than its record says, by the clock of the process that makes it. */
    static List<String> dueTimesHold(History history) {
        Map<String, Long> notBefore = new HashMap<>();
        history.retries.forEach(
                retry -> notBefore.put(retry.source() + "/" + retry.tryNumber(), retry.notBeforeMillis()));
        List<String> found = new ArrayList<>();
        for (SeenCall call : history.calls) {
            Long earliest = notBefore.get(call.source + "/" + call.tryNumber);
            if (earliest != null && call.startWallMillis + history.clockSlackMillis < earliest) {
                found.add(call + " came " + (earliest - call.startWallMillis) + " ms before its time");
            }
        }
        return found;
    }

    /** A try is called once; what was done twice is told; without a loss nothing that was answered is called again. */
    static List<String> noCallTwiceSilently(History history) {
        List<String> found = new ArrayList<>();
        Set<String> tries = new HashSet<>();
        Map<String, Integer> worked = new HashMap<>();
        Map<String, Integer> answered = new HashMap<>();
        for (SeenCall call : history.calls) {
            if (!tries.add(call.source + "/" + call.tryNumber)) {
                found.add(call + " is one of two calls of one try");
            }
            if (call.worked) {
                worked.merge(call.source, 1, Integer::sum);
            }
            if (call.end.equals("ok")) {
                answered.merge(call.source, 1, Integer::sum);
            }
        }
        for (GrokResponse response : history.responses) {
            String source = response.source().toString();
            if (worked.getOrDefault(source, 0) > 1 && !response.possiblyRepeated()) {
                found.add(source + " was done " + worked.get(source) + " times, and its response does not say so");
            }
            if (answered.getOrDefault(source, 0) > 1 && !history.crashed) {
                found.add(source + " was called again though it was answered and nothing was lost");
            }
        }
        return found;
    }

    /** Where no process and no message was lost, two calls went out for what is said to be possibly repeated. */
    static List<String> noneIsSaidToBeRepeatedInVain(History history) {
        if (history.crashed || history.lostMessages) {
            return List.of();
        }
        Map<String, Long> calls =
                history.calls.stream().collect(Collectors.groupingBy(call -> call.source, Collectors.counting()));
        return history.responses.stream()
                .filter(response -> response.possiblyRepeated() && !response.duplicate())
                .map(response -> response.source().toString())
                .filter(source -> calls.getOrDefault(source, 0L) < 2 && !history.unreached.contains(source))
                .map(source -> source + " is said to be possibly repeated, and was not called twice")
                .toList();
    }

    /** A call starts before its deadline, or so soon after that only the commit lay between. */
    static List<String> deadlinesHold(History history) {
        Map<String, Long> deadlines = new HashMap<>();
        history.published.forEach(request -> {
            if (request.deadlineMillis() != null) {
                deadlines.put(request.source(), request.deadlineMillis());
            }
        });
        List<String> found = new ArrayList<>();
        for (SeenCall call : history.calls) {
            Long deadline = deadlines.get(call.source);
            if (deadline != null && call.startWallMillis > deadline + 500 + history.clockSlackMillis) {
                found.add(call + " started " + (call.startWallMillis - deadline) + " ms after its deadline");
            }
        }
        return found;
    }

    /** While the key is wrong or the credits are gone, and admission knows it, only probes go out: one at a time. */
    static List<String> noCallWhileHalted(History history) {
        List<String> found = new ArrayList<>();
        byScope(history).forEach((scope, calls) -> {
            for (Weather.Spell spell : history.weather.spells()) {
                if (spell.halts() && !history.disturbedBetween(spell.fromMicros() - KNOWN_MICROS, spell.toMicros())) {
                    found.addAll(haltedCalls(calls, spell));
                }
            }
        });
        return found;
    }

    private static List<String> haltedCalls(List<SeenCall> calls, Weather.Spell spell) {
        long knownMicros = calls.stream()
                .filter(call -> call.end.equals("halted") && call.startMicros >= spell.fromMicros())
                .mapToLong(call -> call.endMicros + KNOWN_MICROS)
                .min()
                .orElse(Long.MAX_VALUE);
        List<SeenCall> probes = calls.stream()
                .filter(call -> call.startMicros > knownMicros && call.startMicros < spell.toMicros())
                .toList();
        List<String> found = new ArrayList<>();
        for (int i = 1; i < probes.size(); i++) {
            if (probes.get(i).startMicros - probes.get(i - 1).startMicros < SECOND_MICROS) {
                found.add(probes.get(i) + " is no probe, for " + probes.get(i - 1) + " was one");
            }
        }
        return found;
    }

    /** When the server says how long to wait, no call of the scope goes out before, once admission knows it. */
    static List<String> noCallWhilePaused(History history) {
        List<String> found = new ArrayList<>();
        byScope(history).forEach((scope, calls) -> {
            for (SeenCall refused : calls) {
                long known = refused.endMicros + KNOWN_MICROS;
                if (refused.pausedUntilMicros > 0
                        && !history.disturbedBetween(refused.startMicros, refused.pausedUntilMicros)) {
                    calls.stream()
                            .filter(call -> call.startMicros > known && call.startMicros < refused.pausedUntilMicros)
                            .forEach(call -> found.add(call + " came while " + refused + " said to wait"));
                }
            }
        });
        return found;
    }

    /** Those of which there are limits. */
    private static Map<String, List<SeenCall>> limited(History history) {
        Map<String, List<SeenCall>> calls = byScope(history);
        calls.remove(SimSettings.FREE);
        return calls;
    }

    private static Map<String, List<SeenCall>> byScope(History history) {
        return history.calls.stream()
                .collect(Collectors.groupingBy(call -> call.scope, TreeMap::new, Collectors.toList()));
    }
}
