package dev.weir.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.Optional;

/** What a short text of an event may be, and whether bytes are UTF-8 at all. */
final class Texts {
    /** The most characters (code points) of an id, a tenant or a conversation. */
    static final int MAX_LENGTH = 256;

    private static final int CHUNK_CHARS = 8192;

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

    /** Where the bytes stop being UTF-8, or -1 when they are UTF-8 throughout. Keeps no copy of the text. */
    static int firstMalformedByte(Blob bytes) {
        byte[] all = bytes.bytes();
        int ascii = 0;
        while (ascii < all.length && all[ascii] >= 0) {
            ascii++;
        }
        if (ascii == all.length) {
            return -1;
        }
        CharsetDecoder decoder = UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(all, ascii, all.length - ascii);
        CharBuffer out = CharBuffer.allocate(Math.min(CHUNK_CHARS, all.length - ascii));
        CoderResult result;
        do {
            out.clear();
            result = decoder.decode(in, out, true);
        } while (result.isOverflow());
        return result.isError() ? in.position() : -1;
    }
}
