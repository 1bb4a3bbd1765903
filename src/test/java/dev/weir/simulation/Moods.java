package dev.weir.simulation;

import dev.weir.simulation.Weather.Mood;
import dev.weir.simulation.Weather.Spell;

/** Draws Grok's moods for a run. */
final class Moods {
    private static final String[] SCOPES = {"grok-4.5", "grok-code"};
    private static final long LATEST_MICROS = 25_000_000;

    private Moods() {}

    /** Plans up to four spells; all are over soon after the last request is published. */
    static void plan(Timeline timeline, Weather weather) {
        long spells = timeline.between(0, 4);
        for (int i = 0; i < spells; i++) {
            Mood mood = Mood.values()[(int) timeline.between(0, Mood.values().length - 1)];
            long from = timeline.between(0, LATEST_MICROS);
            boolean ofAccount = mood == Mood.WRONG_KEY || mood == Mood.NO_CREDITS;
            String scope = ofAccount || timeline.chance(0.5) ? null : SCOPES[(int) timeline.between(0, 1)];
            weather.add(new Spell(mood, scope, from, from + timeline.between(1_000_000, 20_000_000)));
        }
    }
}
