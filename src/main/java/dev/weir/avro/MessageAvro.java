package dev.weir.avro;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.schema.ContentPart;
import dev.weir.schema.Message;
import dev.weir.schema.Role;
import dev.weir.schema.ToolCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Avro form of a message; what its typed fields cannot say goes into its {@code extra}. Pure. */
final class MessageAvro {
    private final ObjectNode rest;

    private MessageAvro(ObjectNode rest) {
        this.rest = rest;
    }

    /** The message, or null if it is no JSON object with a role. */
    static @Nullable Message of(JsonNode message) {
        return message instanceof ObjectNode object && object.has("role")
                ? new MessageAvro(object.deepCopy()).convert()
                : null;
    }

    private Message convert() {
        Message message = new Message();
        message.setRole(role());
        message.setContent(content());
        message.setName(text("name"));
        message.setToolCalls(toolCalls());
        message.setToolCallId(text("tool_call_id"));
        message.setExtra(rest.isEmpty() ? null : rest.toString());
        return message;
    }

    private Role role() {
        String role = rest.path("role").textValue();
        if (role == null || role.equals("unknown") || !Role.getClassSchema().hasEnumSymbol(role)) {
            return Role.unknown;
        }
        rest.remove("role");
        return Role.valueOf(role);
    }

    private @Nullable Object content() {
        JsonNode content = rest.path("content");
        if (!content.isArray()) {
            return text("content");
        }
        List<ContentPart> parts = new ArrayList<>();
        for (JsonNode node : content) {
            if (!node.isObject()) {
                return null;
            }
            parts.add(part(node));
        }
        rest.remove("content");
        return parts;
    }

    private static ContentPart part(JsonNode part) {
        JsonNode image = part.path("image_url");
        if (part.size() == 2 && Shape.of(part).text("type", "text").text("text").complete()) {
            return new ContentPart(part.get("text").textValue(), null, null, null);
        }
        if (part.size() == 2
                && Shape.of(part).text("type", "image_url").object("image_url").complete()
                && image.has("url")
                && Shape.of(image).text("url").text("detail").complete()) {
            return new ContentPart(
                    null, image.get("url").textValue(), image.path("detail").textValue(), null);
        }
        return new ContentPart(null, null, null, part.toString());
    }

    private @Nullable List<ToolCall> toolCalls() {
        JsonNode calls = rest.path("tool_calls");
        if (!calls.isArray()) {
            return null;
        }
        List<ToolCall> all = new ArrayList<>();
        for (JsonNode call : calls) {
            JsonNode function = call.path("function");
            boolean typed = call.size() == 3
                    && Shape.of(call)
                            .text("id")
                            .text("type", "function")
                            .object("function")
                            .complete()
                    && function.size() == 2
                    && Shape.of(function).text("name").text("arguments").complete();
            if (!typed) {
                return null;
            }
            all.add(new ToolCall(
                    call.get("id").textValue(),
                    function.get("name").textValue(),
                    function.get("arguments").textValue()));
        }
        rest.remove("tool_calls");
        return all;
    }

    private @Nullable String text(String name) {
        if (!rest.path(name).isTextual()) {
            return null;
        }
        return rest.remove(name).textValue();
    }
}
