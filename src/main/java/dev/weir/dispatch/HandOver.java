package dev.weir.dispatch;

import dev.weir.client.HandOverSender;
import dev.weir.event.ErrorInfo;
import dev.weir.grok.GrokError;
import dev.weir.grok.GrokOutcome;
import dev.weir.grok.GrokOutcome.Answered;
import dev.weir.grok.GrokOutcome.Stopped;
import dev.weir.grok.RateLimitHeaders;
import dev.weir.permit.InboxMessage;
import dev.weir.permit.LeaseKey;
import dev.weir.permit.QuotaObservation;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands running calls over when a partition moves to another process: first the list of what runs, repeated while it
 * does, then each result, repeated until it is durable. The new owner waits for them instead of calling again.
 * Everything travels through the plain producer, because the task's own transaction is over.
 *
 * <p>Threading: {@link #leave} on a stream thread; results are sent on a thread of its own.
 */
public final class HandOver implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HandOver.class);
    private static final Duration REPEAT = Duration.ofSeconds(1);

    private final String holder = UUID.randomUUID().toString();
    private final Calls calls;
    private final HandOverSender sender;
    private final ScheduledExecutorService executor;

    /** Hands over what is in that registry. */
    public HandOver(Calls calls, HandOverSender sender) {
        this(calls, sender, DaemonThread.executor("weir-hand-over"));
    }

    /** Hands over what is in that registry, sending results by that executor, which is shut down with this. */
    public HandOver(Calls calls, HandOverSender sender, ScheduledExecutorService executor) {
        this.calls = calls;
        this.sender = sender;
        this.executor = executor;
    }

    /** The name of this process in hand-over messages. */
    String holder() {
        return holder;
    }

    /** The partition's task ends here; whoever owns it next will read the list before it decides. */
    void leave(int partition, long epoch) {
        Released left = calls.release(partition, this::handOver);
        if (left.running().isEmpty() && left.neverStarted().isEmpty()) {
            return;
        }
        LOG.info(
                "Partition {} leaves with {} running calls; their results are handed over",
                partition,
                left.running().size());
        sender.send(partition, new InboxMessage.Held(holder, epoch, left.running(), left.neverStarted()), () -> {});
        sender.flush();
        repeatLater(partition);
    }

    /** A message of this process to the partition's own inbox: see {@link InboxMessage.Claim}. */
    void claim(int partition, long epoch) {
        sender.send(partition, new InboxMessage.Claim(epoch), () -> {});
    }

    /** Tells every partition that something is wrong with a scope. */
    void tellTrouble(String scope) {
        sender.broadcast(new InboxMessage.Trouble(scope));
    }

    private void repeatLater(int partition) {
        try {
            var unused = executor.schedule(() -> repeat(partition), REPEAT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The process ends; partition {} is told nothing more", partition);
        }
    }

    private void repeat(int partition) {
        List<Call> left = calls.stillReleased(partition);
        if (left.isEmpty()) {
            return;
        }
        List<LeaseKey> keys = left.stream().map(call -> call.plan().key()).toList();
        sender.send(partition, new InboxMessage.Held(holder, null, keys, List.of()), () -> {});
        left.stream().filter(Call::isDone).forEach(this::sendResult);
        repeatLater(partition);
    }

    private void handOver(Call call) {
        try {
            executor.execute(() -> sendResult(call));
        } catch (RejectedExecutionException e) {
            LOG.debug(
                    "The process ends; the result of {} is not handed over",
                    call.plan().key());
        }
    }

    /** The call stays until its result is durable; a result that comes twice moves nothing. */
    private void sendResult(Call call) {
        LeaseKey key = call.plan().key();
        sender.send(key.origin(), result(call), () -> calls.forget(call));
    }

    static InboxMessage result(Call call) {
        LeaseKey key = call.plan().key();
        GrokOutcome outcome = call.outcome();
        QuotaObservation observed = Permits.observed(outcome.rateLimits());
        if (outcome instanceof Answered answer) {
            return new InboxMessage.HandedAnswer(
                    key, call.millis(), answer.model(), answer.content(), answer.response(), answer.usage(), observed);
        }
        Stopped stopped = (Stopped) outcome;
        GrokError error = stopped.error();
        Duration retryAfter = stopped.retryAfterOrNull();
        return new InboxMessage.HandedFailure(
                key,
                call.millis(),
                new ErrorInfo(error.stopClass(), error.reason(), error.message(), error.httpStatus(), error.code()),
                error.nothingSent(),
                retryAfter == null ? null : Long.valueOf(retryAfter.toMillis()),
                stopped.usage(),
                observed);
    }

    static GrokOutcome outcome(InboxMessage.HandedAnswer answer) {
        return new Answered(
                answer.model(), answer.content(), answer.response(), answer.usage(), headers(answer.observed()));
    }

    static GrokOutcome outcome(InboxMessage.HandedFailure failure) {
        ErrorInfo error = failure.error();
        Long retryAfter = failure.retryAfterMillis();
        return new Stopped(
                new GrokError(
                        error.stopClass(),
                        error.reason(),
                        error.message(),
                        error.httpStatus(),
                        error.code(),
                        failure.nothingSent()),
                retryAfter == null ? null : Duration.ofMillis(retryAfter),
                failure.usage(),
                headers(failure.observed()));
    }

    private static RateLimitHeaders headers(QuotaObservation observed) {
        return new RateLimitHeaders(
                observed.limitRequests(),
                observed.remainingRequests(),
                observed.limitTokens(),
                observed.remainingTokens(),
                observed.resetMillis(),
                observed.windowMillis());
    }

    /** Results that come from now on are not handed over: the process ends, and its calls with it. */
    @Override
    public void close() {
        executor.shutdown();
    }
}
