package dev.weir.grok;

import java.net.URI;
import java.time.Duration;

/**
 * How Grok is called.
 *
 * @param baseUrl scheme, host, and a path prefix if any, such as {@code https://api.x.ai}; a {@code /v1} at its end is
 *     the API's own and counts once
 * @param callTimeout from the start of a call to the last byte of its answer, more than zero
 * @param connectTimeout for one connection, more than zero
 * @param maxResponseBytes the largest answer, in bytes after decompression, at least 1024
 */
public record GrokSettings(URI baseUrl, Duration callTimeout, Duration connectTimeout, long maxResponseBytes) {
    /** xAI's own address, which routes to the nearest region. */
    public static final URI DEFAULT_BASE_URL = URI.create("https://api.x.ai");

    private static final long MIN_RESPONSE_BYTES = 1_024;
    private static final String API = "/v1";

    /** Checks every value. */
    public GrokSettings {
        String scheme = baseUrl.getScheme();
        require(
                "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme),
                "baseUrl",
                withoutUser(baseUrl),
                "an http or https address such as https://api.x.ai");
        require(baseUrl.getHost() != null, "baseUrl", withoutUser(baseUrl), "an address with a host name");
        require(
                baseUrl.getUserInfo() == null && baseUrl.getQuery() == null && baseUrl.getFragment() == null,
                "baseUrl",
                withoutUser(baseUrl),
                "an address without user, query and fragment");
        require(isPositive(callTimeout), "callTimeout", callTimeout, "more than zero");
        require(isPositive(connectTimeout), "connectTimeout", connectTimeout, "more than zero");
        require(
                maxResponseBytes >= MIN_RESPONSE_BYTES,
                "maxResponseBytes",
                maxResponseBytes,
                "at least " + MIN_RESPONSE_BYTES);
    }

    /** Whether the connection is encrypted. */
    boolean encrypted() {
        return "https".equalsIgnoreCase(baseUrl.getScheme());
    }

    /** The path of chat completions, below the prefix of the base address. */
    String completionsPath() {
        String prefix = baseUrl.getRawPath().replaceAll("/+$", "");
        return (prefix.endsWith(API) ? prefix : prefix + API) + "/chat/completions";
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static String withoutUser(URI uri) {
        return uri.toString().replaceAll("//[^/]*@", "//***@");
    }

    private static void require(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
        }
    }
}
