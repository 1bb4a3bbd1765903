package dev.weir.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Loads the configuration from a file, then environment variables, then the command line; the later wins.
 *
 * <p>A variable is {@code WEIR_} and the key in upper case, {@code _} for a dot and {@code __} for a dash:
 * {@code WEIR_GROK_BASE_URL}, {@code WEIR_SCOPE_GROK__4}. A model whose name has upper case can only be written in the
 * file.
 */
public final class ConfigLoader {
    private ConfigLoader() {}

    /**
     * The checked configuration.
     *
     * @param file Kafka-style properties in UTF-8, or null
     * @param overrides {@code key=value} each
     * @param env the process environment
     * @throws InvalidConfig at the first problem
     */
    public static WeirConfig load(@Nullable Path file, List<String> overrides, Map<String, String> env) {
        return load(Map.of(), file, overrides, env);
    }

    /**
     * The checked configuration of a command with defaults of its own.
     *
     * @param defaults values by key, where nothing else sets one
     * @param file Kafka-style properties in UTF-8, or null
     * @param overrides {@code key=value} each
     * @param env the process environment
     * @throws InvalidConfig at the first problem
     */
    public static WeirConfig load(
            Map<String, String> defaults, @Nullable Path file, List<String> overrides, Map<String, String> env) {
        Map<String, RawValue> raw = Sources.read(defaults, file, overrides, env);
        raw.forEach((key, value) -> KnownKeys.check(key, value.origin()));
        Map<String, String> resolved = References.resolve(raw, env);
        Values values = new Values();
        raw.forEach((key, written) -> {
            String text = resolved.getOrDefault(key, written.text());
            ConfigKeys.find(key)
                    .ifPresentOrElse(
                            known -> values.put(key, parse(key, known, text, written)),
                            () -> values.putText(key, free(key, text, written)));
        });
        CrossChecks.check(values);
        return new WeirConfig(values, raw);
    }

    /** Whether there is such a key. */
    public static boolean isKey(String key) {
        return KnownKeys.isKnown(key);
    }

    private static Object parse(String key, ConfigKey known, String text, RawValue written) {
        return parse(key, text, known.type(), known.validator, written);
    }

    /** A value of a free key: settings of Kafka are Kafka's to check. */
    private static String free(String key, String text, RawValue written) {
        if (key.startsWith(ConfigKeys.TENANT_WEIGHT)) {
            return String.valueOf(parse(key, text, Type.LONG, KeyForms.WEIGHT, written));
        }
        if (key.startsWith(ConfigKeys.MODEL_BYTES)) {
            return String.valueOf(parse(key, text, Type.LONG, KeyForms.MODEL_SIZE, written));
        }
        if (key.startsWith(ConfigKeys.SCOPE)) {
            return String.valueOf(parse(key, text, Type.STRING, KeyForms.SCOPE_NAME, written));
        }
        return text;
    }

    private static Object parse(String key, String text, Type type, Validator validator, RawValue written) {
        try {
            Object parsed = Objects.requireNonNull(ConfigDef.parseType(key, text, type));
            validator.ensureValid(key, parsed);
            return parsed;
        } catch (ConfigException e) {
            // The value is shown as written, so that nothing which a reference brought in can show.
            throw new InvalidConfig(key + " is \"" + Secrets.show(key, written) + "\" (" + written.origin()
                    + "), expected " + validator);
        }
    }
}
