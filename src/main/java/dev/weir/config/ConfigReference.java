package dev.weir.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** The reference for people, generated from the table of keys: a Markdown table and a sample file. */
public final class ConfigReference {
    private ConfigReference() {}

    /** One Markdown table with every key. */
    public static String markdown() {
        StringBuilder text = new StringBuilder("| key | default | value | meaning |\n|---|---|---|---|\n");
        ConfigKeys.all()
                .forEach(key -> row(
                        text,
                        key.name,
                        code(ConfigKeys.defaultText(key)),
                        String.valueOf(key.validator),
                        key.documentation));
        KeyForms.ALL.forEach((form, meaning) -> row(text, form, "", "", meaning));
        return text.toString();
    }

    /** A properties file with every key, commented out, at its default. */
    public static String sample() {
        StringBuilder text = new StringBuilder("""
                # Weir's configuration. Every key is here, commented out, at its default.
                # Environment variables stand before this file (WEIR_GROK_BASE_URL for grok.base.url; __ for a dash),
                # --set key=value before both. Secrets: ${env:NAME}, ${file:/path:key} or ${dir:/path:file}.
                """);
        sections().forEach((section, keys) -> {
            text.append("\n## ").append(section).append('\n');
            keys.forEach(key -> entry(text, key));
        });
        text.append("\n## Keys with a free part\n");
        KeyForms.ALL.forEach((form, meaning) ->
                text.append("\n# ").append(meaning).append("\n#").append(form).append("=\n"));
        return text.toString();
    }

    private static Map<String, List<ConfigKey>> sections() {
        return ConfigKeys.all().stream()
                .collect(Collectors.groupingBy(key -> key.group, LinkedHashMap::new, Collectors.toList()));
    }

    private static void entry(StringBuilder text, ConfigKey key) {
        text.append("\n# ").append(key.documentation).append("\n# Value: ").append(key.validator);
        text.append("\n#")
                .append(key.name)
                .append('=')
                .append(ConfigKeys.defaultText(key))
                .append('\n');
    }

    private static void row(StringBuilder text, String key, String value, String expected, String meaning) {
        text.append("| `")
                .append(key)
                .append("` | ")
                .append(value)
                .append(" | ")
                .append(expected);
        text.append(" | ").append(meaning).append(" |\n");
    }

    private static String code(String value) {
        return value.isEmpty() ? "" : "`" + value + "`";
    }
}
