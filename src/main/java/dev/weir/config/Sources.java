package dev.weir.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the values as written, later sources winning: a command's own defaults, file, environment, command line. */
final class Sources {
    private static final String ENV_PREFIX = "WEIR_";

    /** What Kubernetes sets for a service that is named weir, and what the launcher reads: no keys of ours. */
    private static final Pattern NOT_OURS = Pattern.compile("WEIR_(SERVICE_.*|PORT|PORT_.*|JAVA_OPTS)");

    private Sources() {}

    static Map<String, RawValue> read(
            Map<String, String> defaults, @Nullable Path file, List<String> overrides, Map<String, String> env) {
        Map<String, RawValue> values = new TreeMap<>();
        defaults.forEach((key, text) -> put(values, key, text, "the command's default"));
        if (file != null) {
            fromFile(file).forEach((key, text) -> put(values, (String) key, (String) text, file.toString()));
        }
        env.forEach((variable, text) -> {
            if (variable.startsWith(ENV_PREFIX) && !NOT_OURS.matcher(variable).matches()) {
                put(values, keyOf(variable), text, variable);
            }
        });
        overrides.forEach(override -> fromOverride(values, override));
        return values;
    }

    /** The key of a variable: {@code __} is a dash, {@code _} a dot, and everything is lower case. */
    static String keyOf(String variable) {
        return variable.substring(ENV_PREFIX.length())
                .toLowerCase(Locale.ROOT)
                .replace("__", "-")
                .replace('_', '.');
    }

    private static void fromOverride(Map<String, RawValue> values, String override) {
        int equals = override.indexOf('=');
        if (equals < 1) {
            // The text may be a bare secret, so it is not shown.
            throw new InvalidConfig("--set needs key=value, such as --set topics.partitions=12");
        }
        put(values, override.substring(0, equals).trim(), override.substring(equals + 1), "--set");
    }

    private static Properties fromFile(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
            properties.load(reader);
            return properties;
        } catch (java.nio.file.NoSuchFileException e) {
            throw new InvalidConfig("the configuration file " + file + " does not exist");
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new InvalidConfig("the configuration file " + file + " is not UTF-8");
        } catch (IllegalArgumentException e) {
            throw new InvalidConfig("the configuration file " + file + " has a malformed \\u sequence");
        } catch (IOException e) {
            throw new InvalidConfig("the configuration file " + file + " cannot be read: "
                    + e.getClass().getSimpleName());
        }
    }

    private static void put(Map<String, RawValue> values, String key, String text, String origin) {
        values.put(key, new RawValue(text.trim(), origin));
    }
}
