package dev.weir.event;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
import org.openjdk.jmh.annotations.Warmup;

/** Requests and responses in JSON. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EventCodecBenchmark {
    private static final SourceCoordinates SOURCE = new SourceCoordinates("grok.requests", 3, 17);
    private static final Instant START = Instant.parse("2026-11-21T10:15:00Z");

    /** The length of the prompt and of the answer. */
    @Param({"1024", "204800"})
    public int bytes;

    private Blob bare = Blob.EMPTY;
    private Blob envelope = Blob.EMPTY;
    private GrokResponse response = response("");
    private byte[] written = {};

    /** Builds them. */
    @Setup
    public void build() {
        String words = "word ".repeat(bytes / 5);
        String body = "{\"model\":\"grok-4.5\",\"messages\":[{\"role\":\"user\",\"content\":\"" + words
                + "\"}],\"max_completion_tokens\":40}";
        bare = Blob.utf8(body);
        envelope = Blob.utf8("{\"id\":\"order-4711\",\"priority\":\"high\",\"tenant\":\"checkout\","
                + "\"metadata\":{\"cart\":\"99\"},\"body\":" + body + "}");
        response = response(words);
        written = ResponseCodec.write(response);
    }

    private static GrokResponse response(String words) {
        return new GrokResponse(
                "order-4711",
                ResponseStatus.SUCCEEDED,
                "grok-4.5",
                words,
                Blob.utf8("{\"choices\":[{\"message\":{\"content\":\"" + words + "\"}}]}"),
                new Usage(12, 0, 40, 100, 152, new BigDecimal("0.0000001230")),
                null,
                1,
                false,
                false,
                new Timing(START, START.plusMillis(824), 3, 0, 812, 9),
                Priority.HIGH,
                "checkout",
                null,
                Map.of("cart", "99"),
                SOURCE);
    }

    /** A chat-completions body alone. */
    @Benchmark
    public Object readBareRequest() {
        return RequestReader.read(bare, List.of(), SOURCE);
    }

    /** The same in an envelope. */
    @Benchmark
    public Object readEnvelope() {
        return RequestReader.read(envelope, List.of(), SOURCE);
    }

    /** A response with Grok's body. */
    @Benchmark
    public byte[] writeResponse() {
        return ResponseCodec.write(response);
    }

    /** The same back. */
    @Benchmark
    public Object readResponse() {
        return ResponseCodec.read(written);
    }
}
