package dev.weir.simulation;

import java.util.PriorityQueue;
import java.util.Random;

/** The one order of all that happens in a run: virtual time, what is due in it, and every draw. */
final class Timeline {
    private static final boolean TRACING = Boolean.getBoolean("weir.trace");

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Random random;
    private long nowMicros;
    private long planned;
    private long hash = 17;

    private record Event(long atMicros, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atMicros, other.atMicros);
            return byTime == 0 ? Long.compare(order, other.order) : byTime;
        }
    }

    Timeline(long seed) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
    }

    long nowMicros() {
        return nowMicros;
    }

    long nowMillis() {
        return nowMicros / 1_000;
    }

    Random random() {
        return random;
    }

    void in(long micros, Runnable action) {
        at(nowMicros + Math.max(0, micros), action);
    }

    void at(long micros, Runnable action) {
        events.add(new Event(Math.max(nowMicros, micros), planned++, action));
    }

    /** Goes to the next event, if there is one before that time. */
    boolean step(long untilMicros) {
        Event next = events.peek();
        if (next == null || next.atMicros() > untilMicros) {
            return false;
        }
        events.remove();
        nowMicros = next.atMicros();
        next.action().run();
        return true;
    }

    /** A draw between the two, both included. */
    long between(long least, long most) {
        return least + (long) (random.nextDouble() * (most - least + 1));
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Tells what happens, for people, when {@code -Dweir.trace} is set. */
    void trace(java.util.function.Supplier<String> what) {
        if (TRACING) {
            System.out.printf("%10.4f %s%n", nowMicros / 1e6, what.get());
        }
    }

    /** Notes what happened, so that two runs of a seed can be compared. */
    void note(Object... what) {
        hash = 31 * hash + nowMicros;
        for (Object part : what) {
            hash = 31 * hash + part.hashCode();
        }
    }

    /** Differs between runs in which anything noted differs. */
    long fingerprint() {
        return hash;
    }
}
