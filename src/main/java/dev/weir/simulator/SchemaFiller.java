package dev.weir.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Makes a value that fits the usual parts of a JSON schema: types, properties, items, enums, bounds, references. */
final class SchemaFiller {
    private static final int DEEPEST = 12;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonNode root;

    private SchemaFiller(JsonNode root) {
        this.root = root;
    }

    static JsonNode fill(JsonNode schema) {
        return new SchemaFiller(schema).value(schema, 0);
    }

    private JsonNode value(JsonNode schema, int depth) {
        if (depth > DEEPEST) {
            return NODES.nullNode();
        }
        if (schema.has("const")) {
            return schema.path("const");
        }
        if (schema.path("enum").size() > 0) {
            return schema.path("enum").path(0);
        }
        if (schema.path("$ref").asText().startsWith("#")) {
            return value(root.at(schema.path("$ref").asText().substring(1)), depth + 1);
        }
        for (String union : new String[] {"anyOf", "oneOf", "allOf"}) {
            if (schema.path(union).size() > 0) {
                return value(schema.path(union).path(0), depth + 1);
            }
        }
        return switch (type(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, depth);
            case "string" -> NODES.textNode(string(schema));
            case "integer" -> NODES.numberNode((long) Math.ceil(number(schema)));
            case "number" -> NODES.numberNode(number(schema));
            case "boolean" -> NODES.booleanNode(true);
            default -> NODES.nullNode();
        };
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isMissingNode()) {
            return schema.has("items") ? "array" : "object";
        }
        return type.isArray() ? type.path(0).asText() : type.asText();
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode filled = NODES.objectNode();
        schema.path("properties")
                .properties()
                .forEach(property -> filled.set(property.getKey(), value(property.getValue(), depth + 1)));
        return filled;
    }

    private ArrayNode array(JsonNode schema, int depth) {
        ArrayNode filled = NODES.arrayNode();
        int least = schema.path("minItems").asInt(schema.path("maxItems").asInt(1) > 0 ? 1 : 0);
        for (int i = 0; i < Math.min(least, 100); i++) {
            filled.add(value(schema.path("items"), depth + 1));
        }
        return filled;
    }

    private static String string(JsonNode schema) {
        return switch (schema.path("format").asText()) {
            case "date-time" -> "2026-11-01T12:00:00Z";
            case "date" -> "2026-11-01";
            case "time" -> "12:00:00Z";
            case "email" -> "weir@example.com";
            case "uri" -> "https://example.com/";
            case "uuid" -> "00000000-0000-4000-8000-000000000001";
            default -> sized(schema);
        };
    }

    private static String sized(JsonNode schema) {
        String text = "simulated";
        int least = Math.min(10_000, schema.path("minLength").asInt(0));
        int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
        String filled = text.length() < least ? text + "x".repeat(least - text.length()) : text;
        return filled.length() > most ? filled.substring(0, Math.max(0, most)) : filled;
    }

    private static double number(JsonNode schema) {
        double least = schema.path("exclusiveMinimum").isNumber()
                ? schema.path("exclusiveMinimum").asDouble() + 1
                : schema.path("minimum").asDouble(1);
        double most = schema.path("exclusiveMaximum").isNumber()
                ? schema.path("exclusiveMaximum").asDouble() - 1
                : schema.path("maximum").asDouble(Double.MAX_VALUE);
        return Math.min(least, most);
    }
}
