package dev.weir.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes that are kept verbatim, equal by content. The array is shared, never copied: nobody may change it. */
public final class Blob {
    /** No bytes at all. */
    public static final Blob EMPTY = new Blob(new byte[0]);

    private static final int CHUNK_CHARS = 8192;

    private final byte[] bytes;

    private Blob(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Wraps the array, which must not change afterwards. */
    public static Blob of(byte[] bytes) {
        return new Blob(bytes);
    }

    /** Wraps the array, or null for null. */
    public static @Nullable Blob ofNullable(byte @Nullable [] bytes) {
        return bytes == null ? null : new Blob(bytes);
    }

    /** The text in UTF-8. */
    public static Blob utf8(String text) {
        return new Blob(text.getBytes(UTF_8));
    }

    /** The wrapped array itself; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** The number of bytes. */
    public int size() {
        return bytes.length;
    }

    /** The bytes read as UTF-8; malformed sequences become the replacement character. */
    public String text() {
        return new String(bytes, UTF_8);
    }

    /** Where the bytes stop being UTF-8, or -1 when they are UTF-8 throughout. Keeps no copy of the text. */
    public int firstMalformedByte() {
        int ascii = 0;
        while (ascii < bytes.length && bytes[ascii] >= 0) {
            ascii++;
        }
        if (ascii == bytes.length) {
            return -1;
        }
        CharsetDecoder decoder = UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes, ascii, bytes.length - ascii);
        CharBuffer out = CharBuffer.allocate(Math.min(CHUNK_CHARS, bytes.length - ascii));
        CoderResult result;
        do {
            out.clear();
            result = decoder.decode(in, out, true);
        } while (result.isOverflow());
        return result.isError() ? in.position() : -1;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Blob that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The size only: content may be a prompt and never belongs in a log. */
    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
