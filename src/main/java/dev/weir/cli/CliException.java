package dev.weir.cli;

/** A failure that is explained in one line, without a stack trace. */
final class CliException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CliException(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    /** Wrong usage, configuration or environment: exit code 2. */
    static CliException usage(String message) {
        return new CliException(message, ExitCode.USAGE);
    }

    /** The command ran and failed: exit code 1. */
    static CliException failed(String message) {
        return new CliException(message, ExitCode.FAILED);
    }

    int exitCode() {
        return exitCode;
    }
}
