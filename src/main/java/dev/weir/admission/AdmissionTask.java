package dev.weir.admission;

import dev.weir.client.InboxSender;
import dev.weir.permit.AskMessage;
import dev.weir.permit.CallEnd;
import dev.weir.permit.Decoded;
import dev.weir.permit.InboxMessage;
import dev.weir.permit.Lags;
import dev.weir.permit.Origin;
import dev.weir.permit.PermitCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of an admission task: brings messages, time and the store to {@link Admission}, and its grants to dispatch.
 * Threading: the task's stream thread; sending may run on a network thread and touches nothing of this.
 */
final class AdmissionTask {
    private static final Logger LOG = LoggerFactory.getLogger(AdmissionTask.class);
    private static final long SHOW_MILLIS = 200;
    /** Less is within what a new owner allows for the clocks of others. */
    private static final long LATE_MILLIS = 100;

    private static final long MINUTE_MILLIS = 60_000;

    private final AdmissionParameters with;
    private final ProcessorContext<Void, Void> context;
    private final StoreLog log;
    private final Admission admission;
    private final SteadyTime time;
    private final OwnerProof proof;
    private final Lags lags = new Lags();
    private final Wakes wakes;
    private final int partition;
    private final Owner predecessor;
    private final long ownerEpoch;
    private @Nullable Owner stored;
    private boolean warnedOfGarbage;
    private long shownMillis = Long.MIN_VALUE;

    /** Rebuilds everything from the store, writing nothing: no commit follows what is written here. */
    AdmissionTask(AdmissionParameters with, ProcessorContext<Void, Void> context) {
        long now = with.wallMillis().applyAsLong(context);
        this.with = with;
        this.context = context;
        this.log = new StoreLog(context.getStateStore(AdmissionSupplier.STORE));
        this.admission = new Admission(with.settings(), log);
        this.time = new SteadyTime(now, with.steadyMicros().getAsLong());
        this.proof = new OwnerProof(with.settings().zombieAfter().toMillis(), now);
        this.wakes = new Wakes(context, due -> tick(), with.idlePolls(), this);
        this.partition = with.partition().applyAsInt(context.taskId());
        this.predecessor = log.restoreInto(admission, now);
        this.ownerEpoch = Math.max(predecessor.epoch() + 1, now);
        wakes.plan(now, now);
    }

    /** Takes messages of dispatch and grants what they make possible. */
    void take(byte @Nullable [] bytes) {
        long now = begin();
        Decoded<AskMessage> decoded = PermitCodec.decodeAsks(bytes);
        decoded.messages().forEach(message -> take(onTime(message), now));
        if (decoded.unreadable()) {
            ignoreGarbage();
        }
        if (proof.holds()) {
            send(admission.releaseTouched(now));
        } else {
            admission.rememberTouched(now);
            log.write();
        }
        plan(now);
    }

    /** Streams has taken the task away, or stops. */
    void close() {
        wakes.close();
        with.metrics().retire(this);
    }

    private void tick() {
        wakes.cancel();
        long now = begin();
        if (proof.holds()) {
            send(admission.release(now));
        } else {
            log.write();
        }
        plan(now);
    }

    /** What every entry starts with: the time, the doubt after a silence, and what this owner stores of itself. */
    private long begin() {
        long steady = with.steadyMicros().getAsLong();
        long now = time.at(steady);
        if (proof.alive(now)) {
            context.commit();
            with.afterCommit().afterCommit(proof::committed);
        }
        long late = lateMillis(steady);
        if (stored == null || Math.abs(late - stored.lateMillis()) > LATE_MILLIS) {
            stored = new Owner(ownerEpoch, late);
            log.put(stored);
        }
        return now;
    }

    /** The times of the predecessor stay as late as they were, for as long as they may count. */
    private long lateMillis(long steadyMicros) {
        long countMillis = Saturating.add(with.settings().leaseDuration().toMillis(), MINUTE_MILLIS);
        boolean mayCount = time.passedMillis(steadyMicros) <= countMillis;
        long own = time.lateMillis(with.wallMillis().applyAsLong(context), steadyMicros);
        return mayCount ? Saturating.add(own, predecessor.lateMillis()) : own;
    }

    private void take(AskMessage message, long nowMillis) {
        Origins.Verdict verdict = admission.take(message, nowMillis, with.draw().getAsDouble());
        switch (verdict) {
            case NEWS -> countThrottled(message);
            case SEEN_BEFORE -> with.metrics().ignored("seen_before");
            case OLD_EPOCH -> {
                with.metrics().ignored("old_epoch");
                tellOutdated(message);
            }
        }
    }

    /** Told for what an owner says in any case: a hello, and asks as long as there is something to ask for. */
    private void tellOutdated(AskMessage message) {
        boolean isOwnersTalk = message instanceof AskMessage.Hello || message instanceof AskMessage.Ask;
        if (isOwnersTalk && message instanceof AskMessage.FromDispatch told) {
            int origin = told.origin().partition();
            with.inbox().send(origin, new InboxMessage.Outdated(admission.epochOf(origin)));
        }
    }

    /** What a report of starts spent on its way counts as age, so that slots are not held for it. */
    private AskMessage onTime(AskMessage message) {
        if (!(message instanceof AskMessage.Started started)) {
            return message;
        }
        Origin origin = started.origin();
        long received = with.steadyMicros().getAsLong();
        return started.olderBy(lags.excessMillis(origin.partition(), origin.epoch(), started.sentAtMicros(), received));
    }

    private void countThrottled(AskMessage message) {
        if (message instanceof AskMessage.Settle settle && settle.end() == CallEnd.THROTTLED) {
            with.metrics().throttled(settle.scope());
        }
    }

    private void ignoreGarbage() {
        with.metrics().ignored("undecodable");
        if (!warnedOfGarbage) {
            warnedOfGarbage = true;
            String where = context.recordMetadata()
                    .map(at -> at.topic() + "-" + at.partition() + "@" + at.offset())
                    .orElse("partition " + partition);
            LOG.warn("What stands at {} is no permit message; it and its like are skipped. Who writes there?", where);
        }
    }

    /**
     * Sends grants once their leases are durable: one that a successor knows nothing of would be granted twice.
     * Refusals wait for nothing, as nothing is stored of them; one that was dropped with a failed write would never be
     * told.
     */
    private void send(List<Admission.Issue> issues) {
        log.write();
        List<InboxMessage.Refusal> refusals = admission.takeRefusals();
        InboxSender inbox = with.inbox();
        for (InboxMessage.Refusal refusal : refusals) {
            with.metrics().refused(refusal);
            inbox.send(refusal.key().origin(), refusal);
        }
        if (issues.isEmpty()) {
            return;
        }
        for (Admission.Issue issue : issues) {
            if (issue.again()) {
                with.metrics().sentAgain(issue.scope());
            } else {
                with.metrics().granted(issue.scope());
            }
        }
        long reckonedAt = with.steadyMicros().getAsLong();
        Map<Integer, List<InboxMessage>> grants = new TreeMap<>();
        issues.forEach(issue -> grants.computeIfAbsent(issue.key().origin(), unused -> new ArrayList<>())
                .add(grant(issue, reckonedAt)));
        with.afterAcks().afterAcks(() -> grants.forEach(inbox::send));
    }

    private InboxMessage.Grant grant(Admission.Issue issue, long reckonedAt) {
        return new InboxMessage.Grant(
                issue.scope(), partition, ownerEpoch, issue.askEpoch(), issue.key(), issue.startInMillis(), reckonedAt);
    }

    private void plan(long nowMillis) {
        long next = proof.holds() ? admission.nextWake(nowMillis) : nowMillis;
        wakes.plan(next, nowMillis);
        boolean showDue = Saturating.subtract(nowMillis, shownMillis) >= SHOW_MILLIS;
        if (showDue || next == RequestWindow.NEVER) {
            shownMillis = nowMillis;
            with.metrics().show(this, admission.statuses(nowMillis));
        }
    }
}
