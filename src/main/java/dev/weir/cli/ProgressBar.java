package dev.weir.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * A progress line on standard error: redrawn in place on a terminal, else a plain line every ten seconds, so that logs
 * stay short. One thread.
 */
final class ProgressBar {
    private static final int BAR_WIDTH = 24;
    private static final long TERMINAL_NANOS = 100_000_000L;
    private static final long LOG_NANOS = 10_000_000_000L;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintWriter err;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private final long start;
    private long last;
    private boolean drawn;

    /**
     * Starts the clock; draws nothing yet.
     *
     * @param nanoTime a monotonic clock
     */
    ProgressBar(PrintWriter err, boolean terminal, LongSupplier nanoTime) {
        this.err = err;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        // The first line of a terminal comes at once, the first line of a log after its interval.
        this.last = terminal ? start - TERMINAL_NANOS : start;
    }

    /** Whether standard error is a terminal, as the launcher says or as far as Java knows. */
    static boolean onTerminal() {
        return Boolean.getBoolean("weir.terminal") || System.console() != null;
    }

    /** Shows the state unless one was shown a moment ago. */
    void show(State state) {
        long now = nanoTime.getAsLong();
        if (now - last < (terminal ? TERMINAL_NANOS : LOG_NANOS)) {
            return;
        }
        last = now;
        String line = render(state, Duration.ofNanos(now - start));
        if (terminal) {
            err.print(ERASE_LINE + line);
            drawn = true;
        } else {
            err.println(line);
        }
        err.flush();
    }

    /** Removes the bar, so that other output starts on a clean line. */
    void clear() {
        if (drawn) {
            err.print(ERASE_LINE);
            err.flush();
            drawn = false;
        }
    }

    /** The line for a state after a time, without control characters. */
    static String render(State state, Duration elapsed) {
        double seconds = elapsed.toMillis() / 1000.0;
        StringBuilder line = new StringBuilder();
        if (state.total() > 0) {
            double share = Math.min(1.0, (double) state.done() / state.total());
            int full = (int) (share * BAR_WIDTH);
            line.append('[')
                    .append("#".repeat(full))
                    .append("-".repeat(BAR_WIDTH - full))
                    .append(String.format(Locale.ROOT, "] %3d %% ", (int) (share * 100)))
                    .append(state.done())
                    .append('/')
                    .append(state.total());
        } else {
            line.append(state.done());
        }
        line.append(' ').append(state.what());
        if (state.bad() > 0) {
            line.append(", ").append(state.bad()).append(" not succeeded");
        }
        if (seconds >= 1 && state.done() > 0) {
            double rate = state.done() / seconds;
            line.append(String.format(Locale.ROOT, ", %.1f/s", rate));
            if (state.total() > state.done()) {
                line.append(", ")
                        .append(left((state.total() - state.done()) / rate))
                        .append(" left");
            }
        }
        return line.toString();
    }

    private static String left(double seconds) {
        long whole = (long) Math.ceil(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        return whole < 3600
                ? whole / 60 + " min " + whole % 60 + " s"
                : whole / 3600 + " h " + whole / 60 % 60 + " min";
    }

    /**
     * What a bar shows.
     *
     * @param what the participle behind the count, such as "answered"
     * @param done how many are done
     * @param bad how many of those did not succeed
     * @param total how many there are, 0 if unknown
     */
    record State(String what, long done, long bad, long total) {}
}
