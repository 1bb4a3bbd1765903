package dev.weir.admission;

import dev.weir.event.Priority;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The stored form of a permit that waits. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PermitEntryBenchmark {
    private final PermitEntry entry = new PermitEntry(
            1_763_719_200_123L,
            new PermitState.Queued(
                    Priority.NORMAL,
                    1_763_719_200_456L,
                    77_123,
                    new Demand("grok-4.5", "checkout", 1_024, 40, RequestWindow.NEVER, false)));
    private final byte[] bytes = PermitEntryCodec.encode(entry);

    /** To the store. */
    @Benchmark
    public byte[] encode() {
        return PermitEntryCodec.encode(entry);
    }

    /** From the store. */
    @Benchmark
    public Object decode() {
        return PermitEntryCodec.decodePermit(bytes);
    }
}
