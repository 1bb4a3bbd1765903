package dev.weir.avro;

import dev.weir.event.Blob;
import dev.weir.event.GrokRequest;
import dev.weir.event.GrokResponse;
import dev.weir.event.Priority;
import dev.weir.event.RequestReader;
import dev.weir.event.RequestReading.Accepted;
import dev.weir.event.ResponseStatus;
import dev.weir.event.SourceCoordinates;
import dev.weir.event.Timing;
import dev.weir.event.Usage;
import dev.weir.registry.RegistryAnswer.Found;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Requests and responses of 1 KB in Avro. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class AvroBenchmark {
    private static final SourceCoordinates SOURCE = new SourceCoordinates("grok.requests", 3, 17);
    private static final Instant START = Instant.parse("2026-11-21T10:15:00Z");
    private static final String WORDS = "word ".repeat(200);

    private final Decoder decoder =
            ((Found<Decoder>) Decoder.avro(dev.weir.schema.GrokRequest.getClassSchema())).value();
    private final byte[] request = AvroBytes.encode(RequestAvro.of(request()));
    private final GrokResponse response = response();

    private static GrokRequest request() {
        Blob envelope = Blob.utf8("{\"id\":\"order-4711\",\"priority\":\"high\",\"tenant\":\"checkout\",\"body\":"
                + "{\"model\":\"grok-4.5\",\"messages\":[{\"role\":\"user\",\"content\":\"" + WORDS + "\"}]}}");
        return ((Accepted) RequestReader.read(envelope, List.of(), SOURCE)).request();
    }

    private static GrokResponse response() {
        return new GrokResponse(
                "order-4711",
                ResponseStatus.SUCCEEDED,
                "grok-4.5",
                WORDS,
                Blob.utf8("{\"choices\":[{\"message\":{\"content\":\"" + WORDS + "\"}}]}"),
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

    /** From the record's value to the request. */
    @Benchmark
    public Object readRequest() throws NotARequest {
        return RequestReader.read(decoder.envelope(request, 0), List.of(), SOURCE);
    }

    /** From the response to the record's value, without its frame. */
    @Benchmark
    public byte[] writeResponse() {
        return AvroBytes.encode(ResponseAvro.of(response));
    }
}
