package dev.weir.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The JSON of one answer, whole and in chunks. */
record Bodies(ChatRequest request, Completion completion, Instant created) {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String FINGERPRINT = "fp_simulated";
    private static final int CHUNK_CHARS = 40;

    /** A whole answer. */
    String whole() {
        ObjectNode body = head("chat.completion");
        ArrayNode choices = body.putArray("choices");
        for (Completion.Choice choice : completion.choices()) {
            ObjectNode node = choices.addObject().put("index", choices.size() - 1);
            ObjectNode message = node.putObject("message").put("role", "assistant");
            if (choice instanceof Completion.Choice.ToolCall call) {
                message.putNull("content").putNull("refusal");
                message.putArray("tool_calls").add(toolCall(call));
            } else if (choice instanceof Completion.Choice.Text text) {
                message.put("content", text.content()).putNull("refusal");
            }
            node.put("finish_reason", choice.finishReason());
        }
        body.set("usage", usage());
        return body.put("service_tier", request.tier()).toString();
    }

    /** The data of the events of a stream, without the final {@code [DONE]}. */
    List<String> chunks() {
        List<String> chunks = new ArrayList<>();
        for (int i = 0; i < completion.choices().size(); i++) {
            Completion.Choice choice = completion.choices().get(i);
            chunks.add(chunk(i, NODES.objectNode().put("role", "assistant"), ""));
            if (choice instanceof Completion.Choice.ToolCall call) {
                ObjectNode delta = NODES.objectNode();
                delta.putArray("tool_calls").add(toolCall(call).put("index", 0));
                chunks.add(chunk(i, delta, ""));
            } else if (choice instanceof Completion.Choice.Text text) {
                for (String part : parts(text.content())) {
                    chunks.add(chunk(i, NODES.objectNode().put("content", part), ""));
                }
            }
            chunks.add(chunk(i, NODES.objectNode(), choice.finishReason()));
        }
        ObjectNode last = head("chat.completion.chunk");
        last.putArray("choices");
        last.set("usage", usage());
        chunks.add(last.put("service_tier", request.tier()).toString());
        return chunks;
    }

    /** What the answer costs. */
    long costTicks() {
        return request.model().costTicks(completion, request.tier().equals("priority"));
    }

    private String chunk(int index, ObjectNode delta, String finishReason) {
        ObjectNode body = head("chat.completion.chunk");
        ObjectNode choice = body.putArray("choices").addObject().put("index", index);
        choice.set("delta", delta);
        if (!finishReason.isEmpty()) {
            choice.put("finish_reason", finishReason);
        }
        return body.toString();
    }

    private ObjectNode head(String object) {
        return NODES.objectNode()
                .put("id", completion.id())
                .put("object", object)
                .put("created", created.getEpochSecond())
                .put("model", request.model().id())
                .put("system_fingerprint", FINGERPRINT);
    }

    private ObjectNode usage() {
        ObjectNode usage = NODES.objectNode()
                .put("prompt_tokens", completion.promptTokens())
                .put("completion_tokens", completion.completionTokens())
                .put("total_tokens", completion.totalTokens());
        usage.putObject("prompt_tokens_details")
                .put("text_tokens", completion.promptTokens())
                .put("audio_tokens", 0)
                .put("image_tokens", 0)
                .put("cached_tokens", completion.cachedTokens());
        usage.putObject("completion_tokens_details")
                .put("reasoning_tokens", completion.reasoningTokens())
                .put("audio_tokens", 0)
                .put("accepted_prediction_tokens", 0)
                .put("rejected_prediction_tokens", 0);
        return usage.put("num_sources_used", 0).put("cost_in_usd_ticks", costTicks());
    }

    private static ObjectNode toolCall(Completion.Choice.ToolCall call) {
        ObjectNode node = NODES.objectNode().put("id", call.id()).put("type", "function");
        node.putObject("function").put("name", call.name()).put("arguments", call.arguments());
        return node;
    }

    private static List<String> parts(String content) {
        List<String> parts = new ArrayList<>();
        for (int from = 0; from < content.length(); from += CHUNK_CHARS) {
            parts.add(content.substring(from, Math.min(content.length(), from + CHUNK_CHARS)));
        }
        return parts;
    }
}
