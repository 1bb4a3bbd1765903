package dev.weir.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** From the intended publishing of a request to the appearance of its answer, without the provider's time. */
final class Overhead {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int DIGITS = 3;
    private static final int WARM_UP_SECONDS = 60;

    private Overhead() {}

    static Map<String, Double> measure(Session session) throws InterruptedException {
        Options options = session.options();
        warmUp(session);
        Meter meter = new Meter(session);
        int first = session.load().next();
        int count = (int) (options.rate() * options.seconds());
        session.observer().keep();
        run(session, count);
        Map<String, Double> figures = new TreeMap<>();
        meter.stop(figures, count);
        List<Observer.Answer> answers = session.observer().takeKept();
        if (session.contestant().kind().isWeir()) {
            Stages.add(session, answers, figures);
        }
        Histogram micros = new Histogram(DIGITS);
        for (int number = first; number < first + count; number++) {
            long nanos = session.observer().arrival(number) - session.load().intended(number);
            micros.recordValue(Math.max(0, nanos / 1_000 - session.setup().latencyMillis() * 1_000L));
        }
        figures.put("rate", options.rate());
        figures.put("mean_ms", micros.getMean() / 1e3);
        figures.put("p50_ms", micros.getValueAtPercentile(50) / 1e3);
        figures.put("p90_ms", micros.getValueAtPercentile(90) / 1e3);
        figures.put("p99_ms", micros.getValueAtPercentile(99) / 1e3);
        figures.put("p999_ms", micros.getValueAtPercentile(99.9) / 1e3);
        figures.put("max_ms", micros.getMaxValue() / 1e3);
        return figures;
    }

    /** Until the compilers of contestant and broker, which take a core for about a minute, have little left to do. */
    private static void warmUp(Session session) throws InterruptedException {
        session.load().burst(Drain.count(session, session.options().requests() / 2));
        session.await(session.load().next(), PATIENCE);
        run(session, (int) (session.options().rate() * WARM_UP_SECONDS));
    }

    private static void run(Session session, int count) throws InterruptedException {
        session.load().openLoop(session.options().rate(), count);
        session.await(session.load().next(), PATIENCE);
    }
}
