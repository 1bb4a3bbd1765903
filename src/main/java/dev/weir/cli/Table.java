package dev.weir.cli;

import java.util.ArrayList;
import java.util.List;

/** A two-column table for people. Threading: one thread. */
final class Table {
    private final List<Row> rows = new ArrayList<>();

    private record Row(String name, String value) {}

    void row(String name, Object value) {
        rows.add(new Row(name, value instanceof Number number ? String.format("%,d", number.longValue()) : "" + value));
    }

    /** The rows, names aligned, each line ended. */
    String render() {
        int width = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
        StringBuilder text = new StringBuilder();
        for (Row row : rows) {
            text.append("  ")
                    .append(row.name())
                    .append(" ".repeat(width - row.name().length() + 3))
                    .append(row.value())
                    .append(System.lineSeparator());
        }
        return text.toString();
    }
}
