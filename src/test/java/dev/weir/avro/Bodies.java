package dev.weir.avro;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws request bodies in which every field is at times right, strange, wrong or null. */
final class Bodies {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> TEXTS =
            List.of("", "a", "unknown", "text", "Grüße 🙂", "\"quoted\"\n", "{}", "auto");
    private static final List<String> FIELDS = List.of(
            "tool_choice",
            "parallel_tool_calls",
            "reasoning_effort",
            "max_completion_tokens",
            "max_tokens",
            "temperature",
            "top_p",
            "n",
            "seed",
            "stop",
            "presence_penalty",
            "frequency_penalty",
            "user",
            "search_parameters",
            "response_format",
            "tools",
            "extra",
            "logprobs");

    private final RandomGenerator random;

    Bodies(RandomGenerator random) {
        this.random = random;
    }

    /** A body that Weir takes for a request. */
    ObjectNode draw() {
        ObjectNode body = JSON.objectNode();
        body.put("model", "grok-4.5");
        ArrayNode messages = body.putArray("messages");
        for (int i = random.nextInt(3); i >= 0; i--) {
            messages.add(maybe() ? message() : junk(2));
        }
        for (String field : FIELDS) {
            if (random.nextInt(3) == 0) {
                body.set(field, maybe() ? typical(field) : junk(2));
            }
        }
        return body;
    }

    private JsonNode typical(String field) {
        return switch (field) {
            case "parallel_tool_calls" -> JSON.booleanNode(maybe());
            case "reasoning_effort" -> JSON.textNode(pick(List.of("low", "high", "none", "odd", "unknown")));
            case "temperature", "top_p", "presence_penalty", "frequency_penalty" -> number();
            case "n", "max_completion_tokens", "max_tokens" -> JSON.numberNode(random.nextInt(1, 9));
            case "seed" -> JSON.numberNode(random.nextLong());
            case "stop" -> maybe() ? text() : JSON.arrayNode().add(text()).add(maybe() ? text() : junk(1));
            case "response_format" -> format();
            case "tools" -> JSON.arrayNode().add(tool()).add(maybe() ? tool() : junk(1));
            default -> text();
        };
    }

    private JsonNode message() {
        ObjectNode message = JSON.objectNode();
        put(message, "role", JSON.textNode(pick(List.of("user", "assistant", "tool", "critic", "unknown"))));
        put(message, "content", maybe() ? text() : JSON.arrayNode().add(part()).add(maybe() ? part() : junk(1)));
        put(message, "name", text());
        put(message, "tool_call_id", text());
        put(message, "tool_calls", JSON.arrayNode().add(call()).add(maybe() ? call() : junk(1)));
        put(message, "reasoning_content", text());
        return message;
    }

    private JsonNode part() {
        ObjectNode part = JSON.objectNode();
        boolean image = maybe();
        put(part, "type", JSON.textNode(image ? "image_url" : "text"));
        put(part, image ? "image_url" : "text", image ? imageUrl() : text());
        return part;
    }

    private JsonNode imageUrl() {
        ObjectNode image = JSON.objectNode();
        put(image, "url", text());
        put(image, "detail", text());
        return image;
    }

    private JsonNode call() {
        ObjectNode call = JSON.objectNode();
        put(call, "id", text());
        put(call, "type", JSON.textNode("function"));
        ObjectNode function = JSON.objectNode();
        put(function, "name", text());
        put(function, "arguments", text());
        put(call, "function", function);
        return call;
    }

    private JsonNode tool() {
        ObjectNode tool = JSON.objectNode();
        put(tool, "type", JSON.textNode("function"));
        ObjectNode function = JSON.objectNode();
        put(function, "name", text());
        put(function, "description", text());
        put(function, "parameters", junk(2));
        put(function, "strict", JSON.booleanNode(maybe()));
        put(tool, "function", function);
        return tool;
    }

    private JsonNode format() {
        ObjectNode format = JSON.objectNode();
        put(format, "type", JSON.textNode("json_schema"));
        ObjectNode schema = JSON.objectNode();
        put(schema, "name", text());
        put(schema, "schema", junk(2));
        put(schema, "strict", JSON.booleanNode(maybe()));
        put(format, "json_schema", schema);
        return format;
    }

    /** Mostly as given, at times absent or something else. */
    private void put(ObjectNode object, String name, JsonNode value) {
        int draw = random.nextInt(12);
        if (draw == 0) {
            object.set(name, junk(1));
        } else if (draw > 2) {
            object.set(name, value);
        }
    }

    private JsonNode junk(int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(maybe());
            case 2 -> number();
            case 3 -> JSON.numberNode(new BigDecimal("12345678901234567890.123456789012345678901234567890"));
            case 4, 5 -> text();
            case 6 -> JSON.arrayNode().add(junk(depth - 1)).add(junk(depth - 1));
            default -> JSON.objectNode().<ObjectNode>set("x", junk(depth - 1)).set("role", junk(depth - 1));
        };
    }

    private JsonNode number() {
        return JSON.numberNode(BigDecimal.valueOf(random.nextInt(-300, 300), random.nextInt(3)));
    }

    private JsonNode text() {
        return JSON.textNode(pick(TEXTS));
    }

    private <T> T pick(List<T> options) {
        return options.get(random.nextInt(options.size()));
    }

    private boolean maybe() {
        return random.nextBoolean();
    }
}
