package dev.weir.admission;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A tick: 100 permits are granted over few or many scopes while 10,000 wait. Between two ticks, unmeasured, the calls
 * end and as many asks come. Each tick is a sample.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class ScopesBenchmark {
    private static final long TICK_MILLIS = 1_020;
    private static final int TICK = 100;
    private static final int WAITING = 10_000;

    /** Over how many. */
    @Param({"1", "10", "100"})
    public int scopes;

    private Crowd crowd;
    private Admission admission;
    private List<Admission.Issue> granted = List.of();
    private long now = 1_000_000_000;

    /** Fills the lines. */
    @Setup
    public void fill() {
        crowd = new Crowd(scopes);
        admission = new Admission(Crowd.settings(TICK / scopes), new Crowd.NoLog());
        crowd.ask(admission, WAITING, now);
    }

    /** Ends the calls of the last tick. */
    @Setup(Level.Invocation)
    public void next() {
        granted.forEach(issue -> admission.take(crowd.answered(issue), now, 0.5));
        crowd.ask(admission, granted.size(), now);
        now += TICK_MILLIS;
    }

    /** A tick. */
    @Benchmark
    public Object release() {
        granted = admission.release(now);
        if (granted.size() != TICK) {
            throw new IllegalStateException("granted " + granted.size() + " in a tick");
        }
        return granted;
    }
}
