package dev.weir.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** More and more requests wait behind a small quota: what each holds of the heap, and what their number changes. */
final class Waiting {
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration RESTART = Duration.ofMinutes(5);
    private static final Duration LAST_ANSWERS = Duration.ofMillis(500);
    private static final long CHECK_MILLIS = 500;
    private static final int MOST_BEYOND = 1;
    private static final int LEAST_SECONDS = 60;
    private static final double PROCESS_BYTES = 32e6;
    private static final double PARTITION_BYTES = 6e6;
    private static final double REQUEST_BYTES = 1_000;
    private static final String GAUGE = "weir_admission_queued";

    private Waiting() {}

    static Map<String, Double> measure(Session session) throws InterruptedException {
        Map<String, Double> figures = new TreeMap<>();
        long empty = LiveHeap.bytes(session.worker());
        figures.put("empty_mb", empty / 1e6);
        List<Integer> steps = session.options().waiting();
        for (int step = 0; step < steps.size(); step++) {
            String suffix = "_" + steps.get(step);
            long started = System.nanoTime();
            int before = waiting(session);
            int more = steps.get(step) - before;
            session.load().burst(more);
            awaitWaiting(session, steps.get(step));
            figures.put("intake_per_second" + suffix, more / ((System.nanoTime() - started) / 1e9));
            figures.put("use_percent" + suffix, use(session));
            long heap = LiveHeap.bytes(session.worker());
            figures.put("heap_bytes_each" + suffix, (double) (heap - empty) / waiting(session));
            figures.put("heap_percent_of_bound" + suffix, 100 * heap / bound(session));
            figures.put("restart_seconds" + suffix, restart(session));
        }
        figures.put(
                "most_in_a_second", session.grok().seen().path("max_per_second").asDouble());
        figures.put("repeated", (double) session.observer().repeated());
        return figures;
    }

    /** What {@code docs/performance.md} promises for so many who wait, in bytes. */
    private static double bound(Session session) throws InterruptedException {
        return PROCESS_BYTES + session.partitions() * PARTITION_BYTES + waiting(session) * REQUEST_BYTES;
    }

    /** The share of the quota that is used for a while, long enough for one answer more or less not to matter. */
    private static double use(Session session) throws InterruptedException {
        long from = System.nanoTime();
        int first = session.observer().seen();
        Thread.sleep(Math.max(LEAST_SECONDS, session.options().seconds()) * 1_000L);
        int answered = session.observer().seen() - first;
        return 100
                * answered
                / ((System.nanoTime() - from) / 1e9)
                / session.setup().quota();
    }

    /** From the start of a process, after the former one was killed, to its first answer. */
    private static double restart(Session session) throws InterruptedException {
        session.worker().kill();
        session.awaitSilence(LAST_ANSWERS, RESTART);
        long started = System.nanoTime();
        int answered = session.observer().seen();
        var unused = session.startWorker("");
        session.await(answered + MOST_BEYOND, RESTART);
        return (System.nanoTime() - started) / 1e9 - session.setup().latencyMillis() / 1e3;
    }

    /** Some have been granted while the others came: nine in ten are enough, and none may be left on its way. */
    private static void awaitWaiting(Session session, int count) throws InterruptedException {
        AtomicInteger last = new AtomicInteger(-1);
        session.until(
                () -> {
                    int now = waiting(session);
                    return last.getAndSet(now) >= now && now >= count * 9 / 10;
                },
                CHECK_MILLIS,
                PATIENCE,
                () -> last + " of " + count + " wait");
    }

    /** How many wait, by the metrics of the process. */
    private static int waiting(Session session) throws InterruptedException {
        HttpRequest metrics = HttpRequest.newBuilder(URI.create(session.worker().announcement() + "/metrics"))
                .build();
        try {
            String text = HttpClient.newHttpClient()
                    .send(metrics, HttpResponse.BodyHandlers.ofString())
                    .body();
            return (int) Arrays.stream(text.split("\n"))
                    .filter(line -> line.startsWith(GAUGE))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException e) {
            throw new IllegalStateException("the process does not tell its metrics", e);
        }
    }
}
