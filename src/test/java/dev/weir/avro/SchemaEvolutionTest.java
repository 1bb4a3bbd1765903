package dev.weir.avro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.ErrorInfo;
import dev.weir.event.GrokResponse;
import dev.weir.event.SourceCoordinates;
import dev.weir.event.Timing;
import dev.weir.event.Usage;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the Avro schemas against the versions already released, and against the records. */
final class SchemaEvolutionTest {
    private static final Path FOLDER = Path.of("schemas");

    @ParameterizedTest
    @ValueSource(strings = {"GrokRequest", "GrokResponse", "GrokControl", "GrokDeadLetter"})
    void shouldReadAndBeReadByEveryReleasedVersion(String name) throws IOException {
        Schema current = load(FOLDER.resolve(name + ".avsc"));
        List<Path> released;
        try (Stream<Path> files = Files.list(FOLDER.resolve("released"))) {
            released = files.filter(file -> file.getFileName().toString().startsWith(name + "-"))
                    .toList();
        }

        assertThat(released).isNotEmpty();
        for (Path file : released) {
            assertThat(compatibility(current, load(file)))
                    .as("reading %s", file)
                    .isEmpty();
            assertThat(compatibility(load(file), current))
                    .as("read by %s", file)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GrokRequest", "GrokResponse", "GrokControl", "GrokDeadLetter"})
    void shouldDocumentEachFieldAndGiveEachEnumADefault(String name) throws IOException {
        List<String> faults = new ArrayList<>();
        walk(load(FOLDER.resolve(name + ".avsc")), type -> {
            if (type.getDoc() == null) {
                faults.add(type.getFullName());
            }
            if (type.getType() == Schema.Type.ENUM && type.getEnumDefault() == null) {
                faults.add(type.getFullName() + " has no default");
            }
            if (type.getType() == Schema.Type.RECORD) {
                type.getFields().stream()
                        .filter(field -> field.doc() == null)
                        .forEach(field -> faults.add(type.getFullName() + "." + field.name()));
            }
        });

        assertThat(faults).isEmpty();
    }

    @Test
    void shouldHaveEveryComponentOfTheRecords() throws IOException {
        Schema response = load(FOLDER.resolve("GrokResponse.avsc"));

        assertThat(names(response)).isEqualTo(components(GrokResponse.class));
        assertThat(names(part(response, "usage"))).isEqualTo(components(Usage.class));
        assertThat(names(part(response, "timing"))).isEqualTo(components(Timing.class));
        assertThat(names(part(response, "source"))).isEqualTo(components(SourceCoordinates.class));
        List<String> error = new ArrayList<>(components(ErrorInfo.class));
        error.set(0, "class");
        error.add(2, "owner");
        assertThat(names(part(response, "error"))).isEqualTo(error);
    }

    private static List<?> compatibility(Schema reader, Schema writer) {
        SchemaCompatibility.SchemaPairCompatibility pair =
                SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        return pair.getType() == SchemaCompatibilityType.COMPATIBLE
                ? List.of()
                : pair.getResult().getIncompatibilities();
    }

    private static void walk(Schema schema, Consumer<Schema> visit) {
        switch (schema.getType()) {
            case UNION -> schema.getTypes().forEach(type -> walk(type, visit));
            case ARRAY -> walk(schema.getElementType(), visit);
            case ENUM -> visit.accept(schema);
            case RECORD -> {
                visit.accept(schema);
                schema.getFields().forEach(field -> walk(field.schema(), visit));
            }
            default -> {}
        }
    }

    private static Schema part(Schema schema, String field) {
        Schema type = schema.getField(field).schema();
        return type.isUnion() ? type.getTypes().get(1) : type;
    }

    private static List<String> names(Schema schema) {
        return schema.getFields().stream().map(Schema.Field::name).toList();
    }

    private static List<String> components(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    private static Schema load(Path file) throws IOException {
        return new Schema.Parser().parse(file.toFile());
    }
}
