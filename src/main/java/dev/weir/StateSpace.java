package dev.weir;

import dev.weir.ops.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The room that is left for the state. A full disk loses nothing, for Kafka has it all, but every stream thread that
 * writes fails until there is room again.
 */
final class StateSpace {
    /** Less cannot take one table of each store. */
    static final long LEAST_BYTES = 32 << 20;

    private StateSpace() {}

    /** Refuses a folder with too little room, as no store would open. */
    static void require(Path folder) {
        if (check(folder) instanceof Check.Down down) {
            throw new IllegalStateException(down.reason());
        }
    }

    /** Down while there is too little room, with the cure. */
    static Check check(Path folder) {
        try {
            long left = Files.getFileStore(folder).getUsableSpace();
            return left >= LEAST_BYTES
                    ? Check.up()
                    : Check.down("state.dir " + folder + " has " + (left >> 20) + " MB left, " + (LEAST_BYTES >> 20)
                            + " are needed: free some space, nothing is lost");
        } catch (IOException e) {
            return Check.down("state.dir " + folder + " cannot be looked at: "
                    + e.getClass().getSimpleName());
        }
    }
}
