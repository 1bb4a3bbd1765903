package dev.weir.registry;

/**
 * A schema that the registry holds.
 *
 * @param id its id, 0 when it was asked for by another name
 * @param type {@code AVRO}, {@code JSON} or {@code PROTOBUF}
 * @param text the schema itself
 * @param hasReferences whether it uses types that other subjects hold
 */
public record RegisteredSchema(int id, String type, String text, boolean hasReferences) {}
