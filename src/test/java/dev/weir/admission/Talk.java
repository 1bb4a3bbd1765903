package dev.weir.admission;

import dev.weir.event.Priority;
import dev.weir.permit.AskMessage;
import dev.weir.permit.CallEnd;
import dev.weir.permit.LeaseKey;
import dev.weir.permit.Origin;
import dev.weir.permit.QuotaObservation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a dispatch task of one epoch says, numbered as it says it, about one scope. */
final class Talk {
    static final String SCOPE = "grok-4";

    private final int partition;
    private final long epoch;
    private long seq;

    Talk(int partition, long epoch) {
        this.partition = partition;
        this.epoch = epoch;
    }

    static AdmissionSettings settings(int requestsPerSecond, int maxInFlight) {
        return settings(new ScopeLimits(requestsPerSecond, maxInFlight), 1_000);
    }

    /** Ten bytes are ten tokens, and that is the output expected at first. */
    static AdmissionSettings settings(ScopeLimits limits, long firstOutput) {
        return settings(limits, firstOutput, AdmissionSettings.DEFAULT_OFFSETS, Map.of());
    }

    static AdmissionSettings settings(
            ScopeLimits limits, long firstOutput, Map<Priority, Duration> offsets, Map<String, Integer> weights) {
        return settings(limits, firstOutput, offsets, weights, 100);
    }

    static AdmissionSettings paced(ScopeLimits limits, long firstOutput, int burstPercent) {
        return settings(limits, firstOutput, AdmissionSettings.DEFAULT_OFFSETS, Map.of(), burstPercent);
    }

    private static AdmissionSettings settings(
            ScopeLimits limits,
            long firstOutput,
            Map<Priority, Duration> offsets,
            Map<String, Integer> weights,
            int burstPercent) {
        return new AdmissionSettings(
                scope -> limits,
                offsets,
                tenant -> weights.getOrDefault(tenant, 1),
                new TokenSettings(model -> 100, firstOutput),
                Duration.ofMillis(10),
                burstPercent,
                Duration.ofMillis(100),
                Duration.ofMinutes(10),
                PauseSettings.DEFAULT,
                Duration.ofSeconds(3));
    }

    LeaseKey key(long offset) {
        return new LeaseKey(partition, offset, 1);
    }

    AskMessage.Hello hello() {
        return new AskMessage.Hello(origin());
    }

    AskMessage.HelloDone helloDone() {
        return new AskMessage.HelloDone(origin());
    }

    AskMessage.Ask ask(long offset, Priority priority, long receivedAtMillis) {
        return new AskMessage.Ask(
                origin(), SCOPE, key(offset), "grok-4", priority, "", receivedAtMillis, null, 100, null, 0);
    }

    /** An ask whose texts are its own, as those of a message are. */
    AskMessage.Ask ask(long offset, Priority priority, long receivedAtMillis, String tenant, int promptBytes) {
        String model = new String("grok-4".toCharArray());
        return new AskMessage.Ask(
                origin(), SCOPE, key(offset), model, priority, tenant, receivedAtMillis, null, promptBytes, null, 0);
    }

    /** Another try of a request, after so many charged ones. */
    AskMessage.Ask askAgain(long offset, String tenant, int attempts) {
        LeaseKey key = new LeaseKey(partition, offset, 1 + attempts);
        return new AskMessage.Ask(
                origin(), SCOPE, key, "grok-4", Priority.NORMAL, tenant, offset, null, 100, null, attempts);
    }

    /** A try of a request. */
    AskMessage.Ask ask(long offset, int tryNumber, int attempts) {
        LeaseKey key = new LeaseKey(partition, offset, tryNumber);
        return new AskMessage.Ask(
                origin(), SCOPE, key, "grok-4", Priority.NORMAL, "", offset, null, 100, null, attempts);
    }

    /** The end of a call with what the server told of its limits. */
    AskMessage.Settle ended(AskMessage.Ask ask, CallEnd end, long ageMillis, QuotaObservation observed) {
        return new AskMessage.Settle(
                origin(),
                SCOPE,
                ask.key(),
                ask.model(),
                ask.tenant(),
                end,
                ageMillis,
                null,
                null,
                null,
                null,
                observed);
    }

    /** The end of a call that was asked for like that, with its prompt tokens. */
    AskMessage.Settle end(AskMessage.Ask ask, CallEnd end, long ageMillis, long promptTokens) {
        return new AskMessage.Settle(
                origin(),
                SCOPE,
                ask.key(),
                ask.model(),
                ask.tenant(),
                end,
                ageMillis,
                promptTokens,
                0L,
                0L,
                null,
                QuotaObservation.NONE);
    }

    /** An ask with a body of so many bytes. */
    AskMessage.Ask ask(long offset, int promptBytes) {
        return ask(offset, promptBytes, null);
    }

    AskMessage.Ask askUntil(long offset, int promptBytes, long deadlineMillis) {
        return ask(offset, promptBytes, deadlineMillis);
    }

    private AskMessage.Ask ask(long offset, int promptBytes, @Nullable Long deadlineMillis) {
        return new AskMessage.Ask(
                origin(),
                SCOPE,
                key(offset),
                "grok-4",
                Priority.NORMAL,
                "",
                offset,
                deadlineMillis,
                promptBytes,
                null,
                0);
    }

    /** A well ended call with its usage, started just before. */
    AskMessage.Settle usage(long offset, long promptTokens, long outputTokens, long reasoningTokens) {
        return new AskMessage.Settle(
                origin(),
                SCOPE,
                key(offset),
                "grok-4",
                "",
                CallEnd.ANSWERED,
                0L,
                promptTokens,
                outputTokens,
                reasoningTokens,
                null,
                QuotaObservation.NONE);
    }

    AskMessage.Ask ask(long offset) {
        return ask(offset, Priority.NORMAL, offset);
    }

    AskMessage.Started started(long offset, long ageMillis) {
        return new AskMessage.Started(
                origin(), SCOPE, 0, List.of(new AskMessage.StartedCall(key(offset), ageMillis, null)));
    }

    AskMessage.Settle settle(long offset, CallEnd end, @Nullable Long ageMillis, @Nullable Long retryAfterMillis) {
        return new AskMessage.Settle(
                origin(),
                SCOPE,
                key(offset),
                "grok-4",
                "",
                end,
                ageMillis,
                null,
                null,
                null,
                retryAfterMillis,
                QuotaObservation.NONE);
    }

    AskMessage.Settle answered(long offset, long ageMillis) {
        return settle(offset, CallEnd.ANSWERED, ageMillis, null);
    }

    AskMessage.Settle unused(long offset) {
        return settle(offset, CallEnd.UNUSED, null, null);
    }

    AskMessage.Withdraw withdraw(long offset) {
        return new AskMessage.Withdraw(origin(), SCOPE, key(offset));
    }

    private Origin origin() {
        return new Origin(partition, epoch, ++seq);
    }
}
