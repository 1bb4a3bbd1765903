package dev.weir.registry;

import java.util.UUID;

/** How a value names its schema. */
public sealed interface SchemaRef {
    /**
     * By the registry's number.
     *
     * @param id the number
     */
    record ById(int id) implements SchemaRef {
        @Override
        public String toString() {
            return "schema id " + id;
        }
    }

    /**
     * By the schema's globally unique id, as newer serializers do in a header.
     *
     * @param guid the id
     */
    record ByGuid(UUID guid) implements SchemaRef {
        @Override
        public String toString() {
            return "schema guid " + guid;
        }
    }
}
