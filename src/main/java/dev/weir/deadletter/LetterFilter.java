package dev.weir.deadletter;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant; an empty set or null lets all pass.
 *
 * @param reasons reasons' ids
 * @param classes stop classes' names
 * @param tenants tenants
 * @param models models that the requests name
 * @param ids requests' ids
 * @param since the earliest time of death, or null
 * @param until the time of death before which they died, or null
 */
public record LetterFilter(
        Set<String> reasons,
        Set<String> classes,
        Set<String> tenants,
        Set<String> models,
        Set<String> ids,
        @Nullable Instant since,
        @Nullable Instant until) {
    /** Copies the sets. */
    public LetterFilter {
        reasons = Set.copyOf(reasons);
        classes = Set.copyOf(classes);
        tenants = Set.copyOf(tenants);
        models = Set.copyOf(models);
        ids = Set.copyOf(ids);
    }

    /** Lets everything pass. */
    public static LetterFilter all() {
        return new LetterFilter(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), null, null);
    }

    /** Whether the record is meant. A stray has no reason, id or the like: any filter but time excludes it. */
    public boolean matches(DeadLetterRecord letter) {
        Instant diedAt = Instant.ofEpochMilli(letter.timestampMillis());
        if ((since != null && diedAt.isBefore(since)) || (until != null && !diedAt.isBefore(until))) {
            return false;
        }
        return letter.facts().map(this::matches).orElseGet(this::isForStrays);
    }

    private boolean matches(LetterFacts facts) {
        return passes(reasons, facts.reason())
                && passes(classes, facts.stopClass())
                && passes(tenants, facts.tenant())
                && passes(models, facts.model())
                && passes(ids, facts.id());
    }

    private boolean isForStrays() {
        return reasons.isEmpty() && classes.isEmpty() && tenants.isEmpty() && models.isEmpty() && ids.isEmpty();
    }

    private static boolean passes(Set<String> wanted, @Nullable String found) {
        return wanted.isEmpty() || (found != null && wanted.contains(found));
    }
}
