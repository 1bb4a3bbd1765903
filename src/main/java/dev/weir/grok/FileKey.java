package dev.weir.grok;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A key in a file that may be replaced at any time. */
final class FileKey implements ApiKeySource {
    private static final Logger LOG = LoggerFactory.getLogger(FileKey.class);
    private static final long MAX_BYTES = 16_384;

    private record Version(FileTime time, long size) {}

    private record Loaded(Version version, String key) {}

    private final Path file;
    private volatile Loaded loaded;
    /** The version that failed last: each is complained about once. */
    private volatile Version refused = new Version(FileTime.fromMillis(0), -1);

    FileKey(Path file) {
        this.file = file;
        try {
            this.loaded = load(version(file), file);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The key file " + file + " cannot be read (" + e.getClass().getSimpleName()
                            + "); expected a readable file with the API key",
                    e);
        }
    }

    @Override
    public String key() {
        Version current = new Version(FileTime.fromMillis(0), -2);
        try {
            current = version(file);
            if (!current.equals(loaded.version()) && !current.equals(refused)) {
                loaded = load(current, file);
            }
        } catch (IOException | IllegalArgumentException e) {
            if (!current.equals(refused)) {
                refused = current;
                LOG.warn("The key file {} cannot be used, the last key stays in use: {}", file, reason(e));
            }
        }
        return loaded.key();
    }

    @Override
    public String toString() {
        return "key file " + file;
    }

    private static Version version(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Version(attributes.lastModifiedTime(), attributes.size());
    }

    private static Loaded load(Version version, Path file) throws IOException {
        if (version.size() > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "The key file " + file + " has " + version.size() + " bytes; expected the key as its only content");
        }
        return new Loaded(version, FixedKey.requireKey(Files.readString(file), "The key file " + file));
    }

    private static String reason(Exception e) {
        return e instanceof IllegalArgumentException
                ? String.valueOf(e.getMessage())
                : e.getClass().getSimpleName();
    }
}
