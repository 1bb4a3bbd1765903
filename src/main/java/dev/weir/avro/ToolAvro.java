package dev.weir.avro;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.schema.Tool;
import org.jspecify.annotations.Nullable;

/** The Avro form of a tool. Pure. */
final class ToolAvro {
    private ToolAvro() {}

    /** The tool, or null if it is no JSON object. */
    static @Nullable Tool of(JsonNode tool) {
        JsonNode function = tool.path("function");
        boolean typed =
                Shape.of(tool).text("type", "function").object("function").complete()
                        && tool.size() == 2
                        && function.path("name").isTextual()
                        && Shape.of(function)
                                .text("name")
                                .text("description")
                                .any("parameters")
                                .yesNo("strict")
                                .complete();
        if (typed) {
            return new Tool(
                    function.get("name").textValue(),
                    function.path("description").textValue(),
                    function.has("parameters") ? function.get("parameters").toString() : null,
                    function.has("strict") ? function.get("strict").booleanValue() : null,
                    null);
        }
        return tool.isObject() ? new Tool("", null, null, null, tool.toString()) : null;
    }
}
