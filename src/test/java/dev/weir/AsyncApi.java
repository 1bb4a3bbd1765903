package dev.weir;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The AsyncAPI document, as tests look into it. */
public final class AsyncApi {
    private static final Path DOCUMENT = Path.of("docs/asyncapi.yaml");

    private final JsonNode root;

    private AsyncApi(JsonNode root) {
        this.root = root;
    }

    /** Reads the document. */
    public static AsyncApi read() {
        return new AsyncApi(parse(DOCUMENT));
    }

    JsonNode root() {
        return root;
    }

    /** What stands there; references are followed first. */
    JsonNode at(String pointer) {
        return resolved(root.at(pointer));
    }

    /** The names of the headers that a schema of the components describes. */
    public Set<String> headers(String schema) {
        Set<String> names = new TreeSet<>();
        at("/components/schemas/" + schema + "/properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Those of them that are always there. */
    public Set<String> requiredHeaders(String schema) {
        Set<String> names = new TreeSet<>();
        at("/components/schemas/" + schema + "/required").forEach(name -> names.add(name.textValue()));
        return names;
    }

    /** The values that a header may have. */
    Set<String> values(String schema, String header) {
        Set<String> values = new TreeSet<>();
        resolved(at("/components/schemas/" + schema + "/properties/" + header))
                .path("enum")
                .forEach(value -> values.add(value.textValue()));
        return values;
    }

    /** Every reference of the document, by where it stands. */
    Map<String, String> references() {
        Map<String, String> found = new TreeMap<>();
        collect("", root, found);
        return found;
    }

    private static void collect(String path, JsonNode node, Map<String, String> found) {
        node.properties().forEach(field -> {
            String at = path + "/" + field.getKey();
            if (field.getKey().equals("$ref")) {
                found.put(at, field.getValue().textValue());
            } else {
                collect(at, field.getValue(), found);
            }
        });
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(path + "/" + i, node.get(i), found);
            }
        }
    }

    /** What a reference leads to; a missing node if nowhere. */
    JsonNode follow(String reference) {
        int hash = reference.indexOf('#');
        String file = hash < 0 ? reference : reference.substring(0, hash);
        JsonNode document = file.isEmpty() ? root : parse(file(file));
        return document.at(JsonPointer.compile(hash < 0 ? "" : reference.substring(hash + 1)));
    }

    /** The file of a reference outside the document. */
    static Path file(String reference) {
        return DOCUMENT.resolveSibling(reference).normalize();
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? resolved(follow(node.get("$ref").textValue())) : node;
    }

    private static JsonNode parse(Path file) {
        try {
            ObjectMapper mapper = file.toString().endsWith(".yaml") ? new YAMLMapper() : new ObjectMapper();
            return mapper.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
