package dev.weir.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.types.Password;

/** Parsed values by key, each either set or its default; also the free keys, which stay texts. */
final class Values {
    private final Map<String, Object> parsed = new LinkedHashMap<>();
    private final SortedMap<String, String> texts = new TreeMap<>();

    void put(String key, Object value) {
        parsed.put(key, value);
    }

    void putText(String key, String text) {
        texts.put(key, text);
    }

    /** The texts of the free keys under a prefix, by the rest of the key. */
    SortedMap<String, String> under(String prefix) {
        SortedMap<String, String> rest = new TreeMap<>();
        texts.forEach((key, text) -> {
            if (key.startsWith(prefix)) {
                rest.put(key.substring(prefix.length()), text);
            }
        });
        return rest;
    }

    boolean isSet(String key) {
        return parsed.containsKey(key);
    }

    long number(String key) {
        return (Long) get(key);
    }

    int integer(String key) {
        return Math.toIntExact(number(key));
    }

    Duration millis(String key) {
        return Duration.ofMillis(number(key));
    }

    String text(String key) {
        return (String) get(key);
    }

    Optional<String> nonEmpty(String key) {
        return Optional.of(text(key)).filter(text -> !text.isEmpty());
    }

    Path path(String key) {
        return Path.of(text(key));
    }

    boolean yes(String key) {
        return (Boolean) get(key);
    }

    String secret(String key) {
        return ((Password) get(key)).value();
    }

    List<String> list(String key) {
        return ((List<?>) get(key)).stream().map(String::valueOf).toList();
    }

    private Object get(String key) {
        Object value = parsed.get(key);
        if (value != null) {
            return value;
        }
        ConfigKey known = ConfigKeys.find(key).orElseThrow(() -> new IllegalArgumentException("no such key: " + key));
        return known.defaultValue;
    }
}
