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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A tick: 50 permits are granted while many wait. Between two ticks, unmeasured, the calls end and as many asks come,
 * so that the number of those who wait stays. Each tick is a sample.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class ReleaseBenchmark {
    private static final long TICK_MILLIS = 1_020;

    /** How many wait. */
    @Param({"1000", "100000", "1000000"})
    public int waiting;

    /** Whether the log goes to RocksDB as in the product, or nowhere. */
    @Param({"true", "false"})
    public boolean stored;

    private final Crowd crowd = new Crowd();
    private Disk disk;
    private Admission admission;
    private List<Admission.Issue> granted = List.of();
    private long now = 1_000_000_000;

    /** Fills the line. */
    @Setup
    public void fill() {
        disk = new Disk();
        admission = new Admission(Crowd.settings(), stored ? disk.log() : new Crowd.NoLog());
        crowd.ask(admission, waiting, now);
        disk.log().write();
    }

    /** Ends the calls of the last tick. */
    @Setup(Level.Invocation)
    public void next() {
        granted.forEach(issue -> admission.take(crowd.answered(issue), now, 0.5));
        crowd.ask(admission, granted.size(), now);
        disk.log().write();
        now += TICK_MILLIS;
    }

    /** A tick. */
    @Benchmark
    public Object release() {
        granted = admission.release(now);
        disk.log().write();
        if (granted.size() != Crowd.TICK) {
            throw new IllegalStateException("granted " + granted.size() + " in a tick");
        }
        return granted;
    }

    /** Removes the folder. */
    @TearDown
    public void close() {
        disk.close();
    }
}
