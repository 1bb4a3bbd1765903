package dev.weir.dispatch;

import dev.weir.client.AskSender;
import dev.weir.event.Blob;
import dev.weir.event.Usage;
import dev.weir.grok.GrokCall;
import dev.weir.grok.GrokOutcome;
import dev.weir.grok.RateLimitHeaders;
import dev.weir.permit.AskMessage;
import dev.weir.permit.AskMessage.StartedCall;
import dev.weir.permit.CallEnd;
import dev.weir.permit.LeaseKey;
import dev.weir.permit.Origin;
import dev.weir.permit.QuotaObservation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One partition's side of the permit protocol: numbers its messages. Threading: the task's stream thread. */
final class Permits {
    private static final GrokCall NO_CALL = new GrokCall("", "", null, Blob.EMPTY);

    private final AskSender sender;
    private final int partition;
    private final Map<Integer, Long> ownerEpochs = new HashMap<>();
    private long epoch;
    private long newestHeard;
    private long seq;

    Permits(AskSender sender, int partition) {
        this.sender = sender;
        this.partition = partition;
    }

    long epoch() {
        return epoch;
    }

    /** Another epoch of this partition was heard of. */
    void heardOf(long otherEpoch) {
        newestHeard = Math.max(newestHeard, otherEpoch);
    }

    /** Whether admission no longer listens to this epoch, as it has heard a newer one. */
    boolean isOutdated() {
        return newestHeard > epoch;
    }

    /** The least epoch above all that were heard of. */
    long nextEpoch() {
        return newestHeard + 1;
    }

    LeaseKey key(long offset, int tryNumber) {
        return new LeaseKey(partition, offset, tryNumber);
    }

    void hello(long newEpoch) {
        epoch = newEpoch;
        heardOf(newEpoch);
        seq = 0;
        sender.broadcast(new AskMessage.Hello(next()));
    }

    void helloDone() {
        sender.broadcast(new AskMessage.HelloDone(next()));
    }

    /** Whether the grant comes from the newest owner of its asks partition that was seen. */
    boolean isNewestOwner(int asksPartition, long ownerEpoch) {
        return ownerEpochs.merge(asksPartition, ownerEpoch, Math::max) == ownerEpoch;
    }

    /** Sends what was gathered. */
    void push() {
        sender.push();
    }

    void ask(long offset, Entry entry) {
        sender.send(
                entry.scope(),
                new AskMessage.Ask(
                        next(),
                        entry.scope(),
                        key(offset, entry.progress().tries()),
                        entry.model(),
                        entry.priority(),
                        entry.tenant(),
                        entry.receivedAtMillis(),
                        entry.deadlineMillis(),
                        entry.bodyBytes(),
                        entry.maxCompletionTokens(),
                        entry.progress().attempts()));
    }

    void withdraw(long offset, Entry entry) {
        LeaseKey key = key(offset, entry.progress().tries());
        sender.send(entry.scope(), new AskMessage.Withdraw(next(), entry.scope(), key));
    }

    void started(String scope, long sentAtMicros, List<StartedCall> calls) {
        sender.send(scope, new AskMessage.Started(next(), scope, sentAtMicros, calls));
    }

    /** The permit was not used. */
    void unused(String scope, LeaseKey key) {
        giveBack(scope, key, null);
    }

    /** The call of the permit ended nobody knows how; that it started was reported before. */
    void ended(String scope, LeaseKey key) {
        giveBack(scope, key, 0L);
    }

    private void giveBack(String scope, LeaseKey key, @Nullable Long sentAgeMillis) {
        sender.send(
                scope,
                new AskMessage.Settle(
                        next(),
                        scope,
                        key,
                        "",
                        "",
                        CallEnd.UNUSED,
                        sentAgeMillis,
                        null,
                        null,
                        null,
                        null,
                        QuotaObservation.NONE));
    }

    /** The call of the permit is over. */
    void settle(CallPlan plan, GrokOutcome outcome, @Nullable Long sentAgeMillis) {
        Usage usage = usage(outcome);
        Duration retryAfter = outcome instanceof GrokOutcome.Stopped stopped ? stopped.retryAfterOrNull() : null;
        sender.send(
                plan.scope(),
                new AskMessage.Settle(
                        next(),
                        plan.scope(),
                        plan.key(),
                        plan.model(),
                        plan.tenant(),
                        end(outcome),
                        sentAgeMillis,
                        usage == null ? null : Long.valueOf(usage.promptTokens()),
                        usage == null ? null : Long.valueOf(usage.completionTokens() + usage.reasoningTokens()),
                        usage == null ? null : Long.valueOf(usage.reasoningTokens()),
                        retryAfter == null ? null : Long.valueOf(retryAfter.toMillis()),
                        observed(outcome.rateLimits())));
    }

    /** The call of a former owner is over; when it started is not known here, so it counts as of now. */
    void settleHanded(Entry entry, LeaseKey key, GrokOutcome outcome) {
        CallPlan plan = new CallPlan(key, entry.scope(), entry.model(), entry.tenant(), true, NO_CALL);
        settle(plan, outcome, 0L);
    }

    private static @Nullable Usage usage(GrokOutcome outcome) {
        if (outcome instanceof GrokOutcome.Answered answered) {
            return answered.usage();
        }
        return ((GrokOutcome.Stopped) outcome).usage();
    }

    /** What the outcome means for the quota. */
    static CallEnd end(GrokOutcome outcome) {
        if (outcome instanceof GrokOutcome.Stopped stopped) {
            return switch (stopped.error().stopClass()) {
                case THROTTLED -> CallEnd.THROTTLED;
                case TRANSIENT -> CallEnd.TRANSIENT;
                case HALTED -> CallEnd.HALTED;
                case FATAL, EXPIRED, CANCELLED -> CallEnd.ANSWERED;
            };
        }
        return CallEnd.ANSWERED;
    }

    static QuotaObservation observed(RateLimitHeaders headers) {
        return new QuotaObservation(
                headers.limitRequests(),
                headers.remainingRequests(),
                headers.limitTokens(),
                headers.remainingTokens(),
                headers.resetMillis(),
                headers.windowMillis());
    }

    private Origin next() {
        seq++;
        return new Origin(partition, epoch, seq);
    }
}
