package dev.weir.admission;

import java.util.function.ToIntFunction;

/**
 * How tokens are estimated before anything was learned.
 *
 * @param bytesPer100Tokens the bytes of a body that make 100 prompt tokens, by model
 * @param firstOutput the completion and reasoning tokens expected of a model that was never heard of
 */
public record TokenSettings(ToIntFunction<String> bytesPer100Tokens, long firstOutput) {
    /** Three and a half bytes a token; answers of a thousand. */
    public static final TokenSettings DEFAULT = new TokenSettings(model -> 350, 1_000);
}
