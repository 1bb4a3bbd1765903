package dev.weir.bench;

import dev.weir.event.ResponseCodec;
import dev.weir.event.Timing;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Where the milliseconds of a request went, by the times that Weir tells in its answer and those of the applications on
 * the same machine. The means of the stages add up to the mean of the whole.
 */
final class Stages {
    /** An instant in whole milliseconds is in the mean half a one earlier than what it tells of. */
    private static final double TRUNCATED_MILLIS = 0.5;

    private Stages() {}

    static void add(Session session, List<Observer.Answer> answers, Map<String, Double> figures) {
        Instant now = Instant.now();
        double epochMillis = now.getEpochSecond() * 1e3 + now.getNano() / 1e6 - System.nanoTime() / 1e6;
        double[] sums = new double[5];
        for (Observer.Answer answer : answers) {
            Timing timing = ResponseCodec.read(answer.value()).timing();
            double intended = epochMillis + session.load().intended(answer.number()) / 1e6;
            double arrived = epochMillis + answer.nanos() / 1e6;
            sums[0] += timing.receivedAt().toEpochMilli() + TRUNCATED_MILLIS - intended;
            sums[1] += timing.queueMillis() + timing.retryMillis();
            sums[2] += timing.overheadMillis();
            sums[3] += timing.providerMillis() - session.setup().latencyMillis();
            sums[4] += arrived - timing.completedAt().toEpochMilli() - TRUNCATED_MILLIS;
        }
        double sum = 0;
        String[] names = {"stage_read_ms", "stage_permit_ms", "stage_commit_ms", "stage_call_ms", "stage_appear_ms"};
        for (int i = 0; i < names.length; i++) {
            figures.put(names[i], sums[i] / answers.size());
            sum += sums[i] / answers.size();
        }
        figures.put("stage_sum_ms", sum);
    }
}
