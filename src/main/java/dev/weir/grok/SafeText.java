package dev.weir.grok;

import java.util.regex.Pattern;

/** Text of a stranger made fit for events and logs: one line, short, without control characters and key material. */
final class SafeText {
    private static final int MAX_MESSAGE = 500;
    private static final int MAX_CODE = 100;
    /** How much is looked at: the patterns below must not run over megabytes. */
    private static final int MAX_INPUT = 8_192;

    private static final Pattern BEARER = Pattern.compile("(?i)\\bbearer\\s+[^\\s\"',;]+");
    private static final Pattern KEY = Pattern.compile("(?i)(?<![a-z0-9])(xai|sk)-[a-z0-9_*.\\-]{6,}");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}]+");
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private SafeText() {}

    /** A message of at most 500 characters. */
    static String message(String text) {
        return clean(text, MAX_MESSAGE);
    }

    /** An error code of at most 100 characters. */
    static String code(String text) {
        return clean(text, MAX_CODE);
    }

    /** The text with each half of a surrogate pair replaced: JSON can name one, but no event can carry it. */
    static String whole(String text) {
        return hasSurrogate(text) ? LONE_SURROGATE.matcher(text).replaceAll("\uFFFD") : text;
    }

    private static boolean hasSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static String clean(String text, int max) {
        String line = UNPRINTABLE.matcher(head(text, MAX_INPUT)).replaceAll(" ");
        String spaced = SPACES.matcher(line).replaceAll(" ").strip();
        // Masked before it is shortened: half a key is still key material, and no longer looks like one.
        String masked =
                KEY.matcher(BEARER.matcher(spaced).replaceAll("Bearer ***")).replaceAll("$1-***");
        return masked.length() <= max ? masked : head(masked, max - 1) + "…";
    }

    /** The first characters, never half of a surrogate pair. */
    static String head(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
    }
}
