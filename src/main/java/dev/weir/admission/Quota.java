package dev.weir.admission;

/**
 * What a scope may use and what of it is taken: calls in any second, tokens in any minute, calls in flight; a share of
 * each is kept for the urgent. Threading: owned by one stream thread.
 */
final class Quota {
    private static final long SECOND_MILLIS = 1_000;
    private static final long MINUTE_MILLIS = 60_000;
    private static final long MICROS = 1_000;

    private final ScopeLimits ceiling;
    private final Leases leases;
    private final RequestWindow requests;
    private final TokenWindow tokens;
    private final Pace requestPace;
    private final Pace tokenPace;
    private long tokenLimit;
    private int requestLimit;

    Quota(ScopeLimits ceiling, Leases leases, long guardMillis, int burstPercent) {
        this.ceiling = ceiling;
        this.leases = leases;
        this.requests = new RequestWindow(ceiling.requestsPerSecond(), SECOND_MILLIS, guardMillis);
        this.tokens = new TokenWindow(MINUTE_MILLIS, guardMillis);
        this.requestPace = new Pace(SECOND_MILLIS + guardMillis, burstPercent);
        this.tokenPace = new Pace(MINUTE_MILLIS + guardMillis, burstPercent);
        limits(ceiling.requestsPerSecond(), ceiling.tokensPerMinute());
    }

    ScopeLimits ceiling() {
        return ceiling;
    }

    /** Sets other working limits, at most the ceiling; 0 for none. */
    void limits(int requestsPerSecond, long tokensPerMinute) {
        requestLimit = requestsPerSecond;
        tokenLimit = tokensPerMinute;
        requests.limit(requestsPerSecond);
    }

    /** Calls in any second at present, 0 for no limit. */
    int requestLimit() {
        return requestLimit;
    }

    RequestWindow requests() {
        return requests;
    }

    TokenWindow tokens() {
        return tokens;
    }

    Leases leases() {
        return leases;
    }

    /** Whether tokens are counted at all. */
    boolean countsTokens() {
        return ceiling.tokensPerMinute() > 0;
    }

    /** Whether a share is kept for the urgent. */
    boolean keepsReserve() {
        return ceiling.reservePercent() > 0;
    }

    /** What is reserved for a call of that estimate: one larger than all it may use takes that whole. */
    long reservation(boolean urgent, long estimate) {
        return countsTokens() ? Math.min(estimate, tokenLimit(urgent)) : 0;
    }

    /** What forbids a grant whatever its size; the urgent may use all there is. */
    Binding binding(boolean urgent, long nowMillis) {
        if (leases.size() >= less(ceiling.maxInFlight(), urgent)) {
            return leases.size() >= ceiling.maxInFlight() ? Binding.IN_FLIGHT : Binding.RESERVE;
        }
        if (!requests.hasRoom(nowMillis, keptRequests(urgent))) {
            return requests.hasRoom(nowMillis, 0) ? Binding.RESERVE : Binding.REQUESTS;
        }
        return Binding.NONE;
    }

    /** What forbids a grant of so many tokens. */
    Binding binding(boolean urgent, long reservation, long nowMillis) {
        Binding whatever = binding(urgent, nowMillis);
        if (whatever != Binding.NONE || tokens.hasRoom(reservation, tokenLimit(urgent), nowMillis)) {
            return whatever;
        }
        return tokens.hasRoom(reservation, tokenLimit(), nowMillis) ? Binding.RESERVE : Binding.TOKENS;
    }

    /** When the call of a grant of so many tokens may start: now, later, or never without an event. */
    long startsAt(boolean urgent, long reservation, long nowMillis) {
        long room = roomAt(urgent, reservation, nowMillis);
        return isPaced(urgent) ? Math.max(room, Math.max(requestPace.dueMillis(), tokenPace.dueMillis())) : room;
    }

    /** Which limit's pace delays a call that has room in the windows. */
    Binding pace(boolean urgent, long nowMillis) {
        if (!isPaced(urgent)) {
            return Binding.NONE;
        }
        boolean byTokens = tokenPace.dueMillis() > requestPace.dueMillis();
        boolean holds = Math.max(tokenPace.dueMillis(), requestPace.dueMillis()) > nowMillis;
        return !holds ? Binding.NONE : byTokens ? Binding.TOKENS : Binding.REQUESTS;
    }

    /** A call of so many tokens is about to be granted, to start then. */
    void granted(boolean urgent, long reservation, long startMillis, long nowMillis) {
        boolean waited = roomAt(urgent, reservation, nowMillis) > nowMillis;
        requestPace.granted(startMillis, waited, 1, requestLimit);
        tokenPace.granted(startMillis, waited, reservation, tokenLimit);
    }

    /** A call took so many more tokens than were reserved for it, fewer if negative. */
    void corrected(long moreTokens) {
        tokenPace.corrected(moreTokens, tokenLimit);
    }

    /** A grant of so many tokens came back unused. */
    void returned(long reservation) {
        requestPace.corrected(-1, requestLimit);
        tokenPace.corrected(-reservation, tokenLimit);
    }

    /** The paces, to be remembered. */
    long[] paces() {
        return new long[] {requestPace.number(), tokenPace.number()};
    }

    /** Takes remembered paces back. */
    void restorePaces(long nowMillis, long... numbers) {
        requestPace.restore(numbers[0], nowMillis);
        tokenPace.restore(numbers[1], nowMillis);
    }

    /** Who may use the reserve finds it free at any time. */
    private boolean isPaced(boolean urgent) {
        return !(urgent && keepsReserve());
    }

    private long roomAt(boolean urgent, long reservation, long nowMillis) {
        if (leases.size() >= less(ceiling.maxInFlight(), urgent)) {
            return RequestWindow.NEVER;
        }
        long slot = requests.roomAt(nowMillis, keptRequests(urgent));
        return Math.max(slot, tokens.roomAt(reservation, tokenLimit(urgent), nowMillis));
    }

    /** When a call with that start counts nowhere any more. */
    long freeAt(long startMillis, long usedTokens) {
        return usedTokens > 0 ? tokens.freeAt(startMillis) : requests.freeAt(startMillis);
    }

    /** How much of the time of full use a call takes, by whatever it takes most of, microseconds. */
    long costMicros(long callTokens) {
        long perSecond = ceiling.requestsPerSecond();
        long perMinute = ceiling.tokensPerMinute();
        long byTokens = perMinute == 0 ? 0 : (long) ((double) callTokens * MINUTE_MILLIS * MICROS / perMinute);
        long byRequests = perSecond == 0 ? 0 : SECOND_MILLIS * MICROS / perSecond;
        return perSecond == 0 && perMinute == 0 ? MICROS : Math.max(byTokens, byRequests);
    }

    /** Tokens in any minute at present, 0 for no limit. */
    long tokenLimit() {
        return tokenLimit;
    }

    private long tokenLimit(boolean urgent) {
        return less(tokenLimit(), urgent);
    }

    private int keptRequests(boolean urgent) {
        long limit = requestLimit;
        return (int) (limit - less(limit, urgent));
    }

    /** What is left of a limit for those who may not use the reserve; at least one of any. */
    private long less(long limit, boolean urgent) {
        if (urgent || limit == 0) {
            return limit;
        }
        long kept = limit / 100 * ceiling.reservePercent() + limit % 100 * ceiling.reservePercent() / 100;
        return Math.max(1, limit - kept);
    }
}
