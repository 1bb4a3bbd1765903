package dev.weir.grok;

import com.linecorp.armeria.client.ClientRequestContext;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.common.logging.RequestLogProperty;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call under way: gathers the answer within its bound, and tells the observer once. Threading: everything runs on
 * the call's event loop, except {@link #abort} and {@link #lost}, which may come from any thread.
 */
final class HttpCall implements Subscriber<HttpObject> {
    private static final Logger LOG = LoggerFactory.getLogger(HttpCall.class);

    private enum State {
        STARTED,
        SENT,
        FINISHED
    }

    private final GrokCall call;
    private final CallObserver observer;
    private final long maxBytes;
    private final InstantSource clock;
    private final Consumer<HttpCall> onEnd;
    private final AtomicReference<State> state = new AtomicReference<>(State.STARTED);
    private final AnswerBody body;
    private volatile @Nullable HttpResponse response;
    private volatile @Nullable ClientRequestContext context;
    private @Nullable Subscription subscription;
    private @Nullable ResponseHeaders head;

    HttpCall(GrokCall call, CallObserver observer, long maxBytes, InstantSource clock, Consumer<HttpCall> onEnd) {
        this.call = call;
        this.observer = observer;
        this.maxBytes = maxBytes;
        this.body = new AnswerBody(maxBytes);
        this.clock = clock;
        this.onEnd = onEnd;
    }

    /** Follows the response from now on. */
    void follow(ClientRequestContext context, HttpResponse response) {
        this.context = context;
        context.log()
                .whenAvailable(RequestLogProperty.REQUEST_FIRST_BYTES_TRANSFERRED_TIME)
                .thenAccept(this::written)
                .exceptionally(failure -> null);
        this.response = response;
        response.subscribe(this, context.eventLoop());
    }

    /** Ends a call that never reached the wire. */
    void notStarted(CallFailure.Kind kind, String message) {
        finish(OutcomeClassifier.failed(new CallFailure(kind, message, true), null, clock.instant()));
    }

    /** Breaks the call off; the outcome follows on the event loop. */
    void abort() {
        HttpResponse current = response;
        if (current != null) {
            current.abort();
        }
    }

    /** Ends the call as lost, unless it has ended. */
    void lost(String message) {
        boolean nothingSent = !wasWritten();
        finish(OutcomeClassifier.failed(
                new CallFailure(CallFailure.Kind.LOST, message, nothingSent), null, clock.instant()));
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.subscription = subscription;
        // The bound on bytes is the back pressure.
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(HttpObject part) {
        if (part instanceof ResponseHeaders headers) {
            head = headers.status().isInformational() ? head : headers;
        } else if (part instanceof HttpData data) {
            append(data);
        }
    }

    @Override
    public void onError(Throwable failure) {
        later(() -> failed(failure));
    }

    @Override
    public void onComplete() {
        later(this::complete);
    }

    /**
     * In a task of its own: by then the connection is given up, or back where the next call looks for one, which may
     * start in that task.
     */
    private void later(Runnable end) {
        ClientRequestContext current = context;
        try {
            if (current != null) {
                current.eventLoop().withoutContext().execute(end);
                return;
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("The client is closed, so call {} ends at once", call.clientRequestId(), e);
        }
        end.run();
    }

    private void failed(Throwable failure) {
        if (body.isTooLarge()) {
            tooLarge();
        } else {
            finish(OutcomeClassifier.failed(CallFailures.of(failure, wasWritten()), answer(), clock.instant()));
        }
    }

    private void complete() {
        HttpAnswer answer = answer();
        if (body.isTooLarge()) {
            tooLarge();
        } else if (answer == null) {
            lost("The connection ended without an answer.");
        } else {
            finish(OutcomeClassifier.classify(answer, call.model(), clock.instant()));
        }
    }

    private void append(HttpData data) {
        if (state.get() == State.FINISHED) {
            return;
        }
        if (!body.append(data.array())) {
            if (subscription != null) {
                subscription.cancel();
            }
            later(this::tooLarge);
        }
    }

    private void tooLarge() {
        finish(OutcomeClassifier.tooLarge(CallFailures.tooLarge(maxBytes), answer(), body.usage(), clock.instant()));
    }

    private @Nullable HttpAnswer answer() {
        ResponseHeaders headers = head;
        if (headers == null) {
            return null;
        }
        Map<String, String> values = new HashMap<>();
        headers.forEach((name, value) -> values.putIfAbsent(name.toString(), value));
        return new HttpAnswer(headers.status().code(), values, body.kept());
    }

    /** The log also answers when the request failed; only with a time have bytes been written. */
    private void written(RequestLog log) {
        if (log.requestFirstBytesTransferredTimeNanos() != null && state.compareAndSet(State.STARTED, State.SENT)) {
            tell(observer::sent);
        }
    }

    private boolean wasWritten() {
        ClientRequestContext current = context;
        if (current != null && current.log().isAvailable(RequestLogProperty.REQUEST_FIRST_BYTES_TRANSFERRED_TIME)) {
            written(current.log().partial());
        }
        return state.get() != State.STARTED;
    }

    private void finish(GrokOutcome outcome) {
        wasWritten();
        if (state.getAndSet(State.FINISHED) != State.FINISHED) {
            onEnd.accept(this);
            tell(() -> observer.finished(outcome));
        }
    }

    private void tell(Runnable notice) {
        try {
            notice.run();
        } catch (RuntimeException e) {
            LOG.error("The observer of call {} failed, which it must not", call.clientRequestId(), e);
        }
    }
}
