package dev.weir.avro;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.event.GrokRequest;
import dev.weir.schema.Priority;
import dev.weir.schema.ReasoningEffort;
import dev.weir.schema.ResponseFormat;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * From a request event to its Avro form: what a typed field can say exactly goes there, all else into {@code extra}, so
 * that nothing of the body is lost. Pure.
 */
public final class RequestAvro {
    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final ObjectNode rest;

    private RequestAvro(ObjectNode body) {
        this.rest = body;
    }

    /**
     * The Avro form. A deadline loses what is below a millisecond; how often it was sent again stays a header.
     *
     * @throws IllegalArgumentException if the body is not a JSON object
     */
    public static dev.weir.schema.GrokRequest of(GrokRequest event) {
        try {
            if (JSON.readTree(event.body().bytes()) instanceof ObjectNode body) {
                return new RequestAvro(body).convert(event);
            }
            throw new IllegalArgumentException("the body of request " + event.id() + " is no JSON object");
        } catch (java.io.IOException e) {
            throw new IllegalArgumentException("the body of request " + event.id() + " is not JSON", e);
        }
    }

    private dev.weir.schema.GrokRequest convert(GrokRequest event) throws JsonProcessingException {
        dev.weir.schema.GrokRequest avro = new dev.weir.schema.GrokRequest();
        avro.setId(event.id());
        avro.setPriority(Priority.valueOf(event.priority().wireName()));
        avro.setTenant(event.tenant());
        avro.setDeadline(event.deadline());
        avro.setConversation(event.conversation());
        avro.setMetadata(event.metadata());
        String model = text("model");
        avro.setModel(model == null ? "" : model);
        avro.setMessages(list("messages", MessageAvro::of, false));
        avro.setTools(rest.path("tools").isArray() ? list("tools", ToolAvro::of, true) : null);
        avro.setToolChoice(text("tool_choice"));
        JsonNode parallel = take("parallel_tool_calls", JsonNode::isBoolean);
        avro.setParallelToolCalls(parallel == null ? null : parallel.booleanValue());
        avro.setResponseFormat(responseFormat());
        JsonNode effort = take("reasoning_effort", RequestAvro::isEffort);
        avro.setReasoningEffort(effort == null ? null : ReasoningEffort.valueOf(effort.textValue()));
        sampling(avro);
        avro.setUser(text("user"));
        avro.setExtra(rest.isEmpty() ? null : JSON.writeValueAsString(rest));
        return avro;
    }

    private void sampling(dev.weir.schema.GrokRequest avro) {
        avro.setMaxCompletionTokens(integer("max_completion_tokens"));
        avro.setTemperature(number("temperature"));
        avro.setTopP(number("top_p"));
        JsonNode n = take("n", JsonNode::isInt);
        avro.setN(n == null ? null : n.intValue());
        avro.setSeed(integer("seed"));
        boolean texts = rest.path("stop").isArray();
        avro.setStop(texts ? list("stop", node -> node.isTextual() ? node.textValue() : null, true) : null);
        avro.setPresencePenalty(number("presence_penalty"));
        avro.setFrequencyPenalty(number("frequency_penalty"));
    }

    private @Nullable ResponseFormat responseFormat() throws JsonProcessingException {
        JsonNode format = take("response_format", RequestAvro::isTypedFormat);
        if (format == null) {
            return null;
        }
        JsonNode schema = format.path("json_schema");
        return new ResponseFormat(
                format.get("type").textValue(),
                schema.path("name").textValue(),
                schema.has("schema") ? JSON.writeValueAsString(schema.get("schema")) : null,
                schema.has("strict") ? schema.get("strict").booleanValue() : null);
    }

    private static boolean isTypedFormat(JsonNode format) {
        JsonNode schema = format.path("json_schema");
        return Shape.of(format).text("type").object("json_schema").complete()
                && format.has("type")
                && (!format.has("json_schema")
                        || (!schema.isEmpty()
                                && Shape.of(schema)
                                        .text("name")
                                        .any("schema")
                                        .yesNo("strict")
                                        .complete()));
    }

    private static boolean isEffort(JsonNode node) {
        return node.isTextual()
                && !node.textValue().equals("unknown")
                && ReasoningEffort.getClassSchema().hasEnumSymbol(node.textValue());
    }

    private @Nullable String text(String name) {
        JsonNode node = take(name, JsonNode::isTextual);
        return node == null ? null : node.textValue();
    }

    private @Nullable Long integer(String name) {
        JsonNode node = take(name, value -> value.isIntegralNumber() && value.canConvertToLong());
        return node == null ? null : node.longValue();
    }

    private @Nullable Double number(String name) {
        JsonNode node = take(name, RequestAvro::isExactDouble);
        return node == null ? null : node.doubleValue();
    }

    private static boolean isExactDouble(JsonNode node) {
        return node.isNumber()
                && Double.isFinite(node.doubleValue())
                && BigDecimal.valueOf(node.doubleValue()).compareTo(node.decimalValue()) == 0;
    }

    private @Nullable JsonNode take(String name, Predicate<JsonNode> fits) {
        JsonNode node = rest.get(name);
        return node != null && fits.test(node) ? rest.remove(name) : null;
    }

    /** The elements, if each can be said; else an empty list or null, and the array stays in the rest. */
    @SuppressWarnings("NullAway") // a nullable Avro field of type list
    private <T> List<T> list(String name, Element<T> element, boolean nullable) {
        List<T> all = new ArrayList<>();
        for (JsonNode node : rest.path(name)) {
            T one = rest.path(name).isArray() ? element.of(node) : null;
            if (one == null) {
                return nullable ? null : List.of();
            }
            all.add(one);
        }
        if (!all.isEmpty() || (nullable && rest.path(name).isArray())) {
            rest.remove(name);
        }
        return all;
    }

    /** Converts one element of an array. */
    private interface Element<T> {
        /** The element, or null if it cannot be said in typed fields. */
        @Nullable
        T of(JsonNode node);
    }
}
