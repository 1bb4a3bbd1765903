package dev.weir.retry;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One delay tier and the suffix of its topic.
 *
 * @param name as configured, such as {@code 10s}; the topic is {@code <prefix>retry.<name>}
 * @param delay the delays that it is meant for, at most
 */
public record Tier(String name, Duration delay) {
    private static final Pattern SYNTAX = Pattern.compile("([1-9][0-9]{0,8})(ms|s|m|h)");

    /** Reads {@code 500ms}, {@code 1s}, {@code 10m} or {@code 2h}; anything else is refused with the cure. */
    public static Tier parse(String text) {
        Matcher matcher = SYNTAX.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a delay; write a number and ms, s, m or h, such as 10s");
        }
        long amount = Long.parseLong(matcher.group(1));
        Duration delay = switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
        return new Tier(matcher.group(), delay);
    }
}
