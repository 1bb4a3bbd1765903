package dev.weir.config;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * What a value must be: a test, and the words for it that errors and the reference use.
 *
 * @param expected the words, as in "expected ..."
 * @param test whether a parsed value is right
 */
record Check(String expected, Predicate<Object> test) implements Validator {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]*");
    private static final Pattern HOST_PORT = Pattern.compile("(\\[[0-9a-fA-F:]+]|[^:\\s\\[\\]/]+):([0-9]{1,5})");
    private static final Pattern TIER = Pattern.compile("([1-9][0-9]{0,8})(ms|s|m|h)");
    private static final int MAX_PORT = 65_535;

    @Override
    public void ensureValid(String name, @Nullable Object value) {
        if (value == null || !test.test(value)) {
            throw new ConfigException(name + ": expected " + expected);
        }
    }

    @Override
    public String toString() {
        return expected;
    }

    static Check any(String expected) {
        return new Check(expected, value -> true);
    }

    static Check from(long min, long max) {
        String words = max == Long.MAX_VALUE || max == Integer.MAX_VALUE
                ? "a whole number of " + min + " or more"
                : "a whole number from " + min + " to " + max;
        return new Check(words, value -> (Long) value >= min && (Long) value <= max);
    }

    static Check text(String expected, Predicate<String> test) {
        return new Check(expected, value -> test.test((String) value));
    }

    static Check oneOf(String... options) {
        return text(String.join(" or ", options), Arrays.asList(options)::contains);
    }

    /** A name that may be part of a topic's or group's name. */
    static Check name(int minLength, int maxLength) {
        return text(
                "letters, digits, dots, underscores and dashes, " + minLength + " to " + maxLength,
                value -> value.length() >= minLength
                        && value.length() <= maxLength
                        && NAME.matcher(value).matches());
    }

    static Check notBlank(String expected) {
        return text(expected, value -> !value.isBlank());
    }

    /** An attribute of a CloudEvent that is required. */
    static Check attribute() {
        return text(
                "1 to 256 characters without control characters",
                value -> !value.isBlank()
                        && value.length() <= 256
                        && value.chars().noneMatch(Character::isISOControl));
    }

    static Check addresses() {
        return text(
                "host:port, several with commas between",
                value -> !value.isBlank() && Arrays.stream(value.split(",", -1)).allMatch(Check::isAddress));
    }

    static Check addressOrEmpty() {
        return text("host:port, or empty", value -> value.isEmpty() || isAddress(value));
    }

    static Check url(boolean mayBeEmpty) {
        String words = "an http or https address without a query" + (mayBeEmpty ? ", or empty" : "");
        return text(words, value -> value.isEmpty() ? mayBeEmpty : isUrl(value));
    }

    static Check urls() {
        return text(
                "http or https addresses without a query, with commas between, or empty",
                value -> value.isEmpty()
                        || Arrays.stream(value.split(",", -1)).map(String::trim).allMatch(Check::isUrl));
    }

    static Check tiers() {
        return new Check(
                "growing delays such as 1s,10s,1m (units ms, s, m, h), the longest at most 168h",
                value -> areTiers((List<?>) value));
    }

    private static boolean isAddress(String text) {
        var matcher = HOST_PORT.matcher(text.trim());
        return matcher.matches() && Integer.parseInt(matcher.group(2)) <= MAX_PORT;
    }

    private static boolean isUrl(String text) {
        try {
            URI url = URI.create(text);
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            return http && url.getHost() != null && url.getRawQuery() == null && url.getRawFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Retry topics keep their records for longer than a week, so that no tier outlives its record. */
    private static boolean areTiers(List<?> tiers) {
        long previous = 0;
        for (Object tier : tiers) {
            var matcher = TIER.matcher(String.valueOf(tier));
            if (!matcher.matches()) {
                return false;
            }
            long millis = Long.parseLong(matcher.group(1)) * unitMillis(matcher.group(2));
            if (millis <= previous || millis > 168 * 3_600_000L) {
                return false;
            }
            previous = millis;
        }
        return previous > 0;
    }

    private static long unitMillis(String unit) {
        return switch (unit) {
            case "ms" -> 1L;
            case "s" -> 1_000L;
            case "m" -> 60_000L;
            default -> 3_600_000L;
        };
    }
}
