package dev.weir.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The keys with a free part, such as the name of a scope: their form and what it means, for the reference. */
final class KeyForms {
    static final Map<String, String> ALL = forms();

    static final Check WEIGHT = Check.from(1, 1_000);
    static final Check MODEL_SIZE = Check.from(1, 1_000_000);
    static final Check SCOPE_NAME = Check.notBlank("the name of a scope");

    private KeyForms() {}

    private static Map<String, String> forms() {
        Map<String, String> patterns = new LinkedHashMap<>();
        patterns.put("scope.<model>", "The scope that a model's calls count for; by default its own name.");
        ConfigKeys.QUOTA_SUFFIXES.forEach(suffix -> patterns.put(
                ConfigKeys.QUOTA + "<scope>" + suffix,
                "For one scope, instead of " + ConfigKeys.QUOTA + ConfigKeys.DEFAULT_SCOPE + suffix + "."));
        patterns.put("tenant.weight.<tenant>", "A tenant's share among tenants that wait, 1 to 1000; by default 1.");
        patterns.put(ConfigKeys.MODEL_BYTES + "<model>", "For one model, instead of " + ConfigKeys.BYTES + ".");
        patterns.put(
                "schema.registry.client.<setting>",
                "Passed to value.deserializer and value.serializer, without what stands before.");
        patterns.put("kafka.<setting>", "Passed to every Kafka client, such as kafka.security.protocol.");
        patterns.put("kafka.producer.<setting>", "Passed to producers.");
        patterns.put("kafka.consumer.<setting>", "Passed to consumers.");
        patterns.put("kafka.streams.<setting>", "Passed to Kafka Streams.");
        return Collections.unmodifiableMap(patterns);
    }
}
