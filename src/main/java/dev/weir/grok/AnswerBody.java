package dev.weir.grok;

import dev.weir.event.Blob;
import dev.weir.event.Usage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as it comes. One that passes its bound is read on for a while, because Grok says at the end
 * what it bills; of that part only the last bytes are kept. Threading: the call's event loop.
 */
final class AnswerBody {
    /** A body that is so many times as long as allowed is not read to its end. */
    static final int READ_ON = 4;

    /** The usage and what stands behind it take about 1 KB. */
    private static final int TAIL_BYTES = 8 << 10;

    private final long maxBytes;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private byte @Nullable [] tail;
    private long size;

    AnswerBody(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Takes the next bytes; false when there is no sense in more. */
    boolean append(byte[] bytes) {
        size += bytes.length;
        if (size <= maxBytes) {
            kept.write(bytes, 0, bytes.length);
        } else {
            tail = lastOf(tail == null ? kept.toByteArray() : tail, bytes);
        }
        return size <= maxBytes * READ_ON;
    }

    boolean isTooLarge() {
        return size > maxBytes;
    }

    /** The body; of one that is too large the beginning. */
    Blob kept() {
        return Blob.of(kept.toByteArray());
    }

    /** What the end of a body that is too large says was used, or null when it was not reached or says nothing. */
    @Nullable
    Usage usage() {
        return tail == null ? null : UsageReader.find(new String(tail, StandardCharsets.UTF_8));
    }

    private static byte[] lastOf(byte[] before, byte[] next) {
        int fromNext = Math.min(TAIL_BYTES, next.length);
        int fromBefore = Math.min(TAIL_BYTES - fromNext, before.length);
        byte[] last = Arrays.copyOfRange(before, before.length - fromBefore, before.length + fromNext);
        System.arraycopy(next, next.length - fromNext, last, fromBefore, fromNext);
        return last;
    }
}
