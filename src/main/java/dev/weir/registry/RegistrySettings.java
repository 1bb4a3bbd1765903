package dev.weir.registry;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How the registry is reached.
 *
 * @param urls where it is; tried in turn, at least one
 * @param authorization the whole Authorization header, empty for none; a secret
 * @param timeout how long one request may take, connecting included
 * @param tls the certificates to trust, empty for those of the platform
 */
public record RegistrySettings(
        List<URI> urls, Optional<String> authorization, Duration timeout, Optional<SSLContext> tls) {
    /** Copies the list; refuses an empty one. */
    public RegistrySettings {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("schema.registry.url is empty; set at least one address");
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "RegistrySettings[urls=" + urls + ", timeout=" + timeout + "]";
    }
}
