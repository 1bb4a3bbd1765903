package dev.weir.simulation;

import java.util.Random;

/**
 * What a run consists of.
 *
 * @param requests how many request records
 * @param partitions of the requests topic
 * @param processes gateway processes
 * @param badWeather whether Grok has moods
 * @param crashes whether processes and tasks are lost and moved
 * @param clockSteps whether wall clocks differ and are set
 * @param badWire whether messages are delayed for long, doubled, or given up
 */
record Scenario(
        int requests,
        int partitions,
        int processes,
        boolean badWeather,
        boolean crashes,
        boolean clockSteps,
        boolean badWire) {
    static final Scenario CALM = new Scenario(30, 2, 1, false, false, false, false);
    static final Scenario WEATHER = new Scenario(40, 3, 2, true, false, false, false);
    static final Scenario CRASHES = new Scenario(40, 3, 2, false, true, false, false);
    static final Scenario EVERYTHING = new Scenario(40, 3, 2, true, true, true, true);

    /** The scenario of a seed: everything in every second, and each trouble by itself in the others. */
    static Scenario of(long seed) {
        Random random = new Random(seed);
        int requests = 30 + random.nextInt(31);
        int partitions = 1 + random.nextInt(3);
        int processes = 1 + random.nextInt(3);
        int trouble = (int) Math.floorMod(seed, 8L);
        boolean all = trouble % 2 == 1;
        return new Scenario(
                requests,
                partitions,
                processes,
                all || trouble == 2,
                all || trouble == 4,
                all || trouble == 6 && random.nextBoolean(),
                all || trouble == 6);
    }
}
