package dev.weir.simulator;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Sends one generated answer, or what its fault makes of it.
 *
 * @param passed the verdict with the fault
 */
record Delivery(ServiceRequestContext ctx, Flight flight, Bodies bodies, Verdict.Passed passed, LongSupplier nanoTime) {
    /** Sends it after the latency, without blocking. */
    HttpResponse send(Duration latency, Duration longestStall) {
        Fault fault = passed.fault();
        return switch (fault) {
            case NONE, EMPTY_CONTENT ->
                bodies.request().stream()
                        ? stream(latency)
                        : after(latency, () -> {
                            end();
                            return HttpResponse.of(headers(), HttpData.ofUtf8(bodies.whole()));
                        });
            case RESET_BEFORE_HEADERS -> silent(latency);
            case STALL -> silent(longestStall);
            case RESET_AFTER_HEADERS -> after(latency, this::headersThenReset);
            case TRUNCATED_BODY -> after(latency, this::halfThenCut);
            case RATE_429, RATE_429_RETRY_AFTER, CAPACITY_429, CREDIT_429, CREDIT_403, BAD_KEY -> refuse();
            case ERROR_500, HTML_502, UNAVAILABLE_503, OVERLOADED_529, BARE_JSON_STRING -> after(latency, this::refuse);
        };
    }

    private HttpResponse refuse() {
        end();
        return Replies.refusal(
                Refusal.of(passed.fault(), bodies.request().model().id()));
    }

    private HttpResponse stream(Duration latency) {
        HttpResponseWriter writer = HttpResponse.streaming();
        writer.write(headers());
        List<String> chunks = bodies.chunks();
        long stepMicros = TimeUnit.NANOSECONDS.toMicros(latency.toNanos()) / chunks.size();
        next(writer, chunks, 0, stepMicros);
        return writer;
    }

    private void next(HttpResponseWriter writer, List<String> chunks, int index, long stepMicros) {
        var unused = ctx.eventLoop()
                .schedule(
                        () -> {
                            boolean last = index == chunks.size() - 1;
                            String event = "data: " + chunks.get(index) + "\n\n" + (last ? "data: [DONE]\n\n" : "");
                            if (last) {
                                end();
                            }
                            if (!writer.tryWrite(HttpData.ofUtf8(event))) {
                                flight.abandon();
                            } else if (last) {
                                writer.close();
                            } else {
                                next(writer, chunks, index + 1, stepMicros);
                            }
                        },
                        stepMicros,
                        TimeUnit.MICROSECONDS);
    }

    private HttpResponse silent(Duration delay) {
        return after(delay, () -> {
            end();
            Connections.reset(ctx);
            // The client may be gone already; the response is never seen and only ends the exchange.
            return HttpResponse.of(new CompletableFuture<HttpResponse>());
        });
    }

    private HttpResponse headersThenReset() {
        end();
        HttpResponseWriter writer = HttpResponse.streaming();
        writer.write(headers().toBuilder()
                .addInt(HttpHeaderNames.CONTENT_LENGTH, whole().length)
                .build());
        var unused = ctx.log()
                .whenAvailable(RequestLogProperty.RESPONSE_FIRST_BYTES_TRANSFERRED_TIME)
                .thenRun(() -> Connections.reset(ctx));
        return writer;
    }

    private HttpResponse halfThenCut() {
        end();
        byte[] whole = whole();
        HttpResponseWriter writer = HttpResponse.streaming();
        writer.write(headers().toBuilder()
                .addInt(HttpHeaderNames.CONTENT_LENGTH, whole.length)
                .build());
        writer.write(HttpData.wrap(whole, 0, whole.length / 2));
        var unused = ctx.log()
                .whenAvailable(RequestLogProperty.RESPONSE_FIRST_BYTES_TRANSFERRED_TIME)
                .thenCombine(writer.whenConsumed(), (log, consumed) -> log)
                .thenRun(() -> Connections.cut(ctx));
        return writer;
    }

    private byte[] whole() {
        String text = bodies.request().stream()
                ? "data: " + String.join("\n\ndata: ", bodies.chunks()) + "\n\n"
                : bodies.whole();
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private ResponseHeaders headers() {
        double elapsedMillis = (nanoTime.getAsLong() - passed.nanos()) / 1e6;
        return Replies.completion(passed.quota(), elapsedMillis, bodies.request().stream());
    }

    private void end() {
        Fault fault = passed.fault();
        String outcome = fault == Fault.NONE ? JournalEntry.OK : fault.id();
        flight.end(fault.status(), outcome, fault.responds());
    }

    private HttpResponse after(Duration delay, Supplier<HttpResponse> response) {
        CompletableFuture<HttpResponse> later = new CompletableFuture<>();
        var unused =
                ctx.eventLoop().schedule(() -> later.complete(response.get()), delay.toNanos(), TimeUnit.NANOSECONDS);
        return HttpResponse.of(later);
    }
}
