package dev.weir.event;

import java.util.Optional;

/** How urgent a request is, most urgent first. */
public enum Priority {
    /** Before everything else. */
    CRITICAL("critical"),
    /** A user waits for it. */
    HIGH("high"),
    /** The default. */
    NORMAL("normal"),
    /** When there is room. */
    LOW("low");

    private final String wireName;

    Priority(String wireName) {
        this.wireName = wireName;
    }

    /** The name in events, headers and metrics. */
    public String wireName() {
        return wireName;
    }

    /** The priority of that wire name, exactly as written; empty for any other text. */
    public static Optional<Priority> parse(String wireName) {
        for (Priority priority : values()) {
            if (priority.wireName.equals(wireName)) {
                return Optional.of(priority);
            }
        }
        return Optional.empty();
    }
}
