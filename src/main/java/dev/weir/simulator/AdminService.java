package dev.weir.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.server.ServiceRequestContext;

/** The simulator's own state over HTTP, without a key. */
final class AdminService {
    static final String PREFIX = "/_sim/";
    private static final int MOST_LINES = 100_000;

    private final ObjectMapper json = new ObjectMapper();
    private final Gate gate;
    private final Journal journal;

    AdminService(Gate gate, Journal journal) {
        this.gate = gate;
        this.journal = journal;
    }

    HttpResponse serve(ServiceRequestContext ctx, AggregatedHttpRequest request) {
        String action = request.method() + " " + ctx.path().substring(PREFIX.length());
        try {
            return switch (action) {
                case "GET journal" -> journal(ctx.queryParams());
                case "GET stats" -> Replies.json(stats().toString());
                case "POST faults" -> {
                    gate.faults(AdminJson.faults(json.readTree(request.contentUtf8())));
                    yield Replies.json(AdminJson.of(gate.faults()).toString());
                }
                case "POST limits" -> {
                    gate.limits(AdminJson.limits(json.readTree(request.contentUtf8())));
                    yield Replies.json(AdminJson.of(gate.limits()).toString());
                }
                case "POST reset" -> {
                    journal.clear();
                    gate.reset();
                    yield Replies.json("{}");
                }
                default ->
                    Replies.refusal(Refusal.of(
                            404,
                            "not-found",
                            "no action " + action + "; there are GET journal, GET stats, POST faults, POST limits and"
                                    + " POST reset below " + PREFIX));
            };
        } catch (JsonProcessingException e) {
            return Replies.refusal(Refusal.argument("the body is not JSON: " + e.getOriginalMessage()));
        } catch (IllegalArgumentException e) {
            return Replies.refusal(Refusal.argument(String.valueOf(e.getMessage())));
        }
    }

    private HttpResponse journal(QueryParams query) {
        StringBuilder lines = new StringBuilder();
        for (JournalEntry entry : journal.entries(query.getLong("from", 0), query.getInt("limit", MOST_LINES))) {
            lines.append(AdminJson.of(entry)).append('\n');
        }
        return HttpResponse.of(HttpStatus.OK, MediaType.create("application", "jsonl"), HttpData.ofUtf8(lines));
    }

    private JsonNode stats() {
        SimulatorStats stats = SimulatorStats.of(journal, gate);
        Journal.Totals totals = stats.totals();
        ObjectNode node = json.createObjectNode()
                .put("requests", totals.requests())
                .put("ok", totals.ok())
                .put("too_many_requests", totals.tooMany())
                .put("other_failures", totals.otherFailures())
                .put("max_per_second", stats.maxPerSecond())
                .put("prompt_tokens", totals.promptTokens())
                .put("completion_tokens", totals.completionTokens())
                .put("reasoning_tokens", totals.reasoningTokens())
                .put("cost_in_usd_ticks", totals.costTicks());
        node.set("passed_per_second", json.valueToTree(stats.mostPassedPerSecond()));
        node.set("arrived_per_second", json.valueToTree(stats.mostArrivedPerSecond()));
        return node;
    }
}
