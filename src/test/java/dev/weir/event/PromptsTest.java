package dev.weir.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.event.RequestReading.Accepted;
import dev.weir.event.RequestReading.Rejected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the example prompts against the reader. */
final class PromptsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> LINES = lines();
    private static final List<RequestReading> READINGS = readings();

    @Test
    void shouldRejectExactlyTheLinesThatAreMeantToBeInvalid() {
        assertThat(READINGS.stream().filter(Rejected.class::isInstance).map(RequestReading::id))
                .containsExactlyInAnyOrder(
                        "invalid-priority",
                        "invalid-model-missing",
                        "invalid-messages-type",
                        "invalid-metadata",
                        "invalid-json",
                        "invalid-messages-empty");
        assertThat(accepted()).noneMatch(request -> request.id().startsWith("invalid-"));
    }

    @Test
    void shouldHoldManyDifferentPrompts() {
        assertThat(LINES).hasSizeGreaterThanOrEqualTo(140);
        assertThat(accepted()).hasSizeGreaterThanOrEqualTo(120);
        assertThat(READINGS.stream().map(RequestReading::id)).doesNotHaveDuplicates();
        assertThat(accepted().stream().map(GrokRequest::body)).doesNotHaveDuplicates();
    }

    @Test
    void shouldShowEveryShapePriorityAndModel() throws JsonProcessingException {
        int bare = 0;
        int batch = 0;
        for (String line : valid()) {
            JsonNode value = JSON.readTree(line);
            bare += value.has("messages") ? 1 : 0;
            batch += value.has("custom_id") ? 1 : 0;
        }

        assertThat(bare).isGreaterThanOrEqualTo(10);
        assertThat(batch).isGreaterThanOrEqualTo(10);
        assertThat(valid().size() - bare - batch).isGreaterThanOrEqualTo(80);
        assertThat(accepted().stream().map(GrokRequest::priority)).contains(Priority.values());
        assertThat(accepted().stream().map(GrokRequest::model))
                .containsOnly("grok-4.5", "grok-4.3", "grok-4.20-0309-non-reasoning");
        assertThat(tenants()).contains("checkout", "support", "search", "analytics", "legal");
    }

    @Test
    void shouldSetNoDeadline() {
        assertThat(accepted()).allMatch(request -> request.deadline() == null);
    }

    @Test
    void shouldUseReasoningEffortOnlyWhereTheModelTakesIt() throws JsonProcessingException {
        for (GrokRequest request : accepted()) {
            String effort = JSON.readTree(request.body().text())
                    .path("reasoning_effort")
                    .asText("");
            Set<String> allowed = switch (request.model()) {
                case "grok-4.5" -> Set.of("", "low", "medium", "high");
                case "grok-4.3" -> Set.of("", "none", "low", "medium", "high");
                default -> Set.of("");
            };
            assertThat(allowed).as(request.id()).contains(effort);
        }
    }

    private static Set<String> tenants() {
        return accepted().stream()
                .map(GrokRequest::tenant)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private static List<GrokRequest> accepted() {
        return READINGS.stream()
                .filter(Accepted.class::isInstance)
                .map(reading -> ((Accepted) reading).request())
                .toList();
    }

    private static List<String> valid() {
        return LINES.stream().filter(line -> !line.contains("\"invalid-")).toList();
    }

    private static List<RequestReading> readings() {
        List<RequestReading> readings = new ArrayList<>();
        for (String line : LINES) {
            SourceCoordinates source = new SourceCoordinates("grok.requests", 0, readings.size());
            readings.add(RequestReader.read(Blob.utf8(line), List.of(), source));
        }
        return readings;
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(Path.of("config", "prompts.jsonl"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
