package dev.weir.dispatch;

import dev.weir.permit.InboxMessage;
import dev.weir.permit.InboxMessage.Cancel;
import dev.weir.permit.InboxMessage.Grant;
import dev.weir.permit.InboxMessage.Outdated;
import dev.weir.permit.InboxMessage.Refusal;
import dev.weir.permit.InboxMessage.Trouble;
import dev.weir.permit.Lags;
import dev.weir.permit.LeaseKey;

/**
 * Reads what admission sends. A grant that cannot be honoured goes back unused, so that no slot leaks; one between
 * other epochs does not, for both sides' successors have settled who holds its permit.
 */
final class Inbox {
    private final Task task;
    private final Desk desk;
    private final Lags lags = new Lags();
    private final Recovery recovery;
    private final Cancels cancels;

    Inbox(Task task, Desk desk, Recovery recovery) {
        this.task = task;
        this.desk = desk;
        this.recovery = recovery;
        this.cancels = new Cancels(task, desk);
    }

    void receive(InboxMessage message, long nowMillis) {
        if (message instanceof Grant grant) {
            granted(grant, nowMillis);
        } else if (message instanceof Refusal refusal) {
            refused(refusal, nowMillis);
        } else if (message instanceof Cancel cancel) {
            cancels.take(cancel, nowMillis);
        } else if (message instanceof Outdated outdated) {
            task.permits().heardOf(outdated.epoch());
        } else if (message instanceof Trouble trouble) {
            desk.departures().troubled(trouble.scope());
        } else {
            recovery.receive(message, nowMillis);
        }
    }

    private void granted(Grant grant, long nowMillis) {
        LeaseKey key = grant.key();
        if (task.calls().find(key) != null) {
            task.metrics().ignored("grant_of_a_running_call");
            return;
        }
        if (!isForUs(grant)) {
            // Its permit belongs to a newer owner or epoch by now: returned from here, that one's grant would be void.
            task.metrics().ignored("grant_of_another_epoch");
            return;
        }
        Entry entry = task.ledger().entry(key.offset());
        Move move = entry == null
                ? new Move.Stay()
                : task.lifecycle()
                        .granted(entry, key.tryNumber(), task.permits().epoch(), startInMillis(grant), nowMillis);
        if (!(move instanceof Move.Call)) {
            task.permits().unused(grant.scope(), key);
        }
        desk.apply(key.offset(), move, nowMillis);
    }

    /** What is left of the wait: the time that the grant spent on its way beyond the quickest one is over already. */
    private long startInMillis(Grant grant) {
        long excess = lags.excessMillis(
                grant.asksPartition(),
                grant.ownerEpoch(),
                grant.sentAtMicros(),
                task.calls().steadyMicros());
        return Math.max(0, grant.startInMillis() - excess);
    }

    private boolean isForUs(Grant grant) {
        return grant.key().origin() == task.partition()
                && grant.askEpoch() == task.permits().epoch()
                && task.permits().isNewestOwner(grant.asksPartition(), grant.ownerEpoch());
    }

    private void refused(Refusal refusal, long nowMillis) {
        Entry entry = task.ledger().entry(refusal.key().offset());
        if (entry == null || refusal.askEpoch() != task.permits().epoch()) {
            task.metrics().ignored("refusal");
            return;
        }
        Move move = task.lifecycle()
                .refused(entry, refusal.key().tryNumber(), refusal.stopClass(), refusal.message(), nowMillis);
        desk.apply(refusal.key().offset(), move, nowMillis);
    }
}
