package dev.weir.cli;

import dev.weir.event.Blob;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Strangers' texts made fit for a terminal: no control characters, which could rewrite what is shown. */
final class Printable {
    private static final String UNPRINTABLE = "[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}]+";

    private Printable() {}

    /** One line. */
    static String line(String text) {
        return text.replaceAll(UNPRINTABLE, " ").strip();
    }

    /** One line of at most so many characters. */
    static String line(String text, int longest) {
        String line = line(text);
        return line.length() <= longest ? line : line.substring(0, longest - 1) + "…";
    }

    /** Several lines, kept apart. */
    static String block(String text) {
        return String.join(
                System.lineSeparator(),
                text.lines().map(line -> line.replaceAll(UNPRINTABLE, " ")).toList());
    }

    /** The bytes as one line of text, or in Base64 when they are none. */
    static String bytes(@Nullable Blob bytes) {
        if (bytes == null) {
            return "(null)";
        }
        try {
            return line(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.bytes()))
                    .toString());
        } catch (CharacterCodingException e) {
            return "base64:" + Base64.getEncoder().encodeToString(bytes.bytes());
        }
    }

    /** A duration in its largest unit, such as {@code 3h}; negative ones as {@code 0s}. */
    static String age(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + "d";
        }
        if (age.toHours() > 0) {
            return age.toHours() + "h";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + "m" : Math.max(0, age.get(ChronoUnit.SECONDS)) + "s";
    }

    /** Seconds as a span such as {@code 90s} or {@code 3h}, never less than what they are. */
    static String span(double seconds) {
        return age(Duration.ofMillis((long) Math.ceil(seconds) * 1_000));
    }
}
