package dev.weir.grok;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads how long the server asks to wait. */
final class RetryAfter {
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,15}(\\.\\d{0,9})?");
    /** Nobody asks for more than a year in earnest; such a value is nonsense and ignored. */
    private static final Duration MAX = Duration.ofDays(366);

    /** The date of HTTP and its form in C; the third that HTTP knows has two digits for the year and is long dead. */
    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.RFC_1123_DATE_TIME,
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC));

    private RetryAfter() {}

    /**
     * The wait from {@code retry-after-ms}, else from {@code retry-after} (seconds or an HTTP date); a past date or a
     * negative number is zero, anything unreadable is empty.
     */
    static Optional<Duration> parse(Map<String, String> headers, Instant now) {
        return number(headers.getOrDefault("retry-after-ms", ""), 0)
                .or(() -> number(headers.getOrDefault("retry-after", ""), 3))
                .or(() -> date(headers.getOrDefault("retry-after", ""), now))
                .filter(wait -> wait.compareTo(MAX) <= 0);
    }

    private static Optional<Duration> number(String value, int digitsToMillis) {
        String text = value.strip();
        if (!NUMBER.matcher(text).matches()) {
            return Optional.empty();
        }
        BigDecimal millis = new BigDecimal(text).movePointRight(digitsToMillis);
        return Optional.of(Duration.ofMillis(Math.max(0, millis.longValue())));
    }

    private static Optional<Duration> date(String value, Instant now) {
        for (DateTimeFormatter format : DATES) {
            try {
                Duration wait = Duration.between(now, Instant.from(format.parse(value.strip())));
                return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
            } catch (DateTimeException e) {
                continue;
            }
        }
        return Optional.empty();
    }
}
