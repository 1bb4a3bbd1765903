package dev.weir.grok;

import dev.weir.event.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Real and nearly real bodies of Grok and of the proxies before it. */
final class Fixtures {
    private Fixtures() {}

    static Blob body(String file) {
        try (InputStream in = Objects.requireNonNull(Fixtures.class.getResourceAsStream(file), file)) {
            return Blob.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
