package dev.weir.event;

/** The four terminal outcomes. */
public enum ResponseStatus {
    /** Grok answered. */
    SUCCEEDED("succeeded"),
    /** No answer will come; the request is a dead letter too. */
    FAILED("failed"),
    /** The deadline passed before a call could start. */
    EXPIRED("expired"),
    /** The requester took it back. */
    CANCELLED("cancelled");

    private final String wireName;

    ResponseStatus(String wireName) {
        this.wireName = wireName;
    }

    /** The name in events, headers and metrics. */
    public String wireName() {
        return wireName;
    }
}
