package dev.weir.grok;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the two families of rate-limit headers; what cannot be understood counts as not said. */
final class RateLimitHeaderParser {
    private static final String PREFIX = "x-ratelimit-";
    /** xAI's own family counts per minute. */
    private static final long MINUTE_MILLIS = 60_000;

    private static final int MOST_DIGITS = 15;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(\\.\\d{1,9})?");
    private static final Pattern DURATION = Pattern.compile(
            "(?:(\\d{1,4})d)?(?:(\\d{1,6})h)?(?:(\\d{1,8})m(?!s))?(?:(\\d{1,9}(?:\\.\\d{1,9})?)s)?(?:(\\d{1,9}(?:\\.\\d{1,9})?)ms)?");
    private static final long[] UNIT_MILLIS = {86_400_000, 3_600_000, 60_000, 1_000, 1};

    /** From here on a number is a point in time, not a span: 10^9 s after 1970 is the year 2001. */
    private static final long EPOCH_SECONDS_FROM = 1_000_000_000L;

    private static final long EPOCH_MILLIS_FROM = 1_000_000_000_000L;

    private RateLimitHeaderParser() {}

    /** What the headers (lower-case names) say; xAI's own family stands before the plain one. */
    static RateLimitHeaders parse(Map<String, String> headers, Instant now) {
        Long limitRequests = count(headers, "limit-requests");
        Long remainingRequests = count(headers, "remaining-requests");
        Long limitTokens = count(headers, "limit-tokens");
        Long remainingTokens = count(headers, "remaining-tokens");
        if (limitRequests != null || remainingRequests != null || limitTokens != null || remainingTokens != null) {
            Long reset = later(reset(headers, "reset-requests", now), reset(headers, "reset-tokens", now));
            return new RateLimitHeaders(
                    limitRequests, remainingRequests, limitTokens, remainingTokens, reset, MINUTE_MILLIS);
        }
        Long limit = count(headers, "limit");
        Long remaining = count(headers, "remaining");
        Long reset = reset(headers, "reset", now);
        return limit == null && remaining == null && reset == null
                ? RateLimitHeaders.NONE
                : new RateLimitHeaders(limit, remaining, null, null, reset, null);
    }

    private static @Nullable Long count(Map<String, String> headers, String name) {
        String value = value(headers, name);
        boolean counts = !value.isEmpty() && value.length() <= MOST_DIGITS && isDigits(value);
        return counts ? Long.valueOf(value) : null;
    }

    private static boolean isDigits(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Long reset(Map<String, String> headers, String name, Instant now) {
        String value = value(headers, name);
        if (value.isEmpty()) {
            return null;
        }
        if (NUMBER.matcher(value).matches()) {
            return untilReset(new BigDecimal(value), now);
        }
        Matcher parts = DURATION.matcher(value);
        if (!parts.matches()) {
            return null;
        }
        BigDecimal millis = BigDecimal.ZERO;
        for (int i = 0; i < UNIT_MILLIS.length; i++) {
            String part = parts.group(i + 1);
            if (part != null) {
                millis = millis.add(new BigDecimal(part).multiply(BigDecimal.valueOf(UNIT_MILLIS[i])));
            }
        }
        return millis.longValue();
    }

    private static long untilReset(BigDecimal number, Instant now) {
        if (number.longValue() >= EPOCH_MILLIS_FROM) {
            return Math.max(0, number.longValue() - now.toEpochMilli());
        }
        long millis = number.movePointRight(3).longValue();
        return number.longValue() >= EPOCH_SECONDS_FROM ? Math.max(0, millis - now.toEpochMilli()) : millis;
    }

    private static @Nullable Long later(@Nullable Long one, @Nullable Long other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Math.max(one, other);
    }

    private static String value(Map<String, String> headers, String name) {
        return headers.getOrDefault(PREFIX + name, "").strip();
    }
}
