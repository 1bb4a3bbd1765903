package dev.weir.admission;

import java.util.Random;
import java.util.function.Consumer;

/** Runs a law with many seeds; a failure names its seed. */
final class Seeds {
    private Seeds() {}

    static void forEach(int seeds, Consumer<Random> law) {
        for (long seed = 1; seed <= seeds; seed++) {
            try {
                law.accept(new Random(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("with seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
