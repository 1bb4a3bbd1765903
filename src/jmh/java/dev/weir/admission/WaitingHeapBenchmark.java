package dev.weir.admission;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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
 * The heap of those who wait, the store apart, and the time to take their asks. One fork of one iteration: JMH adds up
 * counters over all of them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 1)
@Fork(1)
public class WaitingHeapBenchmark {
    /** How many wait. */
    @Param({"1000", "100000", "1000000"})
    public int waiting;

    private Admission admission;
    private long before;

    /** What is counted beside the time. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Heap {
        /** Bytes for each that waits. */
        public double bytesPerAsk;

        /** Measures it once the asks are in. */
        @TearDown(Level.Iteration)
        public void measure(WaitingHeapBenchmark benchmark) {
            bytesPerAsk = (double) (used() - benchmark.before) / benchmark.waiting;
        }
    }

    /** Starts empty. */
    @Setup(Level.Iteration)
    public void empty() {
        admission = new Admission(Crowd.settings(), new Crowd.NoLog());
        before = used();
    }

    /** Takes the asks. */
    @Benchmark
    public Object take(Heap heap) {
        new Crowd().ask(admission, waiting, 1_000_000_000);
        return admission;
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
