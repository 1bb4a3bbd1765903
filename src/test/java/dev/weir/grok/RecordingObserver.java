package dev.weir.grok;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Keeps what it was told, in order. */
final class RecordingObserver implements CallObserver {
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final CompletableFuture<GrokOutcome> outcome = new CompletableFuture<>();
    private final Runnable next;

    RecordingObserver() {
        this(() -> {});
    }

    /** Runs something at the end, on the thread that tells it. */
    RecordingObserver(Runnable next) {
        this.next = next;
    }

    @Override
    public void sent() {
        events.add("sent");
    }

    @Override
    public void finished(GrokOutcome result) {
        events.add("finished");
        outcome.complete(result);
        next.run();
    }

    List<String> events() {
        return events;
    }

    boolean isFinished() {
        return outcome.isDone();
    }

    GrokOutcome outcome() throws Exception {
        return outcome.get(20, TimeUnit.SECONDS);
    }

    GrokOutcome.Answered answered() throws Exception {
        return (GrokOutcome.Answered) outcome();
    }

    GrokOutcome.Stopped stopped() throws Exception {
        return (GrokOutcome.Stopped) outcome();
    }
}
