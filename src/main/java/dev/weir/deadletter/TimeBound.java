package dev.weir.deadletter;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A point in time as people write it. */
public final class TimeBound {
    private static final Pattern SHORT = Pattern.compile("([0-9]{1,6})(ms|s|m|h|d)");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    private TimeBound() {}

    /**
     * The instant that the text means: ISO-8601 with an offset, a date (its start in UTC), or a duration that has
     * passed since, such as {@code 2h}.
     *
     * @throws IllegalArgumentException if it is none, with the value and the cure
     */
    public static Instant parse(String text, Instant now) {
        try {
            if (text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            return text.matches("[0-9]{4}-.*") ? OffsetDateTime.parse(text).toInstant() : now.minus(duration(text));
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no time; use 2026-11-21T10:15:00Z, 2026-11-21, or a duration like 2h", e);
        }
    }

    /**
     * The duration that the text means: {@code 90s}, {@code 2h}, {@code 7d}, or ISO-8601 such as {@code PT2H}.
     *
     * @throws IllegalArgumentException if it is none, with the value and the cure
     */
    public static Duration duration(String text) {
        Matcher parts = SHORT.matcher(text);
        if (parts.matches()) {
            Duration unit = UNITS.getOrDefault(parts.group(2), Duration.ZERO);
            return unit.multipliedBy(Long.parseLong(parts.group(1)));
        }
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeException e) {
            throw notADuration(text, e);
        }
        throw notADuration(text, null);
    }

    private static IllegalArgumentException notADuration(String text, @Nullable DateTimeException cause) {
        return new IllegalArgumentException("'" + text + "' is no duration; use one like 90s, 2h or 7d", cause);
    }
}
