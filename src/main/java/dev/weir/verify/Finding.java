package dev.weir.verify;

import java.util.List;

/**
 * How often one thing was seen, with examples.
 *
 * @param count how often, 0 or more
 * @param samples coordinates and what is known about them, the first {@value #MOST_SAMPLES} at most
 */
public record Finding(long count, List<String> samples) {
    /** How many examples are kept. */
    public static final int MOST_SAMPLES = 20;

    /** Never seen. */
    public static final Finding NONE = new Finding(0, List.of());

    /** Copies the samples. */
    public Finding {
        samples = List.copyOf(samples);
        if (count < samples.size()) {
            throw new IllegalArgumentException("count " + count + " is below the " + samples.size() + " samples");
        }
    }

    /** Whether it was never seen. */
    public boolean none() {
        return count == 0;
    }
}
