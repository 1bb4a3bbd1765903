package dev.weir.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A deadline as given on the command line. */
sealed interface DeadlineOption {
    /** The instant for a request that is published now. */
    Instant from(Instant now);

    /** A time after the request is published. */
    record After(Duration duration) implements DeadlineOption {
        @Override
        public Instant from(Instant now) {
            return now.plus(duration);
        }
    }

    /** A fixed instant. */
    record At(Instant instant) implements DeadlineOption {
        @Override
        public Instant from(Instant now) {
            return instant;
        }
    }

    /** Reads {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 1d}, {@code PT30S} or an ISO-8601 instant. */
    final class Converter implements ITypeConverter<DeadlineOption> {
        private static final Pattern SHORT = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

        @Override
        public DeadlineOption convert(String text) {
            Matcher matcher = SHORT.matcher(text);
            try {
                if (matcher.matches()) {
                    return new After(duration(Long.parseLong(matcher.group(1)), matcher.group(2)));
                }
                return text.startsWith("P") ? new After(Duration.parse(text)) : new At(Instant.parse(text));
            } catch (DateTimeException e) {
                throw new TypeConversionException(
                        "'" + text
                                + "' is no deadline; give a duration such as 30s, 5m or 2h, or an instant such as 2026-11-21T10:15:00Z");
            }
        }

        private static Duration duration(long amount, String unit) {
            return switch (unit) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        }
    }
}
