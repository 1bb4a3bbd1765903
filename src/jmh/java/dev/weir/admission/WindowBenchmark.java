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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The windows at their limit: each call leaves one and another comes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class WindowBenchmark {
    private static final int TOKENS = 1_200;

    /** Calls in a window. */
    @Param({"50", "1000"})
    public int limit;

    private final RequestWindow requests = new RequestWindow(0, 1_000, 10);
    private final TokenWindow tokens = new TokenWindow(60_000, 10);
    private long calls;

    /** A call comes, as early as the window lets it. */
    @Benchmark
    public void requestWindow(Blackhole hole) {
        requests.limit(limit);
        long now = ++calls * 1_010 / limit + 1;
        hole.consume(requests.roomAt(now));
        requests.grant();
        requests.started(now);
        hole.consume(requests.hasRoom(now));
    }

    /** A call reserves tokens, starts, and used fewer. */
    @Benchmark
    public void tokenWindow(Blackhole hole) {
        long most = (long) limit * TOKENS;
        long now = ++calls * 60_010 / limit + 1;
        hole.consume(tokens.roomAt(TOKENS, most, now));
        tokens.reserve(TOKENS);
        tokens.release(TOKENS);
        tokens.add(now, TOKENS);
        tokens.remove(now, TOKENS / 4);
        hole.consume(tokens.hasRoom(TOKENS, most, now));
    }
}
