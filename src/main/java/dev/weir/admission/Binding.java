package dev.weir.admission;

/** What keeps the head of a scope's line waiting. */
public enum Binding {
    /** Nothing. */
    NONE("none"),
    /** The requests-per-second window is full. */
    REQUESTS("requests"),
    /** As many permits are out as may be. */
    IN_FLIGHT("in_flight"),
    /** The server refused calls for rate or capacity. */
    PAUSE("pause");

    private final String wireName;

    Binding(String wireName) {
        this.wireName = wireName;
    }

    /** The name in metrics and status. */
    public String wireName() {
        return wireName;
    }
}
