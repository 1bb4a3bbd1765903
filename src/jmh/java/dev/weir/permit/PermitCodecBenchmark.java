package dev.weir.permit;

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

/** The messages between dispatch and admission: an ask, a grant and a settle for each call. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PermitCodecBenchmark {
    private final LeaseKey key = new LeaseKey(3, 1_234_567, 1);
    private final Origin origin = new Origin(3, 1_763_719_200_123L, 77_123);
    private final AskMessage ask = new AskMessage.Ask(
            origin, "grok-4.5", key, "grok-4.5", Priority.NORMAL, "checkout", 1_763_719_200_456L, null, 1_024, 40L, 0);
    private final AskMessage settle = new AskMessage.Settle(
            origin,
            "grok-4.5",
            key,
            "grok-4.5",
            "checkout",
            CallEnd.ANSWERED,
            812L,
            32L,
            9L,
            94L,
            null,
            QuotaObservation.NONE);
    private final InboxMessage grant =
            new InboxMessage.Grant("grok-4.5", 0, 1_763_719_200_000L, 1_763_719_200_123L, key, 12, 98_765_432_101L);
    private final byte[] askBytes = PermitCodec.encode(ask);
    private final byte[] settleBytes = PermitCodec.encode(settle);
    private final byte[] grantBytes = PermitCodec.encode(grant);

    /** Dispatch asks. */
    @Benchmark
    public byte[] encodeAsk() {
        return PermitCodec.encode(ask);
    }

    /** Admission hears it. */
    @Benchmark
    public Object decodeAsk() {
        return PermitCodec.decodeAsks(askBytes);
    }

    /** Admission grants. */
    @Benchmark
    public byte[] encodeGrant() {
        return PermitCodec.encode(grant);
    }

    /** Dispatch hears it. */
    @Benchmark
    public Object decodeGrant() {
        return PermitCodec.decodeInbox(grantBytes);
    }

    /** Dispatch settles. */
    @Benchmark
    public byte[] encodeSettle() {
        return PermitCodec.encode(settle);
    }

    /** Admission hears it. */
    @Benchmark
    public Object decodeSettle() {
        return PermitCodec.decodeAsks(settleBytes);
    }
}
