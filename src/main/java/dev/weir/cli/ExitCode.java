package dev.weir.cli;

/** The exit codes of every command. */
final class ExitCode {
    /** It worked. */
    static final int OK = 0;
    /** It ran and failed, or found the promise broken. */
    static final int FAILED = 1;
    /** Wrong usage or configuration, or an environment that cannot work (unreachable broker, missing topics). */
    static final int USAGE = 2;

    private ExitCode() {}
}
