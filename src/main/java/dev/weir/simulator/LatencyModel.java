package dev.weir.simulator;

import java.time.Duration;

/** How long the simulated model takes for an answer. */
public sealed interface LatencyModel {
    /**
     * The time of one answer.
     *
     * @param outputTokens visible and reasoning tokens of the answer
     * @param gaussian a draw from the standard normal distribution
     */
    Duration delay(long outputTokens, double gaussian);

    /** Always the same time, zero or more milliseconds. */
    record Fixed(long millis) implements LatencyModel {
        /** Refuses a negative time. */
        public Fixed {
            atLeastZero("millis", millis);
        }

        @Override
        public Duration delay(long outputTokens, double gaussian) {
            return Duration.ofMillis(millis);
        }
    }

    /**
     * Log-normal, the usual shape of service times: {@code median * e^(sigma * gaussian)}.
     *
     * @param medianMillis half of the answers take less
     * @param sigma the spread, 0.5 gives a 99th percentile of 3.2 times the median
     */
    record LogNormal(long medianMillis, double sigma) implements LatencyModel {
        /** Refuses negative values and a spread that has no meaning. */
        public LogNormal {
            atLeastZero("medianMillis", medianMillis);
            if (!(sigma >= 0 && sigma <= 3)) {
                throw new IllegalArgumentException("sigma is " + sigma + ", expected from 0 to 3");
            }
        }

        @Override
        public Duration delay(long outputTokens, double gaussian) {
            return Duration.ofMillis(Math.round(medianMillis * Math.exp(sigma * gaussian)));
        }
    }

    /**
     * A base and a time for each output token, as a decoder works.
     *
     * @param baseMillis the time before the first token
     * @param perTokenMillis the time of each token
     */
    record PerToken(long baseMillis, long perTokenMillis) implements LatencyModel {
        /** Refuses negative times. */
        public PerToken {
            atLeastZero("baseMillis", baseMillis);
            atLeastZero("perTokenMillis", perTokenMillis);
        }

        @Override
        public Duration delay(long outputTokens, double gaussian) {
            return Duration.ofMillis(baseMillis + outputTokens * perTokenMillis);
        }
    }

    private static void atLeastZero(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " is " + value + ", expected 0 or more");
        }
    }
}
