package dev.weir.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/** Resolves {@code ${env:NAME}}, {@code ${file:/path:key}} and {@code ${dir:/path:file}} with Kafka's providers. */
final class References {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file|dir):[^}]*}");

    private References() {}

    static boolean isIn(String text) {
        return REFERENCE.matcher(text).find();
    }

    static Map<String, String> resolve(Map<String, RawValue> values, Map<String, String> env) {
        Map<String, ConfigProvider> providers = Map.of(
                "env", new EnvVarConfigProvider(env),
                "file", new FileConfigProvider(),
                "dir", new DirectoryConfigProvider());
        providers.values().forEach(provider -> provider.configure(Map.of()));
        ConfigTransformer transformer = new ConfigTransformer(providers);
        Map<String, String> resolved = new LinkedHashMap<>();
        values.forEach((key, value) -> resolved.put(key, resolve(transformer, key, value.text())));
        providers.values().forEach(References::close);
        return resolved;
    }

    private static String resolve(ConfigTransformer transformer, String key, String text) {
        Matcher matcher = REFERENCE.matcher(text);
        while (matcher.find()) {
            resolveOne(transformer, key, matcher.group());
        }
        return isIn(text) ? transform(transformer, key, text) : text;
    }

    private static void resolveOne(ConfigTransformer transformer, String key, String reference) {
        if (transform(transformer, key, reference).equals(reference)) {
            throw new InvalidConfig(key + " refers to " + reference + ", which is not set");
        }
    }

    private static String transform(ConfigTransformer transformer, String key, String text) {
        try {
            String resolved = transformer.transform(Map.of(key, text)).data().get(key);
            return resolved == null ? text : resolved.trim();
        } catch (ConfigException e) {
            throw new InvalidConfig(key + " refers to " + text + ", which cannot be read");
        }
    }

    private static void close(ConfigProvider provider) {
        try {
            provider.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
