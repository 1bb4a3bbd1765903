package dev.weir.config;

/** A configuration that cannot work, explained in one line with the key, its value unless secret, and the cure. */
public final class InvalidConfig extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Explains what is wrong; the line must not contain a secret. */
    public InvalidConfig(String line) {
        super(line);
    }
}
