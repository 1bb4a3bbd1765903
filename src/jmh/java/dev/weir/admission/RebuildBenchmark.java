package dev.weir.admission;

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

/** What {@code init} of a task does: everything is read from the store into memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 3)
@Fork(2)
public class RebuildBenchmark {
    /** How many wait. */
    @Param({"10000", "100000", "1000000"})
    public int waiting;

    private Disk disk;

    /** Fills the store. */
    @Setup
    public void fill() {
        disk = new Disk();
        new Crowd().ask(new Admission(Crowd.settings(), disk.log()), waiting, 1_000_000_000);
        disk.log().write();
    }

    /** Reads it. The first shot of a fork is that of a process that has just started. */
    @Benchmark
    public Object rebuild() {
        Admission admission = new Admission(Crowd.settings(), new Crowd.NoLog());
        disk.log().restoreInto(admission, 1_000_000_000);
        return admission;
    }

    /** Removes the folder. */
    @TearDown
    public void close() {
        disk.close();
    }
}
