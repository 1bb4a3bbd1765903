package dev.weir.bench;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * From the start of a process to its first answer, a request already waiting, without the provider's time: on topics
 * that are there, with no state on its disk, and with no former process that the broker takes for alive.
 */
final class Start {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Start() {}

    static Map<String, Double> measure(Session session) throws InterruptedException {
        session.worker().close();
        session.awaitNoMembers(PATIENCE);
        int number = session.load().next();
        session.load().burst(1);
        long startedNanos = System.nanoTime();
        var unused = session.startWorker("-cold");
        session.await(number + 1, PATIENCE);
        long tookNanos = session.observer().arrival(number) - startedNanos;
        Map<String, Double> figures = new TreeMap<>();
        figures.put("seconds", tookNanos / 1e9 - session.setup().latencyMillis() / 1e3);
        figures.put("first_seconds", session.startSeconds());
        return figures;
    }
}
