package dev.weir.avro;

/** An Avro value that holds no event of the kind expected; the message names the field, the value and the cure. */
final class NotARequest extends Exception {
    private static final long serialVersionUID = 1L;

    NotARequest(String message) {
        super(message);
    }
}
