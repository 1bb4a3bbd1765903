package dev.weir.ops;

/** What one health check answers. */
public sealed interface Check {
    /** All is well. */
    record Up() implements Check {}

    /**
     * It works, and somebody should look at it.
     *
     * @param reason what is wrong, in a few words
     */
    record Degraded(String reason) implements Check {}

    /**
     * It does not work.
     *
     * @param reason what is wrong, in a few words
     */
    record Down(String reason) implements Check {}

    /** All is well. */
    static Check up() {
        return new Up();
    }

    /** It works, and somebody should look at it. */
    static Check degraded(String reason) {
        return new Degraded(reason);
    }

    /** It does not work. */
    static Check down(String reason) {
        return new Down(reason);
    }
}
