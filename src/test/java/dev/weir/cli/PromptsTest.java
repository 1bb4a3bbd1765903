package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Blob;
import dev.weir.event.RequestReader;
import dev.weir.event.RequestReading;
import dev.weir.event.RequestReading.Rejected;
import dev.weir.event.SourceCoordinates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The example prompts of the demo are what they claim to be. */
final class PromptsTest {
    @Test
    void shouldHoldManyGoodRequestsOfAllShapesAndSomeInvalidOnes() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("config/prompts.jsonl"));
        Set<String> ids = new HashSet<>();
        int good = 0;
        for (int i = 0; i < lines.size(); i++) {
            RequestReading reading =
                    RequestReader.read(Blob.utf8(lines.get(i)), List.of(), new SourceCoordinates("prompts", 0, i));
            assertThat(ids.add(reading.id())).as(reading.id()).isTrue();
            boolean meantInvalid = reading.id().startsWith("invalid-");
            assertThat(reading instanceof Rejected).as(reading.toString()).isEqualTo(meantInvalid);
            good += meantInvalid ? 0 : 1;
        }
        assertThat(good).isGreaterThanOrEqualTo(120);
        assertThat(lines.size() - good).isGreaterThanOrEqualTo(4);
        assertThat(lines).anyMatch(line -> line.contains("\"custom_id\""));
        assertThat(lines).anyMatch(line -> line.startsWith("{\"model\""));
        assertThat(lines).anyMatch(line -> line.contains("\"tools\""));
        assertThat(lines).anyMatch(line -> line.contains("json_schema"));
    }
}
