package dev.weir.simulator;

/** How the simulated limits count. */
public enum WindowKind {
    /** Counts since the last whole second or minute after the start; up to twice the limit may pass across a border. */
    FIXED("fixed"),
    /** Counts the span that ends now: never more than the limit in any span, to the nanosecond. */
    SLIDING("sliding");

    private final String id;

    WindowKind(String id) {
        this.id = id;
    }

    /** The name in options and JSON. */
    public String id() {
        return id;
    }
}
