package dev.weir.grok;

/** A key that never changes. */
final class FixedKey implements ApiKeySource {
    private final String key;

    FixedKey(String key) {
        this.key = requireKey(key, "The API key");
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public String toString() {
        return "fixed key";
    }

    /** The key without white space around it, checked to fit into a header; the error never quotes it. */
    static String requireKey(String text, String origin) {
        String key = text.strip();
        if (key.isEmpty()) {
            throw new IllegalArgumentException(origin + " is empty; expected the key as its only content");
        }
        if (!key.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new IllegalArgumentException(origin
                    + " has spaces, line breaks or characters outside ASCII; expected the key as its only content");
        }
        return key;
    }
}
