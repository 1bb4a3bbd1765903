package dev.weir.simulation;

import java.util.ArrayList;
import java.util.List;

/** When Grok is in which mood, by scope. */
final class Weather {
    private final List<Spell> spells = new ArrayList<>();

    /** What may be wrong with Grok. */
    enum Mood {
        /** Most calls fail in one way or another. */
        STORM,
        /** Some calls are refused for rate. */
        LIMITED,
        /** The key is refused. */
        WRONG_KEY,
        /** There are no credits. */
        NO_CREDITS,
        /** Answers take longer than callers wait. */
        SLOW
    }

    /** A span of time with a mood; a null scope means all. */
    record Spell(Mood mood, String scope, long fromMicros, long toMicros) {
        /** Whether no call is served as long as it lasts. */
        boolean halts() {
            return mood == Mood.WRONG_KEY || mood == Mood.NO_CREDITS;
        }

        boolean covers(String ofScope, long atMicros) {
            return (scope == null || scope.equals(ofScope)) && atMicros >= fromMicros && atMicros < toMicros;
        }
    }

    void add(Spell spell) {
        spells.add(spell);
    }

    /** When the last spell is over. */
    long overMicros() {
        return spells.stream().mapToLong(Spell::toMicros).max().orElse(0);
    }

    List<Spell> spells() {
        return spells;
    }

    boolean is(Mood mood, String scope, long atMicros) {
        for (Spell spell : spells) {
            if (spell.mood() == mood && spell.covers(scope, atMicros)) {
                return true;
            }
        }
        return false;
    }
}
