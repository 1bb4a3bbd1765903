package dev.weir.simulation;

import dev.weir.event.Usage;
import dev.weir.grok.CallObserver;
import dev.weir.grok.GrokCall;
import dev.weir.grok.GrokClient;
import dev.weir.grok.GrokOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Grok in virtual time: answers by its mood, and writes down every call that reached it. */
final class SimGrok {
    private static final long CALL_TIMEOUT_MICROS = 8_000_000;

    private final Timeline timeline;
    private final Weather weather;
    private final List<SeenCall> journal = new ArrayList<>();
    private final Set<String> unreached = new HashSet<>();
    private final Map<String, Long> reserved = new HashMap<>();
    private double doubledCalls;

    /** How a call will end, and after how long. */
    private record Plan(long afterMicros, GrokOutcome outcome, String name, boolean worked, boolean answers) {
        private Plan(long afterMicros, GrokOutcome outcome, String name, boolean worked) {
            this(afterMicros, outcome, name, worked, true);
        }
    }

    SimGrok(Timeline timeline, Weather weather) {
        this.timeline = timeline;
        this.weather = weather;
    }

    /** A planted bug: so many calls are made twice. */
    void doubleCalls(double probability) {
        doubledCalls = probability;
    }

    /** Admission reserves so much for a call, until it does so anew. */
    void reserve(String clientRequestId, long tokens) {
        reserved.put(clientRequestId, tokens);
    }

    List<SeenCall> journal() {
        return journal;
    }

    /** All calls of a process end with it. */
    void died(SimProcess process) {
        for (SeenCall call : journal) {
            if (call.from == process) {
                call.ended("abandoned", timeline.nowMicros());
            }
        }
    }

    /** The way to Grok of one process. */
    GrokClient client(SimProcess process) {
        return new GrokClient() {
            @Override
            public void call(GrokCall call, CallObserver observer) {
                process.in(timeline.between(0, 800), () -> send(process, call, observer));
                if (doubledCalls > 0 && timeline.chance(doubledCalls)) {
                    process.in(timeline.between(0, 800), () -> send(process, call, observer));
                }
            }

            @Override
            public void close() {}
        };
    }

    /** The requests of which a call did not reach it: a gateway that ends one meanwhile cannot know that. */
    Set<String> unreached() {
        return Set.copyOf(unreached);
    }

    private void send(SimProcess process, GrokCall call, CallObserver observer) {
        if (!process.isAlive()) {
            return;
        }
        long now = timeline.nowMicros();
        if (weather.is(Weather.Mood.STORM, call.model(), now) && timeline.chance(0.15)) {
            unreached.add(
                    call.clientRequestId().substring(0, call.clientRequestId().indexOf('/')));
            finish(process, observer, Answers.CONNECT_FAILED, timeline.between(1_000, 2_000_000));
            return;
        }
        SeenCall seen = new SeenCall(call.clientRequestId(), call.model(), process, now);
        seen.reservedTokens = reserved.get(call.clientRequestId());
        journal.add(seen);
        timeline.note("call", seen.source, seen.tryNumber);
        timeline.trace(() -> process.name() + " calls " + seen.scope + " for " + seen.source + "/" + seen.tryNumber);
        observer.sent();
        Plan plan = plan(call, seen);
        Duration own = call.timeout();
        long timeout = own == null ? CALL_TIMEOUT_MICROS : Math.min(CALL_TIMEOUT_MICROS, own.toMillis() * 1_000);
        seen.worked = plan.worked();
        if (plan.afterMicros() > timeout) {
            plan = new Plan(timeout, Answers.TIMEOUT, "timeout", plan.worked());
        }
        String name = plan.name();
        timeline.in(plan.afterMicros(), () -> seen.ended(name, timeline.nowMicros()));
        if (plan.answers()) {
            finish(process, observer, plan.outcome(), plan.afterMicros());
        }
    }

    private void finish(SimProcess process, CallObserver observer, GrokOutcome outcome, long afterMicros) {
        process.in(afterMicros, () -> observer.finished(outcome));
    }

    private Plan plan(GrokCall call, SeenCall seen) {
        String scope = call.model();
        long now = timeline.nowMicros();
        long soon = timeline.between(5_000, 200_000);
        if (weather.is(Weather.Mood.WRONG_KEY, scope, now)) {
            return new Plan(soon, Answers.WRONG_KEY, "halted", false);
        }
        if (weather.is(Weather.Mood.NO_CREDITS, scope, now)) {
            return new Plan(soon, Answers.NO_CREDITS, "halted", false);
        }
        if (weather.is(Weather.Mood.LIMITED, scope, now) && timeline.chance(0.6)) {
            boolean told = timeline.chance(0.7);
            Duration wait = Duration.ofMillis(timeline.between(500, 5_000));
            seen.pausedUntilMicros = told ? now + soon + wait.toMillis() * 1_000 : 0;
            return new Plan(soon, Answers.throttled(told ? wait : null), "throttled", false);
        }
        if (weather.is(Weather.Mood.STORM, scope, now) && timeline.chance(0.7)) {
            return failing();
        }
        if (call.body().text().contains("refuse me")) {
            return new Plan(soon, Answers.REFUSED, "refused", false);
        }
        boolean slow = weather.is(Weather.Mood.SLOW, scope, now) && timeline.chance(0.5);
        long latency = slow ? timeline.between(5_000_000, 14_000_000) : latency();
        Usage usage = usage(call);
        seen.billedTokens = usage.totalTokens();
        return new Plan(latency, Answers.answered(scope, "fine", usage), "ok", true);
    }

    /** More or less than anyone could know before. */
    private Usage usage(GrokCall call) {
        long prompt = call.body().size() / 4 + timeline.between(0, 30);
        boolean brief = call.body().text().contains(Workload.BRIEF);
        long visible = timeline.between(10, brief ? Workload.BRIEF_TOKENS : SimSettings.MOST_OUTPUT);
        long reasoning = timeline.between(0, 40);
        return new Usage(prompt, 0, visible, reasoning, prompt + visible + reasoning, null);
    }

    private Plan failing() {
        long after = timeline.between(5_000, 2_000_000);
        return switch ((int) timeline.between(0, 4)) {
            case 0 -> new Plan(after, Answers.SERVER_ERROR, "server_error", false);
            case 1 -> new Plan(after, Answers.CONNECTION_LOST, "lost", timeline.chance(0.5));
            case 2 -> new Plan(after, Answers.EMPTY, "empty", true);
            case 3 -> new Plan(CALL_TIMEOUT_MICROS, Answers.TIMEOUT, "timeout", timeline.chance(0.5));
            default -> new Plan(after, Answers.TIMEOUT, "no callback", timeline.chance(0.5), false);
        };
    }

    private long latency() {
        return timeline.chance(0.1) ? timeline.between(1_000_000, 6_000_000) : timeline.between(20_000, 600_000);
    }
}
