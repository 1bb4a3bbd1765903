package dev.weir.config;

import java.util.List;

/** Checks that hold between keys. */
final class CrossChecks {
    private static final List<String> OFFSETS = List.of(
            "priority.offset.critical.ms",
            "priority.offset.high.ms",
            "priority.offset.normal.ms",
            "priority.offset.low.ms");

    private CrossChecks() {}

    static void check(Values values) {
        atLeast(values, "producer.transaction.timeout.ms", 2, "session.timeout.ms", "twice");
        atLeast(values, "session.timeout.ms", 3, "heartbeat.interval.ms", "three times");
        ordered(values, "retry.backoff.base.ms", "retry.backoff.max.ms");
        ordered(values, "retry.throttle.base.ms", "retry.throttle.max.ms");
        ordered(values, "grok.connect.timeout.ms", "grok.call.timeout.ms");
        for (int i = 1; i < OFFSETS.size(); i++) {
            ordered(values, OFFSETS.get(i - 1), OFFSETS.get(i));
        }
        if (!values.secret("grok.api.key").isEmpty()
                && !values.text("grok.api.key.file").isEmpty()) {
            throw new InvalidConfig("grok.api.key and grok.api.key.file are both set; keep one");
        }
        registry(values);
    }

    private static void registry(Values values) {
        String format = values.text("value.format");
        boolean plugged = !values.text("value.deserializer").isEmpty()
                && (format.equals("auto") || !values.text("value.serializer").isEmpty());
        if (!format.equals("json")
                && !plugged
                && values.text("schema.registry.url").isEmpty()) {
            throw new InvalidConfig("value.format is " + format + " and schema.registry.url is empty; set the address");
        }
        String user = values.secret("schema.registry.basic.auth.user.info");
        if (!user.isEmpty() && !values.secret("schema.registry.bearer.token").isEmpty()) {
            throw new InvalidConfig(
                    "schema.registry.basic.auth.user.info and schema.registry.bearer.token are both set; keep one");
        }
        if (!user.isEmpty() && !user.contains(":")) {
            throw new InvalidConfig("schema.registry.basic.auth.user.info has no colon; write user:password");
        }
    }

    private static void atLeast(Values values, String key, long times, String other, String words) {
        if (values.number(key) < times * values.number(other)) {
            throw new InvalidConfig(key + " is " + values.number(key) + ", expected at least " + words + " " + other
                    + " (" + values.number(other) + ")");
        }
    }

    private static void ordered(Values values, String lower, String upper) {
        if (values.number(lower) > values.number(upper)) {
            throw new InvalidConfig(lower + " is " + values.number(lower) + ", expected at most " + upper + " ("
                    + values.number(upper) + ")");
        }
    }
}
