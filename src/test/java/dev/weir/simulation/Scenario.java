package dev.weir.simulation;

/**
 * What a run consists of.
 *
 * @param requests how many request records
 * @param partitions of the requests topic
 * @param processes gateway processes
 * @param badWeather whether Grok has moods
 * @param crashes whether processes and tasks are lost and moved
 * @param clockSteps whether wall clocks are set
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
    static final Scenario CALM = new Scenario(20, 1, 1, false, false, false, false);
    static final Scenario CRASHES = new Scenario(40, 3, 2, false, true, false, false);
    static final Scenario EVERYTHING = new Scenario(40, 3, 2, true, true, true, true);
    static final Scenario WEATHER = new Scenario(40, 3, 2, true, false, false, false);
}
