package dev.weir.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.weir.event.RequestReading.Accepted;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the published schemas against the records, the reader and the codec. */
final class SchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BODY = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final SourceCoordinates SOURCE = new SourceCoordinates("grok.requests", 0, 1);

    private final JsonNode request = load("request");
    private final JsonNode response = load("response");

    @Test
    void shouldDescribeEveryPartOfARequest() {
        Set<String> beside = components(GrokRequest.class);
        beside.removeAll(Set.of("model", "maxCompletionTokens"));
        // The redrive count and the issuer of the id are headers only.
        beside.removeAll(Set.of("redriveCount", "issuer"));

        JsonNode defs = request.get("$defs");
        assertThat(properties(defs.get("envelope"))).isEqualTo(beside);
        Set<String> line = new HashSet<>(beside);
        line.addAll(Set.of("custom_id", "method", "url"));
        assertThat(properties(defs.get("batchLine"))).isEqualTo(line);
        assertThat(properties(defs.get("body")))
                .containsExactlyInAnyOrder(
                        "model", "messages", "max_completion_tokens", "max_tokens", "stream", "deferred");
    }

    @Test
    void shouldDescribeEveryPartOfAResponse() {
        assertThat(properties(response)).isEqualTo(components(GrokResponse.class));
        assertThat(properties(at(response, "usage"))).isEqualTo(components(Usage.class));
        assertThat(properties(at(response, "timing"))).isEqualTo(components(Timing.class));
        assertThat(properties(at(response, "source"))).isEqualTo(components(SourceCoordinates.class));
        Set<String> error = components(ErrorInfo.class);
        error.remove("stopClass");
        error.addAll(Set.of("class", "owner"));
        assertThat(properties(at(response, "error"))).isEqualTo(error);
    }

    @Test
    void shouldRequireAllThatIsAlwaysWritten() {
        Set<String> always = components(GrokResponse.class);
        always.remove("duplicate");

        assertThat(texts(response.get("required"))).isEqualTo(always);
        for (String part : List.of("usage", "error", "timing", "source")) {
            assertThat(texts(at(response, part).get("required"))).isEqualTo(properties(at(response, part)));
        }
    }

    @Test
    void shouldListTheValuesOfEveryEnumeration() {
        assertThat(enumeration(at(response, "status")))
                .isEqualTo(names(ResponseStatus.values(), ResponseStatus::wireName));
        assertThat(enumeration(at(response, "priority"))).isEqualTo(names(Priority.values(), Priority::wireName));
        JsonNode error = at(response, "error");
        assertThat(enumeration(at(error, "class"))).isEqualTo(names(StopClass.values(), StopClass::wireName));
        assertThat(enumeration(at(error, "reason"))).isEqualTo(names(Reason.values(), Reason::id));
        assertThat(enumeration(at(error, "owner"))).isEqualTo(names(Owner.values(), Owner::wireName));
        List<String> priorities = names(Priority.values(), Priority::wireName);
        priorities.add("null");
        assertThat(enumeration(request.get("$defs").get("priority"))).isEqualTo(priorities);
    }

    @Test
    void shouldExplainEveryField() {
        for (JsonNode schema : List.of(request, response)) {
            for (JsonNode properties : schema.findValues("properties")) {
                properties.properties().forEach(property -> {
                    JsonNode field = property.getValue();
                    boolean inCondition = field.size() == 1 && (field.has("const") || field.has("type"));
                    assertThat(inCondition || field.has("description") || field.has("$ref"))
                            .as(property.getKey())
                            .isTrue();
                });
            }
            assertThat(schema.path("$defs"))
                    .allSatisfy(def -> assertThat(def.has("description")).isTrue());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"body\":BODY}",
                "{\"id\":\"a\",\"priority\":\"low\",\"tenant\":\"t\",\"conversation\":\"c\",\"metadata\":{\"a\":\"b\"},\"body\":BODY}",
                "{\"id\":null,\"priority\":null,\"tenant\":null,\"deadline\":null,\"metadata\":null,\"body\":BODY}",
                "{\"deadline\":\"2026-11-21T10:15:00Z\",\"body\":BODY}",
                "{\"deadline\":\"2026-11-21T10:15:00.123456789-17:59\",\"body\":BODY}",
                "{\"extra\":[{}],\"messages\":7,\"body\":BODY}",
                "{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":BODY}",
                "{\"custom_id\":\"a\",\"id\":\"b\",\"priority\":\"high\",\"body\":BODY}",
                "{\"url\":\"/v1/chat/completions\",\"method\":null,\"custom_id\":null,\"body\":BODY}",
                "BODY",
                "{\"model\":\"m\",\"messages\":[{}],\"stream\":true,\"deferred\":true,\"max_tokens\":1,\"id\":7}",
                "{\"model\":\"m\",\"messages\":[1],\"max_completion_tokens\":99999999999999999999,\"x\":{}}",
                "{\"id\":\"ab\u200dc 🎈\",\"body\":BODY}",
            })
    void shouldAcceptWhatTheReaderAccepts(String template) throws IOException {
        String value = template.replace("BODY", BODY);

        assertThat(errors("request", JSON.readTree(value))).isEmpty();
        assertThat(RequestReader.read(Blob.utf8(value), List.of(), SOURCE)).isInstanceOf(Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"body\":{}}",
                "{\"body\":\"x\"}",
                "{\"id\":\"\",\"body\":BODY}",
                "{\"id\":7,\"body\":BODY}",
                "{\"id\":\"a\\u0085\",\"body\":BODY}",
                "{\"priority\":\"HIGH\",\"body\":BODY}",
                "{\"tenant\":\"\",\"body\":BODY}",
                "{\"deadline\":\"2026-11-21\",\"body\":BODY}",
                "{\"deadline\":\"2026-11-21T10:15:00\",\"body\":BODY}",
                "{\"deadline\":\"2026-13-21T10:15:00Z\",\"body\":BODY}",
                "{\"deadline\":7,\"body\":BODY}",
                "{\"metadata\":{\"a\":1},\"body\":BODY}",
                "{\"metadata\":[],\"body\":BODY}",
                "{\"custom_id\":7,\"body\":BODY}",
                "{\"custom_id\":\"a\",\"url\":\"/v1/embeddings\",\"body\":BODY}",
                "{\"method\":\"GET\",\"body\":BODY}",
                "{\"custom_id\":\"a\"}",
                "{\"model\":\"m\"}",
                "{\"model\":\"\",\"messages\":[1]}",
                "{\"messages\":[1]}",
                "{\"model\":\"m\",\"messages\":[]}",
                "{\"model\":\"m\",\"messages\":{}}",
            })
    void shouldRefuseWhatTheReaderRefuses(String template) throws IOException {
        String value = template.replace("BODY", BODY);

        assertThat(errors("request", JSON.readTree(value))).isNotEmpty();
        assertThat(RequestReader.read(Blob.utf8(value), List.of(), SOURCE)).isInstanceOf(RequestReading.Rejected.class);
    }

    @Test
    void shouldHoldForWrittenResponses() throws IOException {
        for (GrokResponse each : List.of(
                ResponseCodecTest.succeeded(false),
                ResponseCodecTest.succeeded(true),
                ResponseCodecTest.failed(400, "invalid-argument"),
                ResponseCodecTest.failed(null, null))) {
            JsonNode written = JSON.readTree(ResponseCodec.write(each));

            assertThat(errors("response", written)).isEmpty();
            assertThat(properties(response)).containsAll(fieldNames(written));
            assertThat(properties(at(response, "timing"))).isEqualTo(fieldNames(written.get("timing")));
        }
    }

    @Test
    void shouldRefuseAResponseThatContradictsItself() throws IOException {
        String succeeded = new String(
                ResponseCodec.write(ResponseCodecTest.succeeded(false)), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(errors("response", JSON.readTree(succeeded.replace("\"succeeded\"", "\"failed\""))))
                .isNotEmpty();
        assertThat(errors("response", JSON.readTree(succeeded.replace("\"tenant\":\"checkout\",", ""))))
                .isNotEmpty();
    }

    private static List<String> errors(String name, JsonNode value) {
        JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(load(name));
        return schema.validate(value).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    private static JsonNode load(String name) {
        try {
            return JSON.readTree(Path.of("schemas", name + ".schema.json").toFile());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static JsonNode at(JsonNode schema, String property) {
        return schema.get("properties").get(property);
    }

    private static Set<String> properties(JsonNode schema) {
        return fieldNames(schema.get("properties"));
    }

    private static Set<String> fieldNames(JsonNode object) {
        Set<String> names = new HashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> components(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Set<String> texts(JsonNode array) {
        return new HashSet<>(list(array));
    }

    private static List<String> enumeration(JsonNode schema) {
        return list(schema.get("enum"));
    }

    private static List<String> list(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static <T> List<String> names(T[] values, Function<T, String> name) {
        return new ArrayList<>(Arrays.stream(values).map(name).toList());
    }
}
