package dev.weir.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A way in which the simulated Grok fails a valid request. */
public enum Fault {
    /** No fault: a normal answer, to leave a place free in a script. */
    NONE("none", 200, Kind.NONE),
    /** A rate 429 without {@code Retry-After}. */
    RATE_429("rate429", 429, Kind.TURNED_AWAY),
    /** A rate 429 with {@code Retry-After: 1}. */
    RATE_429_RETRY_AFTER("rate429-retry-after", 429, Kind.TURNED_AWAY),
    /** A 429 because the service is at capacity. */
    CAPACITY_429("capacity429", 429, Kind.TURNED_AWAY),
    /** A 429 because the team has no credit. */
    CREDIT_429("credit429", 429, Kind.PERMANENT),
    /** A 403 because the team has no credit. */
    CREDIT_403("credit403", 403, Kind.PERMANENT),
    /** A 500 with a JSON error. */
    ERROR_500("error500", 500, Kind.FAILED),
    /** A 502 with the HTML page of a proxy. */
    HTML_502("html502", 502, Kind.FAILED),
    /** A 503 with a JSON error. */
    UNAVAILABLE_503("unavailable503", 503, Kind.FAILED),
    /** A 529: overloaded. */
    OVERLOADED_529("overloaded529", 529, Kind.FAILED),
    /** The connection is reset before any byte of the answer. */
    RESET_BEFORE_HEADERS("resetBeforeHeaders", 0, Kind.BILLED),
    /** The connection is reset after the headers of a 200. */
    RESET_AFTER_HEADERS("resetAfterHeaders", 200, Kind.BILLED),
    /** No byte comes until the client gives up or the longest stall is over; then the connection is reset. */
    STALL("stall", 0, Kind.BILLED),
    /** A 200 whose body ends before its content length. */
    TRUNCATED_BODY("truncatedBody", 200, Kind.BILLED),
    /** A 500 whose body is a bare JSON string. */
    BARE_JSON_STRING("bareJsonString", 500, Kind.FAILED),
    /** A whole 200 with empty content. */
    EMPTY_CONTENT("emptyContent", 200, Kind.BILLED),
    /** The 400 that a wrong API key gets. */
    BAD_KEY("badKey", 400, Kind.PERMANENT);

    private enum Kind {
        NONE,
        TURNED_AWAY,
        PERMANENT,
        FAILED,
        BILLED
    }

    private final String id;
    private final int status;
    private final Kind kind;

    Fault(String id, int status, Kind kind) {
        this.id = id;
        this.status = status;
        this.kind = kind;
    }

    /** The name in options, JSON and the journal. */
    public String id() {
        return id;
    }

    /** The HTTP status that the client sees, 0 when it sees none. */
    public int status() {
        return status;
    }

    /** Whether the same request may succeed a moment later. */
    public boolean isTransient() {
        return kind != Kind.PERMANENT && kind != Kind.NONE;
    }

    /** Whether the request used some of the limits: it was not turned away at the door. */
    boolean counts() {
        return kind != Kind.TURNED_AWAY && kind != Kind.PERMANENT;
    }

    /** Whether the answer was generated and costs money although the client does not get it. */
    boolean billed() {
        return kind == Kind.BILLED || kind == Kind.NONE;
    }

    /** Whether the client gets a whole HTTP response. */
    boolean responds() {
        return switch (this) {
            case RESET_BEFORE_HEADERS, RESET_AFTER_HEADERS, STALL, TRUNCATED_BODY -> false;
            default -> true;
        };
    }

    /** The fault with a name, without regard to case. */
    public static Optional<Fault> find(String id) {
        return Arrays.stream(values()).filter(f -> f.id.equalsIgnoreCase(id)).findFirst();
    }

    /** The names of all faults, for messages. */
    public static List<String> ids() {
        return Arrays.stream(values()).map(Fault::id).toList();
    }
}
