package dev.weir.deadletter;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How dead letters are sent again.
 *
 * @param name the replay's name: a letter is sent once under it
 * @param edits changes to the body
 * @param maxRedrives how often a request may be sent again in all, 1 or more
 * @param again whether a letter that another replay has sent is sent as well
 * @param deadline the new deadline, counted from the sending, or null to keep what the request says
 * @param requestMaxBytes the largest record that the gateway takes
 * @param limit how many are sent at most
 */
public record RedriveSettings(
        String name,
        BodyEdits edits,
        int maxRedrives,
        boolean again,
        @Nullable Duration deadline,
        long requestMaxBytes,
        long limit) {
    private static final int LONGEST_NAME = 100;

    /** Checks the values. */
    public RedriveSettings {
        if (!name.matches("[A-Za-z0-9._-]{1," + LONGEST_NAME + "}")) {
            throw new IllegalArgumentException("--name is '" + name + "'; use 1 to " + LONGEST_NAME
                    + " letters, digits, dots, dashes and underscores");
        }
        if (maxRedrives < 1) {
            throw new IllegalArgumentException("--max-redrives is " + maxRedrives + "; use 1 or more");
        }
        if (limit < 1) {
            throw new IllegalArgumentException("--limit is " + limit + "; use 1 or more");
        }
    }
}
