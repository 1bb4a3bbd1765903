package dev.weir.dispatch;

import dev.weir.grok.GrokOutcome;
import dev.weir.permit.AskMessage.StartedCall;
import dev.weir.permit.InboxMessage;
import dev.weir.permit.InboxMessage.HandedAnswer;
import dev.weir.permit.InboxMessage.HandedFailure;
import dev.weir.permit.InboxMessage.Held;
import dev.weir.permit.LeaseKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The calls of former owners that a new owner finds in flight. Those of a live predecessor are waited for; the others
 * are lost, which is decided only after everything that a predecessor sent before it left has been read, and a grace in
 * which one that is still there would have spoken.
 */
final class Recovery {
    /** Three repetitions of a predecessor's list. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private static final Duration SILENCE = Duration.ofSeconds(6);

    /** A claim that was sent so long ago is lost. */
    private static final Duration CLAIM_LOST = Duration.ofSeconds(5);

    private final Task task;
    private final Desk desk;
    private final Set<LeaseKey> undecided = new HashSet<>();
    private final Map<LeaseKey, Heard> heard = new HashMap<>();
    private final ListeningTime listening = new ListeningTime();
    private boolean claimRead;
    private long claimedAtMillis;
    private long claimSentAtMillis;

    /**
     * What a predecessor said of a call.
     *
     * @param entry the request, as it was then: a cancel may end it before its call
     * @param atMillis when it was said last, in listening time
     */
    private record Heard(Entry entry, long atMillis) {}

    Recovery(Task task, Desk desk) {
        this.task = task;
        this.desk = desk;
    }

    /** A call in flight that this process does not know; of one that is waited for already, the new epoch tells. */
    void found(LeaseKey key, Entry entry) {
        undecided.add(key);
        if (heard.containsKey(key)) {
            startedElsewhere(key, entry);
        }
    }

    /** The task begins, in a new epoch: what predecessors say is waited for from now on. */
    void claimed() {
        claimedAtMillis = listened();
        claimRead = false;
        claim(claimedAtMillis);
    }

    private void claim(long listened) {
        claimSentAtMillis = listened;
        task.handOver().claim(task.partition(), task.permits().epoch());
    }

    /** Whether every call that was found is decided, or is certain to be waited for. */
    boolean isSettled() {
        return undecided.stream().allMatch(heard::containsKey);
    }

    boolean isOver() {
        return undecided.isEmpty();
    }

    /** Takes a message of the hand-over. */
    void receive(InboxMessage message, long nowMillis) {
        if (message instanceof InboxMessage.Claim claim) {
            claimRead |= claim.epoch() == task.permits().epoch();
            task.permits().heardOf(claim.epoch());
        } else if (message instanceof Held held) {
            held(held, nowMillis);
        } else if (message instanceof HandedAnswer answer) {
            result(answer.key(), HandOver.outcome(answer), answer.callMillis(), nowMillis);
        } else if (message instanceof HandedFailure failure) {
            result(failure.key(), HandOver.outcome(failure), failure.callMillis(), nowMillis);
        }
    }

    /** What this process itself left behind it knows, but for the calls that it took back. */
    private void held(Held held, long nowMillis) {
        if (!held.holder().equals(task.handOver().holder())) {
            held.running().forEach(this::runsElsewhere);
        }
        for (LeaseKey key : held.neverStarted()) {
            Entry entry = inFlight(key);
            if (entry != null && isOf(held.epoch(), entry) && task.calls().find(key) == null) {
                decided(key);
                desk.apply(key.offset(), task.lifecycle().neverStarted(entry, nowMillis), nowMillis);
            }
        }
    }

    /** One that stood still may have planned a call that another owner made in its place, under the same try. */
    private static boolean isOf(@Nullable Long epoch, Entry entry) {
        return epoch == null
                || (entry.status() instanceof Status.InFlight inFlight && inFlight.epoch() == epoch.longValue());
    }

    private void runsElsewhere(LeaseKey key) {
        Entry entry = inFlight(key);
        Heard before = heard.get(key);
        if (before != null) {
            heard.put(key, new Heard(before.entry(), listened()));
        } else if (entry != null && task.calls().find(key) == null) {
            undecided.add(key);
            heard.put(key, new Heard(entry, listened()));
            startedElsewhere(key, entry);
        }
    }

    private void startedElsewhere(LeaseKey key, Entry entry) {
        task.permits().started(entry.scope(), task.calls().steadyMicros(), List.of(new StartedCall(key, 0, null)));
    }

    private void result(LeaseKey key, GrokOutcome outcome, long callMillis, long nowMillis) {
        Heard before = decided(key);
        Entry entry = task.ledger().entry(key.offset());
        Entry asked = entry == null && before != null ? before.entry() : entry;
        if (asked != null) {
            task.permits().settleHanded(asked, key, outcome);
        }
        if (entry == null) {
            task.metrics().ignored("result_of_no_open_request");
            return;
        }
        task.metrics().called(callMillis);
        task.metrics().handedOver();
        desk.finished(key, entry, outcome, callMillis, nowMillis);
    }

    /** Gives up what nobody will report any more. */
    void proceed(long nowMillis) {
        long listened = listened();
        if (undecided.isEmpty()) {
            return;
        }
        if (!claimRead) {
            if (listened - claimSentAtMillis > CLAIM_LOST.toMillis()) {
                claim(listened);
            }
            return;
        }
        if (listened - claimedAtMillis < GRACE.toMillis()) {
            return;
        }
        for (LeaseKey key : List.copyOf(undecided)) {
            Heard last = heard.get(key);
            if (last == null || listened - last.atMillis() > SILENCE.toMillis()) {
                decided(key);
                if (last != null) {
                    task.permits().ended(last.entry().scope(), key);
                }
                Entry entry = inFlight(key);
                if (entry != null && task.calls().find(key) == null) {
                    desk.apply(key.offset(), task.lifecycle().lost(entry, nowMillis), nowMillis);
                }
            }
        }
    }

    private long listened() {
        return listening.millis(task.calls().steadyMicros());
    }

    /** Waits for that call no more; answers what was heard of it, or null. */
    private @Nullable Heard decided(LeaseKey key) {
        undecided.remove(key);
        return heard.remove(key);
    }

    private @Nullable Entry inFlight(LeaseKey key) {
        Entry entry = key.origin() == task.partition() ? task.ledger().entry(key.offset()) : null;
        boolean same = entry != null
                && entry.status() instanceof Status.InFlight
                && entry.progress().tries() == key.tryNumber();
        return same ? entry : null;
    }
}
