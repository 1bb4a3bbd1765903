package dev.weir.admission;

import dev.weir.permit.QuotaObservation;

/**
 * The working limits of a scope: learned from what the server tells and refuses, and lower for two seconds after a door
 * was closed for long. Threading: owned by one stream thread.
 */
final class Adaptation {
    private static final String LIMITS = "limits";
    private static final long SECOND_MILLIS = 1_000;
    private static final long MINUTE_MILLIS = 60_000;
    /** A limit that was not even half used was hardly the reason of a refusal. */
    private static final int HALF = 2;

    private static final int QUARTER = 4;

    private final ScopeLimits ceiling;
    private final Quota quota;
    private WorkingLimit requests = WorkingLimit.NONE;
    private WorkingLimit tokens = WorkingLimit.NONE;
    private boolean unremembered;
    private long burstMillis = Long.MIN_VALUE;
    private long burstUsed;
    private long burstRefused;
    private long burstFloor;

    Adaptation(ScopeLimits ceiling, Quota quota) {
        this.ceiling = ceiling;
        this.quota = quota;
    }

    /**
     * Brings the quota up to date.
     *
     * @param reopenedMillis when calls were let through again after a long silence
     */
    void adjust(long reopenedMillis, long nowMillis) {
        long perSecond = requests.at(ceiling.requestsPerSecond(), nowMillis);
        long since = Saturating.subtract(nowMillis, reopenedMillis);
        if (perSecond > 0 && since >= 0 && since < 2 * SECOND_MILLIS) {
            perSecond = Math.max(1, perSecond / (since < SECOND_MILLIS ? QUARTER : HALF));
        }
        quota.limits((int) perSecond, tokens.at(ceiling.tokensPerMinute(), nowMillis));
    }

    /** Whether the limits change by themselves as time goes on. */
    boolean moves(long reopenedMillis, long nowMillis) {
        boolean isLow = requests.loweredTo() > 0 || tokens.loweredTo() > 0;
        return isLow || Saturating.subtract(nowMillis, reopenedMillis) < 2 * SECOND_MILLIS;
    }

    /** The server told something of its limits. */
    void observe(QuotaObservation observed, long nowMillis) {
        Long window = observed.windowMillis();
        if (window == null || window < 1) {
            return;
        }
        Long calls = observed.limitRequests();
        Long amount = observed.limitTokens();
        if (calls != null) {
            requests = requests.told(perSpan(calls, SECOND_MILLIS, window), nowMillis);
            unremembered = true;
        }
        if (amount != null) {
            tokens = tokens.told(perSpan(amount, MINUTE_MILLIS, window), nowMillis);
            unremembered = true;
        }
    }

    /**
     * The server refused a call for rate.
     *
     * @param pauseMillis when the pause began that this refusal belongs to: one for all calls of a burst
     * @param reserved what was reserved for the call
     */
    void refused(long pauseMillis, long reserved, long nowMillis) {
        long usedTokens = quota.tokens().used(nowMillis);
        long usedRequests = quota.requests().used(nowMillis);
        long tokenLimit = tokens.at(ceiling.tokensPerMinute(), nowMillis);
        long requestLimit = requests.at(ceiling.requestsPerSecond(), nowMillis);
        boolean newBurst = pauseMillis != burstMillis;
        boolean byTokens = share(usedTokens, tokenLimit) > share(usedRequests, requestLimit);
        if (newBurst) {
            burstMillis = pauseMillis;
            burstUsed = usedRequests;
            burstRefused = 0;
            burstFloor = (byTokens ? tokenLimit : requestLimit) / HALF;
        }
        burstRefused++;
        burstUsed = Math.max(burstUsed, usedRequests);
        if (byTokens && usedTokens >= burstFloor) {
            tokens = tokens.refused(usedTokens - reserved, ceiling.tokensPerMinute(), burstFloor, nowMillis);
        } else if (!byTokens && requestLimit > 0 && burstUsed >= burstFloor) {
            long passed = burstUsed - burstRefused;
            requests = requests.refused(passed, ceiling.requestsPerSecond(), burstFloor, nowMillis);
        }
        unremembered = true;
    }

    /** Has what was learned since the last call remembered. */
    void remember(String scope, PermitLog log) {
        if (unremembered) {
            unremembered = false;
            log.remember(
                    scope,
                    LIMITS,
                    requests.loweredTo(),
                    requests.loweredMillis(),
                    requests.told(),
                    requests.toldMillis(),
                    tokens.loweredTo(),
                    tokens.loweredMillis(),
                    tokens.told(),
                    tokens.toldMillis());
        }
    }

    /** Takes back what was remembered, if it is of this kind. */
    void restore(String what, long... numbers) {
        if (what.equals(LIMITS)) {
            requests = new WorkingLimit(numbers[0], numbers[1], numbers[2], numbers[3]);
            tokens = new WorkingLimit(numbers[4], numbers[5], numbers[6], numbers[7]);
        }
    }

    /** Rounded up: a limit by the minute says little of a second. */
    private static long perSpan(long limit, long spanMillis, long windowMillis) {
        double exact = (double) limit * spanMillis / windowMillis;
        return (long) Math.ceil(Math.min(exact, Integer.MAX_VALUE * 1_000.0));
    }

    private static double share(long used, long limit) {
        return limit == 0 ? 0 : (double) used / limit;
    }
}
