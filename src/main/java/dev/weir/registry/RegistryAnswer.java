package dev.weir.registry;

import java.util.function.Function;

/**
 * What a question to the registry answers.
 *
 * @param <T> what was asked for
 */
public sealed interface RegistryAnswer<T> {
    /**
     * It was found, or done.
     *
     * @param value the answer
     */
    record Found<T>(T value) implements RegistryAnswer<T> {}

    /**
     * The registry is well and says no; asking again does not help.
     *
     * @param status the HTTP status, such as 404 or 409
     * @param code the registry's own error code, such as 40403, or the status when it gave none
     * @param message for people
     */
    record Refused<T>(int status, int code, String message) implements RegistryAnswer<T> {
        /** Whether what was asked for does not exist. */
        public boolean isNotFound() {
            return status == 404;
        }

        /** Whether the schema does not go with the subject's earlier versions. */
        public boolean isIncompatible() {
            return status == 409;
        }
    }

    /**
     * Nobody could answer now: no connection, a time-out, a failing server, or refused credentials. Asking later may
     * help.
     *
     * @param message for people; names the registry
     */
    record Unavailable<T>(String message) implements RegistryAnswer<T> {}

    /** The answer with another value. */
    default <U> RegistryAnswer<U> map(Function<T, U> change) {
        if (this instanceof Found<T> found) {
            return new Found<>(change.apply(found.value()));
        }
        if (this instanceof Refused<T> refused) {
            return new Refused<>(refused.status(), refused.code(), refused.message());
        }
        return new Unavailable<>(((Unavailable<T>) this).message());
    }
}
