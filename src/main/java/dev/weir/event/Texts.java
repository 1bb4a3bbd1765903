package dev.weir.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/** What a short text of an event may be. */
final class Texts {
    /** The most characters (code points) of an id, a tenant or a conversation. */
    static final int MAX_LENGTH = 256;

    private Texts() {}

    /** The number of code points. */
    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Whether the code point may stand in a header, a log line and a metric: no control, no half of a pair. */
    static boolean isPlain(int codePoint) {
        return !Character.isISOControl(codePoint) && Character.getType(codePoint) != Character.SURROGATE;
    }

    /** What is wrong with the text as an id, a tenant or a conversation; empty when it is well. */
    static Optional<Problem> check(String field, String text) {
        String cure = "use 1 to " + MAX_LENGTH + " characters without control characters";
        if (text.isEmpty()) {
            return Optional.of(Problem.invalid(field, "empty", cure + ", or leave it out"));
        }
        if (length(text) > MAX_LENGTH) {
            return Optional.of(
                    Problem.invalid(field, Problem.quoted(text) + " (" + length(text) + " characters)", cure));
        }
        return text.codePoints().allMatch(Texts::isPlain)
                ? Optional.empty()
                : Optional.of(Problem.invalid(field, Problem.quoted(text) + ", with a control character", cure));
    }

    /** The bytes as text; empty when they are not UTF-8. */
    static Optional<String> decode(Blob bytes) {
        try {
            return Optional.of(
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.bytes())).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
