package dev.weir.event;

/**
 * Why a record is no request.
 *
 * @param reason the reason
 * @param message names the field, the value and the cure; no prompt text
 */
record Problem(Reason reason, String message) {
    private static final int SHOWN_CHARS = 40;

    static Problem invalid(String field, String found, String cure) {
        return new Problem(Reason.INVALID_FIELD, field + " is " + found + ": " + cure);
    }

    static Problem missing(String field, String cure) {
        return new Problem(Reason.MISSING_FIELD, field + " is missing: " + cure);
    }

    static Problem json(String found) {
        return new Problem(Reason.INVALID_JSON, "the value " + found + ": publish one JSON object in UTF-8 per record");
    }

    /** The text in quotes, short and on one line. */
    static String quoted(String text) {
        String line = text.codePoints()
                .limit(SHOWN_CHARS)
                .map(c -> Texts.isPlain(c) ? c : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return '"' + line + (Texts.length(text) > SHOWN_CHARS ? "…\"" : "\"");
    }
}
