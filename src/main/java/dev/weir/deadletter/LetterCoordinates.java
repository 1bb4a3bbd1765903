package dev.weir.deadletter;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a dead letter stands in Kafka.
 *
 * @param topic the dead-letter topic
 * @param partition its partition, 0 or more
 * @param offset its offset, 0 or more
 */
public record LetterCoordinates(String topic, int partition, long offset) {
    private static final Pattern FORM = Pattern.compile("(?:(.+)-)?([0-9]{1,9})-([0-9]{1,18})");

    /** Reads {@code topic-partition-offset}, or {@code partition-offset} in the topic given; empty if it is neither. */
    public static Optional<LetterCoordinates> parse(String text, String topic) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches() || (parts.group(1) != null && !parts.group(1).equals(topic))) {
            return Optional.empty();
        }
        return Optional.of(
                new LetterCoordinates(topic, Integer.parseInt(parts.group(2)), Long.parseLong(parts.group(3))));
    }

    /** {@code topic-partition-offset}. */
    @Override
    public String toString() {
        return topic + "-" + partition + "-" + offset;
    }
}
