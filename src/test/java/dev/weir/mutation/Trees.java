package dev.weir.mutation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes values inside of JSON or CBOR, so that the whole stays readable and only its sense is gone. */
public final class Trees {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ObjectMapper mapper;
    private final Mutations mutations;

    /** Changes what that mapper reads. */
    public Trees(ObjectMapper mapper, Mutations mutations) {
        this.mapper = mapper;
        this.mutations = mutations;
    }

    /** One or two values replaced, removed or added. */
    public byte[] change(byte[] valid) {
        try {
            JsonNode tree = mapper.readTree(valid);
            for (int i = mutations.random().nextInt(2); i >= 0; i--) {
                changeOne(tree);
            }
            return mapper.writeValueAsBytes(tree);
        } catch (IOException e) {
            throw new IllegalStateException("the input to mutate is no tree", e);
        }
    }

    private void changeOne(JsonNode tree) {
        List<JsonNode> places = new ArrayList<>();
        collect(tree, places);
        if (places.isEmpty()) {
            return;
        }
        JsonNode place = mutations.one(places);
        if (place instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.isEmpty() ? "new" : mutations.one(names);
            if (mutations.chance(20)) {
                object.remove(name);
            } else {
                object.set(mutations.chance(5) ? name + "x" : name, strange(object.get(name)));
            }
        } else if (place instanceof ArrayNode array) {
            int at = array.isEmpty() ? 0 : mutations.random().nextInt(array.size());
            if (array.isEmpty() || mutations.chance(20)) {
                array.add(strange(null));
            } else {
                array.set(at, strange(array.get(at)));
            }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> into) {
        if (node.isContainerNode()) {
            into.add(node);
            node.forEach(child -> collect(child, into));
        }
    }

    private JsonNode strange(@Nullable JsonNode was) {
        return switch (mutations.random().nextInt(16)) {
            case 0, 1, 2 -> NODES.nullNode();
            case 3 -> NODES.booleanNode(true);
            case 4 -> NODES.numberNode(Long.MAX_VALUE);
            case 5 -> NODES.numberNode(Long.MIN_VALUE);
            case 6 -> NODES.numberNode(-1);
            case 7 -> NODES.numberNode(Integer.MAX_VALUE);
            case 8 -> NODES.numberNode(BigInteger.TEN.pow(60));
            case 9 -> NODES.numberNode(Double.NaN);
            case 10 -> NODES.textNode(mutations.chance(5) ? "y".repeat(30_000) : "");
            case 11 -> NODES.textNode("a\u0000b");
            case 12 -> NODES.arrayNode().add(NODES.nullNode());
            case 13 -> NODES.objectNode();
            case 14 -> BinaryNode.valueOf(mutations.noise(5));
            default -> was == null ? NODES.numberNode(0) : NODES.arrayNode().add(was.deepCopy());
        };
    }
}
