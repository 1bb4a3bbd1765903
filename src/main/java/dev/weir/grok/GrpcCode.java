package dev.weir.grok;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * The gRPC code in Grok's {@code code} field, which is written as a kebab-case name (since 2026) or as a sentence
 * (before), each with the HTTP status that means the same.
 */
enum GrpcCode {
    CANCELLED("cancelled", "The operation was cancelled", 499),
    UNKNOWN("unknown", "Unknown error", 500),
    INVALID_ARGUMENT("invalid-argument", "Client specified an invalid argument", 400),
    DEADLINE_EXCEEDED("deadline-exceeded", "Deadline expired before operation could complete", 504),
    NOT_FOUND("not-found", "Some requested entity was not found", 404),
    ALREADY_EXISTS("already-exists", "Some entity that we attempted to create already exists", 409),
    PERMISSION_DENIED(
            "permission-denied", "The caller does not have permission to execute the specified operation", 403),
    RESOURCE_EXHAUSTED("resource-exhausted", "Some resource has been exhausted", 429),
    FAILED_PRECONDITION(
            "failed-precondition", "The system is not in a state required for the operation's execution", 400),
    ABORTED("aborted", "The operation was aborted", 409),
    OUT_OF_RANGE("out-of-range", "Operation was attempted past the valid range", 400),
    UNIMPLEMENTED("unimplemented", "Operation is not implemented or not supported", 404),
    INTERNAL("internal", "Internal error", 500),
    UNAVAILABLE("unavailable", "The service is currently unavailable", 503),
    DATA_LOSS("data-loss", "Unrecoverable data loss or corruption", 500),
    UNAUTHENTICATED("unauthenticated", "The request does not have valid authentication credentials", 401);

    private final String kebab;
    private final String sentence;
    private final int status;

    GrpcCode(String kebab, String sentence, int status) {
        this.kebab = kebab;
        this.sentence = sentence;
        this.status = status;
    }

    /** The HTTP status that a code of either vocabulary, or a number, stands for. */
    static OptionalInt statusOf(String code) {
        if (code.matches("[45]\\d\\d")) {
            return OptionalInt.of(Integer.parseInt(code));
        }
        String name = code.strip().toLowerCase(Locale.ROOT).replace('_', '-');
        for (GrpcCode known : values()) {
            if (known.kebab.equals(name) || known.sentence.equalsIgnoreCase(code.strip())) {
                return OptionalInt.of(known.status);
            }
        }
        return OptionalInt.empty();
    }
}
