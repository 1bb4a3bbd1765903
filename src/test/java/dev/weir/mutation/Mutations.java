package dev.weir.mutation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.event.Blob;
import dev.weir.event.EventHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes bad input of good, and draws everything else that a round needs. All of it follows from the seed. */
public final class Mutations {
    /** Larger than a request may be in the tests that use it. */
    private static final int OVERSIZE = 30_000;

    private static final List<String> TOKENS = List.of(
            "null",
            "true",
            "NaN",
            "-Infinity",
            "-0",
            "1e999",
            "-9223372036854775809",
            "9".repeat(400),
            "\"\"",
            "{}",
            "[]",
            "{\"a\":{\"a\":",
            "[".repeat(3_000),
            "{\"a\":".repeat(1_200),
            "\\u0000",
            "\\ud800",
            "\u0000",
            "\uFEFF",
            "/*",
            ",",
            "}",
            "\"",
            "\"model\":\"other\",",
            "\n\n",
            "../../etc",
            "%00");

    private final SplittableRandom random;

    /** Draws by that seed. */
    public Mutations(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** The draws of the round. */
    public SplittableRandom random() {
        return random;
    }

    /** True so many times of a hundred. */
    public boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** One of them. */
    public <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** A piece of text that readers trip over. */
    public String token() {
        return one(TOKENS);
    }

    /** One to three changes of the bytes, whatever they mean. */
    public byte[] bytes(byte[] valid) {
        byte[] changed = valid;
        for (int i = random.nextInt(3); i >= 0; i--) {
            changed = change(changed);
        }
        return changed;
    }

    private byte[] change(byte[] of) {
        int at = random.nextInt(of.length + 1);
        int to = at + random.nextInt(Math.min(64, of.length - at + 1) + 1);
        int end = Math.min(to, of.length);
        return switch (random.nextInt(11)) {
            case 0 -> Arrays.copyOf(of, at);
            case 1 -> Arrays.copyOfRange(of, at, of.length);
            case 2 -> replaced(of, at, end, new byte[0]);
            case 3 -> replaced(of, at, at, noise(1 + random.nextInt(16)));
            case 4 -> replaced(of, at, end, noise(end - at));
            case 5 -> replaced(of, at, at, token().getBytes(UTF_8));
            case 6 -> replaced(of, at, end, token().getBytes(UTF_8));
            case 7 -> replaced(of, at, at, Arrays.copyOfRange(of, at, end));
            case 8 -> flipped(of);
            case 9 -> chance(3) ? replaced(of, at, at, "x".repeat(OVERSIZE).getBytes(UTF_8)) : flipped(of);
            default -> chance(10) ? noise(random.nextInt(300)) : flipped(of);
        };
    }

    private byte[] flipped(byte[] of) {
        byte[] changed = of.clone();
        if (changed.length > 0) {
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }

    private static byte[] replaced(byte[] of, int from, int to, byte[] by) {
        byte[] all = new byte[of.length - (to - from) + by.length];
        System.arraycopy(of, 0, all, 0, from);
        System.arraycopy(by, 0, all, from, by.length);
        System.arraycopy(of, to, all, from + by.length, of.length - to);
        return all;
    }

    /** Bytes without meaning. */
    public byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** The headers with some lost, doubled, emptied, renamed, mangled, oversized or added. */
    public List<EventHeader> headers(List<EventHeader> valid, List<String> names) {
        List<EventHeader> changed = new ArrayList<>(valid);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(changed.size() + 1);
            if (at == changed.size() || chance(30)) {
                changed.add(at, new EventHeader(one(names), value()));
            } else if (chance(25)) {
                changed.remove(at);
            } else {
                changed.set(at, mutated(changed.get(at)));
            }
        }
        return changed;
    }

    private EventHeader mutated(EventHeader header) {
        Blob value = header.value();
        return switch (random.nextInt(4)) {
            case 0 -> new EventHeader(header.name(), null);
            case 1 -> new EventHeader(new String(bytes(header.name().getBytes(UTF_8)), ISO_8859_1), value);
            case 2 -> new EventHeader(header.name(), value());
            default -> new EventHeader(header.name(), Blob.of(bytes(value == null ? new byte[0] : value.bytes())));
        };
    }

    private Blob value() {
        return switch (random.nextInt(6)) {
            case 0 -> Blob.EMPTY;
            case 1 -> Blob.of(noise(1 + random.nextInt(40)));
            case 2 -> Blob.of(new byte[] {(byte) 0xC3, (byte) 0x28, (byte) 0xFF});
            case 3 -> chance(10) ? Blob.utf8("h".repeat(OVERSIZE)) : Blob.utf8("-1");
            default -> Blob.utf8(token());
        };
    }
}
