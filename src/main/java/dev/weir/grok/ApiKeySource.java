package dev.weir.grok;

import java.nio.file.Path;

/** Where the API key comes from. Threading: safe for any thread. No implementation shows the key in its text. */
public interface ApiKeySource {
    /** The key to use now. */
    String key();

    /** Always this key, without the white space around it. */
    static ApiKeySource fixed(String key) {
        return new FixedKey(key);
    }

    /**
     * The content of the file, read again whenever its time or size has changed, so that a key can be replaced without
     * a restart. When it cannot be read later on, the last key stays in use.
     *
     * @throws IllegalArgumentException when the file cannot be read or holds no key
     */
    static ApiKeySource file(Path file) {
        return new FileKey(file);
    }
}
