package dev.weir.retry;

import dev.weir.event.StopClass;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the policy must know of a stopped try.
 *
 * @param stopClass why it stopped
 * @param attempts how many attempts were charged before this try
 * @param uncharged how many tries were throttled or halted before this one
 * @param retryAfter how long the server asks to wait, or null
 * @param deadline after which no call may start, or null
 */
public record Stop(
        StopClass stopClass,
        int attempts,
        int uncharged,
        @Nullable Duration retryAfter,
        @Nullable Instant deadline) {}
