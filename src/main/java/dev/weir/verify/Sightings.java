package dev.weir.verify;

import java.util.ArrayList;
import java.util.List;

/** Counts one kind of thing and keeps the first examples. One thread. */
final class Sightings {
    private final List<String> samples = new ArrayList<>();
    private long count;

    void add(Object sample) {
        count++;
        if (samples.size() < Finding.MOST_SAMPLES) {
            samples.add(sample.toString());
        }
    }

    Finding finding() {
        return count == 0 ? Finding.NONE : new Finding(count, samples);
    }
}
