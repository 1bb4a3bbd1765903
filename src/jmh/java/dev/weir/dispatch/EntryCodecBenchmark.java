package dev.weir.dispatch;

import dev.weir.event.Blob;
import dev.weir.event.Priority;
import java.util.List;
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

/** The stored form of an open request and of its payload of 1 KB. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EntryCodecBenchmark {
    private final Entry entry = new Entry(
            "order-4711",
            true,
            0,
            "grok-4.5",
            "grok-4.5",
            Priority.NORMAL,
            "checkout",
            1_763_719_200_456L,
            null,
            1_024,
            40L,
            Progress.at(1_763_719_200_456L),
            new Status.InFlight(1_763_719_200_123L),
            null);
    private final Payload payload = new Payload(Blob.utf8("order-4711"), Blob.utf8("word ".repeat(205)), List.of());
    private final byte[] entryBytes = EntryCodec.encode(entry);
    private final byte[] payloadBytes = EntryCodec.encode(payload);

    /** To the ledger. */
    @Benchmark
    public byte[] encodeEntry() {
        return EntryCodec.encode(entry);
    }

    /** From the ledger. */
    @Benchmark
    public Object decodeEntry() {
        return EntryCodec.decodeEntry(entryBytes);
    }

    /** To the store of payloads. */
    @Benchmark
    public byte[] encodePayload() {
        return EntryCodec.encode(payload);
    }

    /** From the store of payloads. */
    @Benchmark
    public Object decodePayload() {
        return EntryCodec.decodePayload(payloadBytes);
    }
}
