package dev.weir.admission;

/** What keeps the head of a scope's line waiting. */
public enum Binding {
    /** Nothing. */
    NONE("none"),
    /** The requests-per-second window is full. */
    REQUESTS("requests"),
    /** The tokens-per-minute window has no room for it. */
    TOKENS("tokens"),
    /** As many permits are out as may be. */
    IN_FLIGHT("in_flight"),
    /** The server refused calls for rate or capacity. */
    PAUSE("pause"),
    /** What is free is kept for the urgent. */
    RESERVE("reserve"),
    /** Another tenant is due first by the shares of both. */
    TENANT_SHARE("tenant_share"),
    /** The server takes no call for lack of a key or of credits. */
    HALT("halt"),
    /** The server has failed call after call. */
    BREAKER("breaker"),
    /** Calls that failed before wait until others succeed. */
    RETRY_BUDGET("retry_budget");

    private final String wireName;

    Binding(String wireName) {
        this.wireName = wireName;
    }

    /** The name in metrics and status. */
    public String wireName() {
        return wireName;
    }
}
