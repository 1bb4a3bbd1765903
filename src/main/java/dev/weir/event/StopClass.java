package dev.weir.event;

/** Why a call or a request stopped, in the six classes that decide what happens next. */
public enum StopClass {
    /** The server's rate limit: the scope pauses, no attempt is spent. */
    THROTTLED("throttled"),
    /** May succeed later: retried with backoff, an attempt is spent. */
    TRANSIENT("transient"),
    /** Never succeeds as it is: failed and dead-lettered at once. */
    FATAL("fatal"),
    /** Nothing would succeed now (key, credits): dispatch stops, work is kept. */
    HALTED("halted"),
    /** The deadline passed before a call could start. */
    EXPIRED("expired"),
    /** The requester took it back. */
    CANCELLED("cancelled");

    private final String wireName;

    StopClass(String wireName) {
        this.wireName = wireName;
    }

    /** The name in events, headers and metrics. */
    public String wireName() {
        return wireName;
    }
}
