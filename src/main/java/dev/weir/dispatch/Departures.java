package dev.weir.dispatch;

import dev.weir.event.GrokRequest;
import dev.weir.grok.GrokCall;
import dev.weir.grok.GrokOutcome;
import dev.weir.permit.CallEnd;
import dev.weir.permit.LeaseKey;
import org.jspecify.annotations.Nullable;

/**
 * Brings requests to their calls: by a permit or, where the quota is off, by a free slot of this process alone.
 * Threading: the task's stream thread.
 */
final class Departures {
    /** How long a request waits before it asks again when this process had no slot for its permit. */
    private static final long NO_SLOT_MILLIS = 100;

    /** After that a permit counts for lost elsewhere: a process that stood still must not use it any more. */
    private static final long LATEST_START_MILLIS = 2_000;

    /** How long a request waits before it asks again when the schema of its payload cannot be reached. */
    private static final long NO_SCHEMA_MILLIS = 1_000;

    /** How many leave the line in one go, to leave the thread to its records. */
    private static final int PORTION = 500;

    private final Task task;
    private final Readings readings;
    private final Desk desk;
    private final FreeScopes free;
    private final SlotLine line = new SlotLine();

    Departures(Task task, Readings readings, Desk desk) {
        this.task = task;
        this.readings = readings;
        this.desk = desk;
        this.free = new FreeScopes(task.settings().slots());
    }

    /** A request wants to be called. */
    void ask(long offset, Entry next, long nowMillis) {
        if (free.isFree(next.scope()) && line.isEmpty() && task.calls().slots().turnOf(task.partition(), 1) > 0) {
            depart(offset, next, nowMillis);
            return;
        }
        task.ledger().put(offset, next);
        askAgain(offset, next);
    }

    /** The same, of a request that the ledger knows as waiting. */
    void askAgain(long offset, Entry entry) {
        if (line.contains(offset)) {
            return;
        }
        if (free.isFree(entry.scope())) {
            line.add(offset, task.settings().slots().rank(entry));
        } else {
            task.permits().ask(offset, entry);
        }
    }

    /** A waiting request has ended. */
    void withdraw(long offset, Entry last) {
        if (!line.remove(offset)) {
            task.permits().withdraw(offset, last);
        }
    }

    /** Whether requests wait for a slot. */
    boolean isWaiting() {
        return !line.isEmpty();
    }

    /** Those in line go as far as there are slots; when their scope is free no more, they ask for permits. */
    void proceed(long nowMillis) {
        if (line.isEmpty()) {
            return;
        }
        int turn = task.calls().slots().turnOf(task.partition(), line.size());
        for (int i = 0; i < PORTION && !line.isEmpty(); i++) {
            long offset = line.first();
            Entry entry = task.ledger().entry(offset);
            if (entry == null || !(entry.status() instanceof Status.Waiting)) {
                line.remove(offset);
            } else if (!free.isFree(entry.scope())) {
                line.remove(offset);
                task.permits().ask(offset, entry);
            } else if (turn > 0) {
                turn--;
                line.remove(offset);
                task.blame().takes(offset);
                depart(offset, entry, nowMillis);
            } else {
                return;
            }
        }
        if (line.isEmpty()) {
            task.calls().slots().leaveLine(task.partition());
        }
    }

    private void depart(long offset, Entry waiting, long nowMillis) {
        Move move = task.lifecycle()
                .granted(waiting, waiting.progress().tries(), task.permits().epoch(), 0, nowMillis);
        if (move instanceof Move.Call call) {
            call(offset, call, false, nowMillis);
        } else {
            desk.apply(offset, move, nowMillis);
        }
    }

    /** Write ahead: the call starts only once it is durable that it may have. */
    void call(long offset, Move.Call move, boolean permitted, long nowMillis) {
        Entry next = move.next();
        LeaseKey key = task.permits().key(offset, next.progress().tries());
        GrokRequest request = readings.find(desk.payload(offset), offset);
        if (request == null) {
            giveBack(offset, next, permitted ? key : null, NO_SCHEMA_MILLIS, nowMillis);
            return;
        }
        GrokCall call = new GrokCall(
                task.source(offset) + "/" + key.tryNumber(),
                request.model(),
                request.conversation(),
                request.body(),
                task.lifecycle().longestCall(next, nowMillis));
        if (task.calls().reserve(new CallPlan(key, next.scope(), next.model(), next.tenant(), permitted, call))) {
            task.ledger().put(offset, next);
            long notBefore = task.calls().nanosIn(move.startInMillis());
            long latest = task.calls().nanosIn(latestStartMillis(next, move.startInMillis(), nowMillis));
            task.commits().whenDurable(() -> task.calls().start(key, notBefore, latest));
            return;
        }
        giveBack(offset, next, permitted ? key : null, NO_SLOT_MILLIS, nowMillis);
    }

    private static long latestStartMillis(Entry entry, long startInMillis, long nowMillis) {
        long latest = startInMillis + LATEST_START_MILLIS;
        Long deadline = entry.deadlineMillis();
        return deadline == null ? latest : Math.min(latest, Math.max(startInMillis, deadline - nowMillis));
    }

    /** The call was not started in time, so the request asks again. */
    void missed(CallPlan plan, long nowMillis) {
        LeaseKey key = plan.key();
        Entry entry = task.ledger().entry(key.offset());
        if (entry != null
                && entry.status() instanceof Status.InFlight
                && entry.progress().tries() == key.tryNumber()) {
            if (!task.calls().slots().isDraining()) {
                task.metrics().ignored("permit_too_late");
            }
            task.blame().takes(key.offset());
            giveBack(key.offset(), entry, plan.permitted() ? key : null, NO_SLOT_MILLIS, nowMillis);
        }
    }

    /** A call that its request needs no more is never made if it was not started yet; whether that is so. */
    boolean takeBack(long offset, Entry last) {
        LeaseKey key = task.permits().key(offset, last.progress().tries());
        Call call = task.calls().find(key);
        if (call == null || !task.calls().takeBack(key)) {
            return false;
        }
        if (call.plan().permitted()) {
            task.permits().unused(last.scope(), key);
        }
        return true;
    }

    /**
     * A call is over: its permit returns, and what went wrong without one is told to admission and to all partitions.
     */
    void arrived(Call call) {
        CallPlan plan = call.plan();
        GrokOutcome outcome = call.outcome();
        CallEnd end = Permits.end(outcome);
        if (plan.permitted() || end != CallEnd.ANSWERED) {
            task.permits().settle(plan, outcome, task.calls().sentAgeMillis(call));
        }
        if (free.ended(plan, end, call.startedMicros(), task.calls().steadyMicros())) {
            task.handOver().tellTrouble(plan.scope());
        }
    }

    /** Another partition's task has met trouble. */
    void troubled(String scope) {
        var unused = free.troubled(scope, task.calls().steadyMicros());
    }

    /** Asks again later; a process that drains leaves that to its successor, who must not take the call for lost. */
    private void giveBack(long offset, Entry next, @Nullable LeaseKey permit, long delayMillis, long nowMillis) {
        if (permit != null) {
            task.permits().unused(next.scope(), permit);
        }
        if (!task.calls().slots().isDraining()) {
            desk.apply(offset, task.lifecycle().noSlot(next, nowMillis + delayMillis, nowMillis), nowMillis);
        } else if (task.lifecycle().neverStarted(next, nowMillis) instanceof Move.Ask ask) {
            task.ledger().put(offset, ask.next());
        }
    }
}
