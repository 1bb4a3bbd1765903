package dev.weir.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds credentials that would cross a network unencrypted. Pure: no name is looked up. */
final class ClearText {
    private ClearText() {}

    /** One line for each setting that sends a secret in the clear to another machine; none names the secret. */
    static List<String> warnings(URI grok, FormatConfig.Registry registry) {
        List<String> lines = new ArrayList<>();
        if (leavesTheMachine(grok)) {
            lines.add("grok.base.url " + shown(grok) + " sends the API key and all prompts unencrypted; use https");
        }
        if (registry.userInfo().isPresent() || registry.token().isPresent()) {
            registry.urls().stream()
                    .filter(ClearText::leavesTheMachine)
                    .forEach(url -> lines.add("schema.registry.url " + shown(url)
                            + " sends the registry's credentials unencrypted; use https"));
        }
        return lines;
    }

    private static boolean leavesTheMachine(URI url) {
        return "http".equalsIgnoreCase(url.getScheme()) && !isLoopback(url.getHost());
    }

    private static boolean isLoopback(@Nullable String host) {
        if (host == null) {
            return false;
        }
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("[::1]")
                || name.equals("[0:0:0:0:0:0:0:1]")
                || name.matches("127(\\.[0-9]{1,3}){3}");
    }

    /** Without what may stand before the host, which can be a password. */
    private static String shown(URI url) {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }
}
