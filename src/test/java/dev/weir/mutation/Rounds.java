package dev.weir.mutation;

import java.util.SplittableRandom;

/**
 * How many mutated inputs a test plays, cut into rounds that can be repeated one by one: {@code -Dweir.mutations=N}
 * inputs in all suites together, {@code -Dweir.mutation.first=S} starts another row of seeds than that of each build,
 * {@code -Dweir.mutation.seed=S} plays the one round of that seed.
 */
public final class Rounds {
    private static final int INPUTS = 2_000;
    private static final int INPUTS_PER_ROUND = 100;

    private Rounds() {}

    /** One round, in which every draw comes from the mutations. */
    public interface Round {
        /** Plays so many inputs. */
        void play(Mutations mutations, int inputs) throws Exception;
    }

    /**
     * Plays the share of a suite and tells what was played.
     *
     * @param suite the test class, for the command that repeats a failed round
     * @param percent its share of all inputs
     */
    public static void play(Class<?> suite, int percent, Round round) {
        Long only = Long.getLong("weir.mutation.seed");
        int inputs = only == null
                ? Math.max(INPUTS_PER_ROUND, Integer.getInteger("weir.mutations", INPUTS) / 100 * percent)
                : INPUTS_PER_ROUND;
        SplittableRandom seeds = new SplittableRandom(Long.getLong("weir.mutation.first", 1));
        for (int played = 0; played < inputs; played += INPUTS_PER_ROUND) {
            play(suite, only == null ? seeds.nextLong() : only, Math.min(INPUTS_PER_ROUND, inputs - played), round);
        }
        System.out.printf("%s: %,d mutated inputs%n", suite.getSimpleName(), inputs);
    }

    private static void play(Class<?> suite, long seed, int inputs, Round round) {
        try {
            round.play(new Mutations(seed), inputs);
        } catch (Exception | AssertionError | StackOverflowError e) {
            throw new AssertionError(
                    "seed " + seed + " fails; again: mvn test -Dtest=" + suite.getSimpleName()
                            + " -Dweir.mutation.seed=" + seed + "\n" + e,
                    e);
        }
    }
}
