package dev.weir.config;

/**
 * A value as written.
 *
 * @param text the text, trimmed, references not resolved
 * @param origin where it was written, for errors
 */
record RawValue(String text, String origin) {}
