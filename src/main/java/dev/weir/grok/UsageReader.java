package dev.weir.grok;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.event.Usage;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code usage}. A number that is absent, negative, no number or beyond reason counts as not said. */
final class UsageReader {
    /** No call uses a trillion tokens: larger numbers would only overflow sums. */
    private static final long MAX_TOKENS = 1_000_000_000_000L;
    /** 1 US dollar = 10^10 ticks; a million dollars for one call is beyond reason. */
    private static final int TICK_SCALE = 10;

    private static final long MAX_TICKS = 1_000_000L * 10_000_000_000L;
    private static final long NOT_SAID = -1;

    private static final Pattern KEY = Pattern.compile("\"usage\"\\s*:");

    private UsageReader() {}

    /** What the body says was used, or null when it says nothing. */
    static @Nullable Usage read(JsonNode body) {
        JsonNode usage = body.path("usage");
        long prompt = number(usage.path("prompt_tokens"), MAX_TOKENS);
        long completion = number(usage.path("completion_tokens"), MAX_TOKENS);
        long total = number(usage.path("total_tokens"), MAX_TOKENS);
        if (prompt < 0 && completion < 0 && total < 0) {
            return null;
        }
        long cached = orZero(number(usage.path("prompt_tokens_details").path("cached_tokens"), MAX_TOKENS));
        long reasoning = orZero(number(usage.path("completion_tokens_details").path("reasoning_tokens"), MAX_TOKENS));
        long sum = orZero(prompt) + orZero(completion) + reasoning;
        return new Usage(orZero(prompt), cached, orZero(completion), reasoning, total < 0 ? sum : total, cost(usage));
    }

    /** What the end of a body says was used, or null; it must hold the rest of the body from the usage on. */
    static @Nullable Usage find(String end) {
        Matcher key = KEY.matcher(end);
        while (key.find()) {
            Optional<JsonNode> rest = Json.parse("{" + end.substring(key.start()));
            if (rest.isPresent()) {
                return read(rest.get());
            }
        }
        return null;
    }

    private static @Nullable BigDecimal cost(JsonNode usage) {
        long ticks = number(usage.path("cost_in_usd_ticks"), MAX_TICKS);
        return ticks < 0 ? null : BigDecimal.valueOf(ticks, TICK_SCALE);
    }

    private static long number(JsonNode value, long max) {
        // The double decides first: it is cheap for any number of digits. NaN fails both comparisons.
        double approximate = value.isNumber() ? value.doubleValue() : NOT_SAID;
        return approximate >= 0 && approximate <= max ? value.longValue() : NOT_SAID;
    }

    private static long orZero(long value) {
        return Math.max(0, value);
    }
}
