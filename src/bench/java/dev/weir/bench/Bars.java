package dev.weir.bench;

import java.util.List;
import java.util.Locale;

/** Horizontal bars of a scenario's first column, as SVG. */
final class Bars {
    private static final int WIDTH = 720;
    private static final int LABELS = 190;
    private static final int ROW = 30;
    private static final int TOP = 44;
    private static final int VALUES = 90;

    private Bars() {}

    static String svg(Columns columns, Results results) {
        List<String> names = results.contestants(columns.scenario());
        Columns.Column column = columns.columns().get(0);
        double[] values = names.stream()
                .mapToDouble(name -> results.median(columns.scenario(), name, column.figure())
                        .orElse(0))
                .toArray();
        double most = java.util.Arrays.stream(values).max().orElse(1);
        StringBuilder svg = new StringBuilder(
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" font-family="sans-serif" font-size="14">
                <rect width="%1$d" height="%2$d" fill="white"/>
                <text x="10" y="24" font-size="16">%3$s: %4$s</text>
                """.formatted(WIDTH, TOP + ROW * names.size() + 8, columns.title(), column.heading()));
        for (int i = 0; i < values.length; i++) {
            int top = TOP + i * ROW;
            double length = most == 0 ? 0 : (WIDTH - LABELS - VALUES) * values[i] / most;
            svg.append(String.format(
                    Locale.ROOT,
                    """
                    <text x="%d" y="%d" text-anchor="end">%s</text>
                    <rect x="%d" y="%d" width="%.1f" height="%d" fill="%s"/>
                    <text x="%.1f" y="%d">%,.*f</text>
                    """.replace("%,.*f", "%,." + column.digits() + "f"),
                    LABELS - 8,
                    top + 17,
                    names.get(i),
                    LABELS,
                    top,
                    length,
                    ROW - 8,
                    names.get(i).startsWith("weir") ? "#1f6f8b" : "#b8b8b8",
                    LABELS + length + 6,
                    top + 17,
                    values[i]));
        }
        return svg.append("</svg>\n").toString();
    }
}
