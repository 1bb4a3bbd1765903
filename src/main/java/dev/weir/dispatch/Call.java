package dev.weir.dispatch;

import dev.weir.grok.GrokOutcome;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One call in the registry: reserved, running, done; or taken back before it ran. Threading: any. */
final class Call {
    /** Longer than a producer goes on trying by default (two minutes); what waits so long for its write is lost. */
    private static final long LONGEST_WRITE_AHEAD_NANOS = Duration.ofMinutes(3).toNanos();

    private final CallPlan plan;
    private final AtomicReference<State> state = new AtomicReference<>(State.RESERVED);
    private final long reservedNanos;
    private volatile long startedNanos;
    private volatile long spareNanos;
    private volatile long latestNanos;
    private volatile boolean ready;
    private volatile long sentNanos;
    private volatile boolean sent;
    private volatile long doneNanos;
    private volatile @Nullable GrokOutcome outcome;

    private enum State {
        RESERVED,
        TAKEN_BACK,
        RUNNING,
        FINISHING,
        DONE
    }

    Call(CallPlan plan, long reservedNanos) {
        this.plan = plan;
        this.reservedNanos = reservedNanos;
    }

    CallPlan plan() {
        return plan;
    }

    /** The call could start, so long before it may, or after that if negative; it may until then. */
    void ready(long earlyNanos, long untilNanos) {
        spareNanos = earlyNanos;
        latestNanos = untilNanos;
        ready = true;
    }

    /** Whether it could start but it is too late for that, or has not come to where it could for very long. */
    boolean isLate(long nowNanos) {
        long overdueNanos = ready ? nowNanos - latestNanos : nowNanos - reservedNanos - LONGEST_WRITE_AHEAD_NANOS;
        return state.get() == State.RESERVED && overdueNanos > 0;
    }

    /** How long before it might start it could, in milliseconds, negative when that was later. */
    long spareMillis() {
        return Math.floorDiv(spareNanos, 1_000_000);
    }

    boolean start(long nowNanos) {
        startedNanos = nowNanos;
        return state.compareAndSet(State.RESERVED, State.RUNNING);
    }

    boolean takeBack() {
        return state.compareAndSet(State.RESERVED, State.TAKEN_BACK);
    }

    boolean isTakenBack() {
        return state.get() == State.TAKEN_BACK;
    }

    /** True the first time. */
    boolean sent(long nowNanos) {
        if (sent) {
            return false;
        }
        sentNanos = nowNanos;
        sent = true;
        return true;
    }

    /** True the first time. */
    boolean finish(GrokOutcome how, long nowNanos) {
        if (!state.compareAndSet(State.RUNNING, State.FINISHING)) {
            return false;
        }
        outcome = how;
        doneNanos = nowNanos;
        state.set(State.DONE);
        return true;
    }

    /** When it was started, by the monotonic clock. */
    long startedMicros() {
        return startedNanos / 1_000;
    }

    boolean isSent() {
        return sent;
    }

    long sentNanos() {
        return sentNanos;
    }

    boolean isDone() {
        return state.get() == State.DONE;
    }

    boolean isRunningLongerThan(Duration age, long nowNanos) {
        return state.get() == State.RUNNING && nowNanos - startedNanos > age.toNanos();
    }

    boolean isDoneLongerThan(Duration age, long nowNanos) {
        return isDone() && nowNanos - doneNanos > age.toNanos();
    }

    /** How it ended; only once it is done. */
    GrokOutcome outcome() {
        GrokOutcome how = outcome;
        if (how == null) {
            throw new IllegalStateException("call " + plan.key() + " is not over");
        }
        return how;
    }

    /** From start to end, milliseconds; only once it is done. */
    long millis() {
        return Math.max(0, doneNanos - startedNanos) / 1_000_000;
    }

    /** Bytes of the answer that it keeps in memory. */
    long heldBytes() {
        return outcome instanceof GrokOutcome.Answered answered
                ? answered.response().size()
                : 0;
    }
}
