package dev.weir.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the API key from its setting or its file. No error shows it. */
final class ApiKey {
    private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7e]+");

    private ApiKey() {}

    static String read(String key, String file) {
        if (key.isEmpty() && file.isEmpty()) {
            throw new InvalidConfig(
                    "no API key: set grok.api.key=${env:XAI_API_KEY}, or grok.api.key.file to a file that holds it");
        }
        String found = key.isEmpty() ? content(file) : key;
        if (!SENDABLE.matcher(found).matches()) {
            String source = key.isEmpty() ? "grok.api.key.file " + file : "grok.api.key";
            throw new InvalidConfig(
                    source + (found.isEmpty() ? " is empty" : " holds blanks or characters that no key has"));
        }
        return found;
    }

    /** A line for a key file that every user of the machine may read; empty where that cannot be told. */
    static Optional<String> warning(String file) {
        try {
            boolean open = !file.isEmpty()
                    && Files.getPosixFilePermissions(Path.of(file)).contains(PosixFilePermission.OTHERS_READ);
            return open
                    ? Optional.of("grok.api.key.file " + file + " can be read by every user of this machine: chmod o-r")
                    : Optional.empty();
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private static String content(String file) {
        try {
            return Files.readString(Path.of(file), UTF_8).strip();
        } catch (IOException e) {
            throw new InvalidConfig("grok.api.key.file " + file + " cannot be read: "
                    + e.getClass().getSimpleName());
        }
    }
}
