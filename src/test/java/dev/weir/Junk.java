package dev.weir;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Random;

/** Records that are no requests. */
final class Junk {
    private static final int LARGE_BYTES = 5_000_000;
    private static final int LARGE_EVERY = 500;

    private Junk() {}

    /** The i-th kind of junk; null is a record without value. */
    static byte[] record(int i, Random random) {
        if (i % LARGE_EVERY == LARGE_EVERY - 1) {
            return new byte[LARGE_BYTES];
        }
        return switch (i % 10) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> bytes(random);
            case 3 ->
                World.body("cut off").substring(0, 10 + random.nextInt(20)).getBytes(UTF_8);
            case 4 -> "[1, 2, 3]".getBytes(UTF_8);
            case 5 -> "{\"model\": 7, \"messages\": [{}]}".getBytes(UTF_8);
            case 6 -> "{\"id\": \"junk\", \"priority\": \"urgent\", \"body\": {}}".getBytes(UTF_8);
            case 7 -> "{\"body\": {\"model\": \"grok-4.5\", \"messages\": \"hi\"}}".getBytes(UTF_8);
            case 8 -> ("{\"a\":" + "[".repeat(5_000)).getBytes(UTF_8);
            default -> "null".getBytes(UTF_8);
        };
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[1 + random.nextInt(2_000)];
        random.nextBytes(bytes);
        return bytes;
    }
}
