package dev.weir.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the raw figures as JSON and the medians as a table. */
final class Report {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Options options;
    private final List<Contestant> contestants;
    private final Results results;

    Report(Options options, List<Contestant> contestants, Results results) {
        this.options = options;
        this.contestants = List.copyOf(contestants);
        this.results = results;
    }

    void write(Path folder) throws IOException {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("machine", machine());
        raw.put("options", options);
        raw.put("contestants", contestants);
        raw.put("results", results.all());
        Files.writeString(folder.resolve("results.json"), JSON.writeValueAsString(raw));
        Files.writeString(folder.resolve("results.md"), table());
        for (Columns columns : Columns.all(options)) {
            if (!results.contestants(columns.scenario()).isEmpty()) {
                Files.writeString(folder.resolve(columns.scenario() + ".svg"), Bars.svg(columns, results));
            }
        }
    }

    /** What the figures depend on. */
    static String machine() {
        return Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("os.name") + " "
                + System.getProperty("os.version") + ", Java " + System.getProperty("java.version")
                + "; broker, simulator, load and contestant share them";
    }

    /** The medians in Markdown, with the range of the rounds where there are several. */
    String table() {
        String head = """
                Machine: %s.
                Work: %,d requests of %,d bytes in a drain, %,d calls in flight, %d ms of provider latency, overhead at %.0f/s for %d s.
                Included: publishing, broker, contestant, HTTP, simulator, and a read_committed consumer that sees the answer.
                """.formatted(
                        machine(),
                        options.requests(),
                        options.bytes(),
                        options.inFlight(),
                        options.latencyMillis(),
                        options.rate(),
                        options.seconds());
        return head
                + Stream.concat(Columns.all(options).stream(), Columns.budgets().stream())
                        .map(this::table)
                        .collect(Collectors.joining())
                + new Goals(options, contestants, results).table();
    }

    private String table(Columns columns) {
        List<String> rows = results.contestants(columns.scenario()).stream()
                .filter(contestant -> columns.columns().stream()
                        .anyMatch(column -> results.median(columns.scenario(), contestant, column.figure())
                                .isPresent()))
                .toList();
        if (rows.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("\n### " + columns.title() + "\n\n|  |");
        columns.columns()
                .forEach(column -> text.append(' ').append(column.heading()).append(" |"));
        text.append("\n|---|").append("---:|".repeat(columns.columns().size())).append('\n');
        for (String contestant : rows) {
            text.append("| ").append(contestant).append(" |");
            for (Columns.Column column : columns.columns()) {
                text.append(' ')
                        .append(cell(columns.scenario(), contestant, column))
                        .append(" |");
            }
            text.append('\n');
        }
        return text.toString();
    }

    private String cell(String scenario, String contestant, Columns.Column column) {
        double[] rounds = results.rounds(scenario, contestant, column.figure());
        if (rounds.length == 0) {
            return "";
        }
        String median =
                number(results.median(scenario, contestant, column.figure()).orElseThrow(), column.digits());
        String least = number(java.util.Arrays.stream(rounds).min().orElseThrow(), column.digits());
        String most = number(java.util.Arrays.stream(rounds).max().orElseThrow(), column.digits());
        return least.equals(most) ? median : median + " (" + least + " to " + most + ")";
    }

    private static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
