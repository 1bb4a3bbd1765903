package dev.weir.simulator;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * {@code POST /v1/chat/completions}: reads, passes the gate, generates, and answers after the latency.
 *
 * <p>Threading: any event loop; nothing blocks.
 */
final class ChatService {
    private final RequestReader reader;
    private final Generator generator;
    private final Gate gate;
    private final Journal journal;
    private final SimulatorSettings settings;
    private final InstantSource clock;
    private final LongSupplier nanoTime;

    ChatService(SimulatorSettings settings, Gate gate, Journal journal, InstantSource clock, LongSupplier nanoTime) {
        this.reader = new RequestReader(settings.apiKey());
        this.generator = new Generator(settings.seed());
        this.gate = gate;
        this.journal = journal;
        this.settings = settings;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    HttpResponse serve(ServiceRequestContext ctx, AggregatedHttpRequest http) {
        long arrived = nanoTime.getAsLong();
        Reading reading = reader.read(
                http.headers().get(HttpHeaderNames.CONTENT_TYPE),
                http.headers().get(HttpHeaderNames.AUTHORIZATION),
                http.content().array());
        if (reading instanceof Reading.Rejected rejected) {
            String outcome = rejected.unauthorized() ? JournalEntry.UNAUTHORIZED : JournalEntry.INVALID;
            Flight flight = Flight.start(journal, draft(http, rejected.model(), arrived), ctx);
            return refuse(flight, rejected.refusal(), outcome);
        }
        ChatRequest request = ((Reading.Accepted) reading).request();
        Completion completion = generator.complete(request);
        Verdict verdict = gate.decide(request.model().id(), completion.totalTokens());
        JournalEntry draft = draft(http, request.model().id(), verdict.nanos());
        if (verdict instanceof Verdict.Limited limited) {
            Refusal refusal = Refusal.limited(request.model().id(), limited, settings.retryAfter());
            return refuse(Flight.start(journal, draft, ctx), refusal, JournalEntry.RATE_LIMITED);
        }
        Verdict.Passed passed = (Verdict.Passed) verdict;
        if (passed.fault() == Fault.EMPTY_CONTENT) {
            completion = completion.empty();
        }
        Bodies bodies = new Bodies(request, completion, clock.instant());
        Flight flight = Flight.start(
                journal, passed.fault().billed() ? draft.generated(completion, bodies.costTicks()) : draft, ctx);
        Duration latency = settings.latency().delay(completion.outputTokens(), passed.gaussian());
        return new Delivery(ctx, flight, bodies, passed, nanoTime).send(latency, settings.longestStall());
    }

    private JournalEntry draft(AggregatedHttpRequest http, String model, long nanos) {
        String clientRequestId = http.headers().get("x-client-request-id", "");
        return new JournalEntry(
                0, clock.instant(), nanos, clientRequestId, model, 0, JournalEntry.IN_FLIGHT, 0, 0, 0, 0, false);
    }

    private static HttpResponse refuse(Flight flight, Refusal refusal, String outcome) {
        flight.end(refusal.status(), outcome, true);
        return Replies.refusal(refusal);
    }
}
