package dev.weir.admission;

/**
 * How many calls of requests that failed before may go out: a tenth of first calls, one for each answer, and now and
 * then one whatever happens. So an outage costs at most a tenth more calls than there are requests.
 *
 * @param thousandths what is left, in thousandths of a call
 * @param floorMillis when one was last added whatever happened
 */
record RetryBudget(long thousandths, long floorMillis) {
    private static final long CALL = 1_000;
    private static final long FIRST_CALL = 100;
    private static final long FLOOR_EVERY_MILLIS = 10_000;
    /** Enough for a start, and too little for a storm. */
    private static final long START = 10 * CALL;

    /** Of a scope that has just begun. */
    static RetryBudget start(long nowMillis) {
        return new RetryBudget(START, nowMillis);
    }

    boolean allows(long nowMillis) {
        return thousandths >= CALL || floorAt() <= nowMillis;
    }

    /** When one may go whatever happens. */
    long floorAt() {
        return Saturating.add(floorMillis, FLOOR_EVERY_MILLIS);
    }

    /**
     * After a grant.
     *
     * @param most the most calls that may be saved up
     */
    RetryBudget granted(boolean retry, long most, long nowMillis) {
        if (!retry) {
            return plus(FIRST_CALL, most);
        }
        return thousandths >= CALL
                ? new RetryBudget(thousandths - CALL, floorMillis)
                : new RetryBudget(thousandths, nowMillis);
    }

    /** After an answer. */
    RetryBudget answered(long most) {
        return plus(CALL, most);
    }

    private RetryBudget plus(long more, long most) {
        long limit = Math.max(START, most * CALL);
        return new RetryBudget(Math.min(limit, thousandths + more), floorMillis);
    }
}
