package dev.weir.event;

import org.jspecify.annotations.Nullable;

/** Keeps the first problem of one reading, so that reading can go on and tell the rest of the record. */
final class Problems {
    private @Nullable Problem first;

    /** Adds a problem, or nothing for null. */
    void add(@Nullable Problem problem) {
        if (first == null) {
            first = problem;
        }
    }

    /** The first problem, or null when there is none. */
    @Nullable
    Problem first() {
        return first;
    }
}
