package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.deadletter.DeadLetter;
import dev.weir.deadletter.DeadLetterRecord;
import dev.weir.deadletter.LetterCoordinates;
import dev.weir.event.Blob;
import dev.weir.event.ErrorInfo;
import dev.weir.event.EventHeader;
import dev.weir.event.EventTranslator;
import dev.weir.event.Reason;
import dev.weir.event.SourceCoordinates;
import dev.weir.event.StopClass;
import dev.weir.event.WeirHeaders;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the facts of dead letters, as they are listed, against their Avro schema. */
final class LetterJsonTest {
    private static final Schema SCHEMA = dev.weir.schema.GrokDeadLetter.getClassSchema();
    private static final Blob REQUEST =
            Blob.utf8("{\"tenant\":\"shop\",\"body\":{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}]}}");

    @ParameterizedTest
    @EnumSource(Reason.class)
    void shouldListTheFactsThatTheSchemaDescribes(Reason reason) throws IOException {
        JsonNode full = line(reason, 404, REQUEST, List.of(EventHeader.text(WeirHeaders.REDRIVE, "again")));
        JsonNode scant = line(reason, null, null, List.of());

        assertThat(full.get("tenant").textValue()).isEqualTo("shop");
        assertThat(full.get("replay").textValue()).isEqualTo("again");
        assertThat(full.get("notBefore").textValue()).isEqualTo("1970-01-01T00:00:01Z");
        assertThat(faults(SCHEMA, full)).isEmpty();
        assertThat(faults(SCHEMA, scant)).isEmpty();
    }

    @Test
    void shouldNotFitTheSchemaWhenAFactIsMissingOrOfAnotherType() throws IOException {
        var line = (com.fasterxml.jackson.databind.node.ObjectNode) line(Reason.INTERNAL, null, REQUEST, List.of());
        line.put("attempts", "two").put("diedAt", 7).remove("id");

        assertThat(faults(SCHEMA, line)).hasSize(3);
    }

    @Test
    void shouldKnowEveryClass() {
        assertThat(SCHEMA.getField("class").schema().getEnumSymbols())
                .containsAll(Arrays.stream(StopClass.values())
                        .map(StopClass::wireName)
                        .toList());
    }

    @Test
    void shouldNameTheHeadersThatALetterCarries() {
        List<String> documented = new ArrayList<>();
        SCHEMA.getFields().forEach(field -> documented.add(field.doc()));
        SCHEMA.getField("source").schema().getFields().forEach(field -> documented.add(field.doc()));
        String all = String.join(" ", documented);

        assertThat(letter(Reason.INTERNAL, 404, REQUEST, List.of()).headers())
                .extracting(EventHeader::name)
                .filteredOn(name -> name.startsWith("weir-"))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(all).contains("eader " + name + "."));
    }

    /** What of the line does not fit, by the rules of the schema; instants are texts in JSON. */
    private static List<String> faults(Schema schema, JsonNode line) {
        List<String> faults = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>();
        line.fieldNames().forEachRemaining(names::add);
        names.remove("stray");
        schema.getFields().forEach(field -> {
            JsonNode value = line.path(field.name());
            names.remove(field.name());
            if (!fits(field.schema(), value)) {
                faults.add(field.name() + " is " + value);
            }
        });
        names.forEach(name -> faults.add(name + " is not in the schema"));
        return faults;
    }

    private static boolean fits(Schema schema, JsonNode value) {
        if (schema.getLogicalType() instanceof LogicalTypes.TimestampMillis) {
            return value.isTextual() && Instant.parse(value.textValue()).isAfter(Instant.EPOCH);
        }
        return switch (schema.getType()) {
            case UNION -> schema.getTypes().stream().anyMatch(type -> fits(type, value));
            case NULL -> value.isNull();
            case STRING -> value.isTextual();
            case INT -> value.isInt();
            case LONG -> value.isIntegralNumber();
            case ENUM -> schema.getEnumSymbols().contains(value.asText());
            case RECORD -> faults(schema, value).isEmpty();
            default -> false;
        };
    }

    private static JsonNode line(Reason reason, Integer status, Blob value, List<EventHeader> more) throws IOException {
        return new ObjectMapper().readTree(LetterJson.line(letter(reason, status, value, more)));
    }

    private static DeadLetterRecord letter(Reason reason, Integer status, Blob value, List<EventHeader> more) {
        ErrorInfo error = new ErrorInfo(StopClass.FATAL, reason, "why", status, null);
        SourceCoordinates source = new SourceCoordinates("grok.requests", 1, 17);
        List<EventHeader> headers = new ArrayList<>(new DeadLetter("order", source, error, 2, 1_000, null).headers());
        headers.addAll(more);
        return DeadLetterRecord.read(
                new LetterCoordinates("grok.dlq", 0, 3),
                5_000,
                null,
                value,
                headers,
                EventTranslator.json().requests());
    }
}
