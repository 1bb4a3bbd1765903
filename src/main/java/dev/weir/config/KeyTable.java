package dev.weir.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Fills Kafka's definition of keys, one line per key, in sections that keep their order. */
final class KeyTable {
    private final ConfigDef definition = new ConfigDef();
    private String section = "";
    private Importance importance = Importance.MEDIUM;
    private int order;

    ConfigDef definition() {
        return definition;
    }

    KeyTable section(String name, Importance importance) {
        this.section = name;
        this.importance = importance;
        return this;
    }

    KeyTable number(String name, long value, long min, String doc) {
        return number(name, value, min, Integer.MAX_VALUE, doc);
    }

    KeyTable number(String name, long value, long min, long max, String doc) {
        return define(name, Type.LONG, value, Check.from(min, max), doc);
    }

    KeyTable text(String name, String value, Check check, String doc) {
        return define(name, Type.STRING, value, check, doc);
    }

    KeyTable list(String name, String value, Check check, String doc) {
        return define(name, Type.LIST, value, check, doc);
    }

    KeyTable yesNo(String name, boolean value, String doc) {
        return define(name, Type.BOOLEAN, value, Check.any("true or false"), doc);
    }

    KeyTable secret(String name, String doc) {
        return define(name, Type.PASSWORD, "", Check.any("a secret"), doc);
    }

    private KeyTable define(String name, Type type, Object value, Check check, String doc) {
        definition.define(name, type, value, check, importance, doc, section, ++order, Width.MEDIUM, name);
        return this;
    }
}
