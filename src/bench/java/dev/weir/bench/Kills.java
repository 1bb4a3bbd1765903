package dev.weir.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Processes are killed (SIGKILL) with a backlog under a quota; nothing may be lost. */
final class Kills {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** A fifth of the backlog is answered before. */
    private static final int BEFORE = 5;

    private static final long LAST_ANSWERS_MILLIS = 500;
    private static final long CHECK_MILLIS = 200;
    private static final int OK = 200;

    private Kills() {}

    /** The only process is killed, and started again on the same disk. */
    static Map<String, Double> restart(Session session) throws InterruptedException {
        Map<String, Double> figures = new TreeMap<>();
        int first = backlog(session);
        session.worker().kill();
        session.awaitSilence(Duration.ofMillis(LAST_ANSWERS_MILLIS), PATIENCE);
        long started = System.nanoTime();
        var unused = session.startWorker("");
        finish(session, first, started, figures);
        return figures;
    }

    /** The first of two processes is killed; the other one has a copy of the state. */
    static Map<String, Double> failover(Session session) throws InterruptedException {
        Map<String, Double> figures = new TreeMap<>();
        Child victim = session.worker();
        Child survivor = session.startWorker("-two");
        awaitReady(session, survivor);
        awaitReady(session, victim);
        int first = backlog(session);
        long killed = System.nanoTime();
        victim.kill();
        finish(session, first, killed, figures);
        return figures;
    }

    /** By its own word: its tasks are assigned and restored. */
    private static void awaitReady(Session session, Child process) throws InterruptedException {
        HttpRequest question = HttpRequest.newBuilder(URI.create(process.announcement() + "/health/ready"))
                .build();
        session.until(
                () -> status(question) == OK,
                CHECK_MILLIS,
                PATIENCE,
                () -> "process " + process.pid() + " is not ready");
    }

    private static int status(HttpRequest question) throws InterruptedException {
        try {
            return HttpClient.newHttpClient()
                    .send(question, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new IllegalStateException("the process does not tell whether it is ready", e);
        }
    }

    private static int backlog(Session session) throws InterruptedException {
        int count = session.setup().quota() * session.options().seconds();
        int first = session.load().next();
        session.load().burst(count);
        session.await(first + count / BEFORE, PATIENCE);
        return first;
    }

    private static void finish(Session session, int first, long sinceNanos, Map<String, Double> figures)
            throws InterruptedException {
        session.await(session.load().next(), PATIENCE);
        long[] arrivals = new long[session.load().next() - first];
        long[] perPartition = new long[session.partitions()];
        Arrays.fill(perPartition, Long.MAX_VALUE);
        for (int i = 0; i < arrivals.length; i++) {
            arrivals[i] = session.observer().arrival(first + i);
            int partition = (first + i) % perPartition.length;
            if (arrivals[i] > sinceNanos + LAST_ANSWERS_MILLIS * 1_000_000) {
                perPartition[partition] = Math.min(perPartition[partition], arrivals[i]);
            }
        }
        Arrays.sort(arrivals);
        long gap = 0;
        for (int i = 1; i < arrivals.length; i++) {
            gap = Math.max(gap, arrivals[i] - arrivals[i - 1]);
        }
        double latency = session.setup().latencyMillis() / 1e3;
        long earliest = Arrays.stream(perPartition).min().orElseThrow();
        long latest = Arrays.stream(perPartition)
                .filter(at -> at < Long.MAX_VALUE)
                .max()
                .orElseThrow();
        figures.put("seconds_to_first_answer", (earliest - sinceNanos) / 1e9 - latency);
        figures.put("seconds_to_all_partitions", (latest - sinceNanos) / 1e9 - latency);
        figures.put("longest_silence_seconds", gap / 1e9);
        figures.put("requests", (double) arrivals.length);
        figures.put("failed", (double) session.observer().failed());
        figures.put("repeated", (double) session.observer().repeated());
        figures.put(
                "calls_beyond_requests",
                session.grok().seen().path("requests").asDouble()
                        - session.load().next());
    }
}
