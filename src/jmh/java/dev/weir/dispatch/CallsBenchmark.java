package dev.weir.dispatch;

import dev.weir.event.Blob;
import dev.weir.grok.CallObserver;
import dev.weir.grok.GrokCall;
import dev.weir.grok.GrokClient;
import dev.weir.grok.GrokOutcome;
import dev.weir.grok.RateLimitHeaders;
import dev.weir.permit.LeaseKey;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The registry and its mailboxes: a call from its reservation until it is forgotten, beside many under way. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CallsBenchmark {
    /** How many calls are under way beside it. */
    @Param({"0", "10000"})
    public int inFlight;

    private final GrokCall request = new GrokCall("grok.requests-0-1/1", "grok-4.5", null, Blob.utf8("{}"));
    private final GrokOutcome outcome =
            new GrokOutcome.Answered("grok-4.5", "Four.", Blob.utf8("{}"), null, RateLimitHeaders.NONE);
    private final Calls calls =
            new Calls(new Immediate(), new CallBounds(100_000, 1L << 30, Duration.ofHours(1)), System::nanoTime);
    private long offset;

    /** Answers on the calling thread, but for the calls that stay under way. */
    private final class Immediate implements GrokClient {
        @Override
        public void call(GrokCall call, CallObserver observer) {
            observer.sent();
            if (offset > inFlight) {
                observer.finished(outcome);
            }
        }

        @Override
        public void close() {}
    }

    private LeaseKey start() {
        LeaseKey key = new LeaseKey(0, offset++, 1);
        if (!calls.reserve(new CallPlan(key, "grok-4.5", "grok-4.5", "checkout", true, request))) {
            throw new IllegalStateException("no slot is free");
        }
        calls.start(key, System.nanoTime(), Long.MAX_VALUE);
        return key;
    }

    /** Starts those beside it. */
    @Setup
    public void fill() {
        while (offset < inFlight) {
            start();
            calls.pollSent(0);
        }
    }

    /** Reserved, started, written, answered, fetched, forgotten. */
    @Benchmark
    public Object call() {
        LeaseKey key = start();
        Object sent = calls.pollSent(0);
        Call done = calls.pollDone(0);
        if (sent == null || done == null) {
            throw new IllegalStateException("the call left nothing in the mailbox");
        }
        calls.forget(done);
        return done;
    }

    /** Ends its thread. */
    @TearDown
    public void close() {
        calls.close();
    }
}
