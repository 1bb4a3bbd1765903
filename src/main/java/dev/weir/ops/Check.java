package dev.weir.ops;

/** How one part of the process is. */
public sealed interface Check {
    /** It works. */
    record Up() implements Check {}

    /**
     * It does not.
     *
     * @param reason why, for people
     */
    record Down(String reason) implements Check {}
}
