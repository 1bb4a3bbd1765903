package dev.weir.status;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a scope stood at one moment: a record of the status topic.
 *
 * @param scope its name
 * @param at the moment, epoch milliseconds
 * @param instance the gateway that owns it
 * @param waiting asks in line
 * @param inFlight permits out
 * @param maxInFlight how many may be out
 * @param usedRequests slots taken in the requests-per-second window
 * @param requestsPerSecond how many there are at present, 0 for no limit
 * @param usedTokens tokens taken in the tokens-per-minute window, reserved ones included
 * @param reservedTokens those of them that are reserved for calls not known to have started
 * @param tokensPerMinute how many there are at present, 0 for no limit
 * @param requestsCeiling how many slots are configured; more than there are while the server was seen to allow less
 * @param tokensCeiling how many tokens are configured, likewise
 * @param binding what keeps the head of the line waiting, {@code none} when nobody waits
 * @param pausedUntil the end of a pause, epoch milliseconds, 0 when there is none
 * @param oldestWaitMillis how long the oldest head of the line has waited
 * @param line the first in line
 */
public record ScopeReport(
        String scope,
        long at,
        String instance,
        int waiting,
        int inFlight,
        int maxInFlight,
        int usedRequests,
        int requestsPerSecond,
        long usedTokens,
        long reservedTokens,
        long tokensPerMinute,
        int requestsCeiling,
        long tokensCeiling,
        String binding,
        long pausedUntil,
        long oldestWaitMillis,
        List<Place> line) {
    /** How many places in line a report holds at most. */
    public static final int MOST_PLACES = 1_000;

    /** Copies the line; a report of another version may lack it. */
    @SuppressWarnings("NullAway") // Jackson hands over null for what is absent
    public ScopeReport {
        line = line == null ? List.of() : List.copyOf(line);
        instance = instance == null ? "" : instance;
        binding = binding == null ? "" : binding;
    }

    /**
     * A place in line.
     *
     * @param request partition and offset of the request, {@code partition-offset}
     * @param position from 1; about, for grants to other tenants and priorities may shift it
     * @param notBefore the earliest time at which limit and pause let one at this place start, epoch milliseconds; null
     *     when neither bounds it
     */
    public record Place(
            String request, int position, @Nullable Long notBefore) {}

    /** Whether all who wait are in the line. */
    boolean isWholeLine() {
        return line.size() >= waiting;
    }

    /** The same but for what changes by itself as time goes on. */
    boolean saysTheSameAs(ScopeReport other) {
        return with(0, 0).equals(other.with(0, 0));
    }

    private ScopeReport with(long newAt, long newOldest) {
        return new ScopeReport(
                scope,
                newAt,
                instance,
                waiting,
                inFlight,
                maxInFlight,
                usedRequests,
                requestsPerSecond,
                usedTokens,
                reservedTokens,
                tokensPerMinute,
                requestsCeiling,
                tokensCeiling,
                binding,
                pausedUntil,
                newOldest,
                line);
    }
}
