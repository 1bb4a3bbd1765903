package dev.weir.config;

import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Decides what may be shown of a value. */
final class Secrets {
    static final String HIDDEN = "[hidden]";

    /** Pass-through settings that hold credentials; {@code key.serializer} and the like do not. */
    private static final Pattern TELLING =
            Pattern.compile("password|secret|jaas|credential|token$|keystore\\.key|basic\\.auth\\.user\\.info");

    private static final Pattern USER_INFO = Pattern.compile("//[^/@\\s]+@");

    private Secrets() {}

    static boolean isSecret(String key) {
        return ConfigKeys.find(key).map(known -> known.type() == Type.PASSWORD).orElse(false)
                || TELLING.matcher(key.toLowerCase(Locale.ROOT)).find();
    }

    /** The value for people: secrets hidden, references as written, credentials cut out of addresses. */
    static String show(String key, RawValue value) {
        if (value.text().isEmpty()) {
            return "";
        }
        return isSecret(key) ? HIDDEN : USER_INFO.matcher(value.text()).replaceAll("//" + HIDDEN + "@");
    }
}
