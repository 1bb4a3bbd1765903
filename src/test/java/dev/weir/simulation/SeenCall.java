package dev.weir.simulation;

/** One call as the simulated Grok saw it; what came of it is written down as it happens. */
final class SeenCall {
    static final long OPEN = Long.MAX_VALUE;

    final String source;
    final int tryNumber;
    final String scope;
    final SimProcess from;
    final long startMicros;
    final long startWallMillis;
    long endMicros = OPEN;
    long pausedUntilMicros;
    String end = "open";
    boolean worked;
    /** What the call was billed, when its answer said so; null when nobody was told. */
    Long billedTokens;

    SeenCall(String clientRequestId, String scope, SimProcess from, long startMicros) {
        int slash = clientRequestId.lastIndexOf('/');
        this.source = clientRequestId.substring(0, slash);
        this.tryNumber = Integer.parseInt(clientRequestId.substring(slash + 1));
        this.scope = scope;
        this.from = from;
        this.startMicros = startMicros;
        this.startWallMillis = from.wallMillis();
    }

    /** It ended, for its client. */
    void ended(String how, long atMicros) {
        if (endMicros == OPEN) {
            end = how;
            endMicros = atMicros;
        }
    }

    @Override
    public String toString() {
        return "%s/%d at %.3f s %s".formatted(source, tryNumber, startMicros / 1e6, end);
    }
}
