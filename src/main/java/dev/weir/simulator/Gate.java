package dev.weir.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * The door of the simulated Grok: limits, then faults. A request that is turned away uses nothing of the limits.
 *
 * <p>Threading: any thread; time is read under the lock, so requests are in order.
 */
final class Gate {
    private static final long SECOND = 1_000_000_000L;
    private static final long MINUTE = 60 * SECOND;

    private final LongSupplier nanoTime;
    private final WindowKind kind;
    private final long seed;
    private final Map<String, Meters> meters = new HashMap<>();
    private final Deque<Fault> script = new ArrayDeque<>();
    private Map<String, Limit> limits;
    private FaultPlan faults;
    private SplittableRandom random;

    Gate(SimulatorSettings settings, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.kind = settings.window();
        this.seed = settings.seed();
        this.limits = settings.limits();
        this.faults = settings.faults();
        this.script.addAll(faults.script());
        this.random = new SplittableRandom(seed);
    }

    /** Decides on a request for a model that would use so many tokens. */
    synchronized Verdict decide(String model, long tokens) {
        long now = nanoTime.getAsLong();
        Meters meter = meters.computeIfAbsent(model, m -> new Meters(kind));
        meter.arrivals.count(now);
        Limit limit = limitOf(model);
        long second = meter.second.used(now);
        if (second >= limit.requestsPerSecond()) {
            return new Verdict.Limited(
                    now, false, second + 1, limit.requestsPerSecond(), seconds(meter.second.untilRoom(now)));
        }
        long minute = meter.tokens.used(now);
        if (tokens > limit.tokensPerMinute() - minute) {
            return new Verdict.Limited(
                    now, true, minute + tokens, limit.tokensPerMinute(), seconds(meter.tokens.untilRoom(now)));
        }
        Fault fault = nextFault();
        if (fault.counts()) {
            meter.take(now, tokens);
        }
        return new Verdict.Passed(now, fault, random.split().nextGaussian(), quota(meter, limit, now));
    }

    synchronized void limits(Map<String, Limit> newLimits) {
        limits = SimulatorSettings.checked(newLimits);
    }

    synchronized Map<String, Limit> limits() {
        return limits;
    }

    synchronized FaultPlan faults() {
        return faults;
    }

    synchronized void faults(FaultPlan plan) {
        faults = plan;
        script.clear();
        script.addAll(plan.script());
    }

    /** Forgets what was counted and starts the draws and the script anew. */
    synchronized void reset() {
        meters.clear();
        faults(faults);
        random = new SplittableRandom(seed);
    }

    /** The most requests that passed in any second, by model. */
    synchronized Map<String, Long> mostPassed() {
        Map<String, Long> most = new TreeMap<>();
        meters.forEach((model, meter) -> most.put(model, meter.passed.most()));
        return most;
    }

    /** The most requests that came in any second, by model. */
    synchronized Map<String, Long> mostArrived() {
        Map<String, Long> most = new TreeMap<>();
        meters.forEach((model, meter) -> most.put(model, meter.arrivals.most()));
        return most;
    }

    private Limit limitOf(String model) {
        Limit own = limits.get(model);
        return own != null ? own : Objects.requireNonNull(limits.get(SimulatorSettings.DEFAULT));
    }

    private Fault nextFault() {
        Fault scripted = script.pollFirst();
        return scripted != null ? scripted : faults.pick(random.nextDouble());
    }

    private static Quota quota(Meters meter, Limit limit, long now) {
        long perMinute = 60L * limit.requestsPerSecond();
        return new Quota(
                perMinute,
                Math.max(0, perMinute - meter.minute.used(now)),
                limit.tokensPerMinute(),
                limit.tokensPerMinute() - meter.tokens.used(now));
    }

    private static long seconds(long nanos) {
        return Math.max(1, (nanos + SECOND - 1) / SECOND);
    }

    /** What is left, as the response headers tell it. */
    record Quota(long requests, long requestsLeft, long tokens, long tokensLeft) {}

    private static final class Meters {
        private final Window second;
        private final Window minute;
        private final Window tokens;
        private final Peak passed = new Peak();
        private final Peak arrivals = new Peak();

        Meters(WindowKind kind) {
            second = Window.of(kind, SECOND);
            minute = Window.of(kind, MINUTE);
            tokens = Window.of(kind, MINUTE);
        }

        void take(long now, long amount) {
            second.add(now, 1);
            minute.add(now, 1);
            tokens.add(now, amount);
            passed.count(now);
        }
    }

    /** The most events in any second, exact whatever the kind of the limits. */
    private static final class Peak {
        private final SlidingWindow window = new SlidingWindow(SECOND);
        private long most;

        void count(long now) {
            window.add(now, 1);
            most = Math.max(most, window.used(now));
        }

        long most() {
            return most;
        }
    }
}
