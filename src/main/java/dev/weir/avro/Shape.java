package dev.weir.avro;

import com.fasterxml.jackson.databind.JsonNode;

/** Counts which fields of an object are of an expected kind, to tell whether it has no others. */
final class Shape {
    private final JsonNode node;
    private int fitting;

    private Shape(JsonNode node) {
        this.node = node;
    }

    static Shape of(JsonNode node) {
        return new Shape(node);
    }

    Shape text(String name) {
        return count(node.path(name).isTextual());
    }

    Shape text(String name, String value) {
        return count(value.equals(node.path(name).textValue()));
    }

    Shape object(String name) {
        return count(node.path(name).isObject());
    }

    Shape yesNo(String name) {
        return count(node.path(name).isBoolean());
    }

    Shape any(String name) {
        return count(node.has(name));
    }

    /** Whether the object has only fields that were counted. */
    boolean complete() {
        return node.isObject() && fitting == node.size();
    }

    private Shape count(boolean fits) {
        fitting += fits ? 1 : 0;
        return this;
    }
}
