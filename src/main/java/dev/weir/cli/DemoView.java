package dev.weir.cli;

import dev.weir.event.ErrorInfo;
import dev.weir.event.GrokResponse;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows requests move: drawn over itself on a terminal, a line every two seconds elsewhere. Threading: one thread. */
final class DemoView {
    private static final int BAR = 40;
    private static final int LAST = 8;
    private static final int LONGEST_CONTENT = 60;
    private static final long QUIET_MILLIS = 2_000;
    private static final String CLEAR_LINE = "\u001b[2K";

    private final PrintWriter out;
    private final boolean terminal;
    private final Deque<String> last = new ArrayDeque<>();
    private int drawnLines;
    private long drawnAtMillis;

    /**
     * Where the requests are.
     *
     * @param published sent to Kafka
     * @param waiting for a permit or a retry
     * @param inFlight at Grok
     * @param answered with an outcome
     */
    record Counts(int published, int waiting, int inFlight, int answered) {}

    DemoView(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void answered(GrokResponse response) {
        last.addLast(line(response));
        if (last.size() > LAST) {
            last.removeFirst();
        }
    }

    void draw(Counts counts, long nowMillis) {
        if (terminal) {
            drawOver(counts);
        } else if (nowMillis - drawnAtMillis >= QUIET_MILLIS) {
            drawnAtMillis = nowMillis;
            out.printf(
                    "  published %d, waiting %d, in flight %d, answered %d%n",
                    counts.published(), counts.waiting(), counts.inFlight(), counts.answered());
        }
        out.flush();
    }

    private void drawOver(Counts counts) {
        StringBuilder text = new StringBuilder();
        if (drawnLines > 0) {
            text.append("\u001b[").append(drawnLines).append('A');
        }
        int total = Math.max(1, counts.published());
        line(text, bar("published", counts.published(), total));
        line(text, bar("waiting", counts.waiting(), total));
        line(text, bar("in flight", counts.inFlight(), total));
        line(text, bar("answered", counts.answered(), total));
        line(text, "");
        last.forEach(answer -> line(text, answer));
        drawnLines = 5 + last.size();
        out.print(text);
    }

    private static void line(StringBuilder text, String line) {
        text.append(CLEAR_LINE).append(line).append(System.lineSeparator());
    }

    private static String bar(String name, int count, int total) {
        int filled = (int) Math.min(BAR, Math.round((double) BAR * count / total));
        return String.format(Locale.ROOT, "  %-10s %6d  %s", name, count, "█".repeat(filled));
    }

    private static String line(GrokResponse response) {
        return String.format(
                Locale.ROOT,
                "  %-9s %-28.28s %-8s %d attempt%s  %5.1f s  %s",
                response.status().wireName(),
                response.id(),
                response.priority().wireName(),
                response.attempts(),
                response.attempts() == 1 ? " " : "s",
                (response.timing().completedAt().toEpochMilli()
                                - response.timing().receivedAt().toEpochMilli())
                        / 1_000.0,
                gist(response.content(), response.error()));
    }

    private static String gist(@Nullable String content, @Nullable ErrorInfo error) {
        String text = error != null
                ? error.reason().id() + ": " + error.message()
                : content == null ? "(a tool call)" : content;
        String oneLine = text.replaceAll("\\s+", " ");
        return oneLine.length() <= LONGEST_CONTENT ? oneLine : oneLine.substring(0, LONGEST_CONTENT) + "…";
    }
}
