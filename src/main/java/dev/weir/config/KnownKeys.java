package dev.weir.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Refuses keys that mean nothing, and pass-through settings that Weir decides itself. */
final class KnownKeys {
    /** Kafka settings that would break a promise, and what to set instead; empty if nothing. */
    private static final Map<String, String> DECIDED = Map.ofEntries(
            Map.entry("bootstrap.servers", "bootstrap.servers"),
            Map.entry("application.id", "application.id"),
            Map.entry("group.id", "application.id"),
            Map.entry("processing.guarantee", "processing.guarantee"),
            Map.entry("num.stream.threads", "stream.threads"),
            Map.entry("commit.interval.ms", "commit.interval.ms"),
            Map.entry("state.dir", "state.dir"),
            Map.entry("num.standby.replicas", "standby.replicas"),
            Map.entry("session.timeout.ms", "session.timeout.ms"),
            Map.entry("heartbeat.interval.ms", "heartbeat.interval.ms"),
            Map.entry("transaction.timeout.ms", "producer.transaction.timeout.ms"),
            Map.entry("group.instance.id", "instance.id"),
            Map.entry("max.request.size", "requests.max.bytes or grok.max.response.bytes"),
            Map.entry("topic.max.message.bytes", "requests.max.bytes or grok.max.response.bytes"),
            Map.entry("topic.message.timestamp.before.max.ms", ""),
            Map.entry("topic.cleanup.policy", ""),
            Map.entry("group.protocol", ""),
            Map.entry("isolation.level", ""),
            Map.entry("enable.auto.commit", ""),
            Map.entry("enable.idempotence", ""),
            Map.entry("acks", ""),
            Map.entry("production.exception.handler", ""),
            Map.entry("processing.exception.handler", ""),
            Map.entry("transactional.id", ""));

    private static final List<String> FREE_PREFIXES = List.of(
            ConfigKeys.SCOPE,
            ConfigKeys.TENANT_WEIGHT,
            ConfigKeys.MODEL_BYTES,
            ConfigKeys.SCHEMA_REGISTRY,
            ConfigKeys.KAFKA);

    private static final List<String> CLIENT_PREFIXES = List.of(
            "producer.", "consumer.", "streams.", "admin.", "main.consumer.", "restore.consumer.", "global.consumer.");

    private KnownKeys() {}

    static void check(String key, String origin) {
        if (key.startsWith(ConfigKeys.KAFKA)) {
            checkPassThrough(key);
        }
        if (!isKnown(key)) {
            throw new InvalidConfig("unknown key " + key + " (" + origin + ")" + hint(key));
        }
    }

    static boolean isKnown(String key) {
        return ConfigKeys.find(key).isPresent()
                || FREE_PREFIXES.stream().anyMatch(prefix -> key.startsWith(prefix) && key.length() > prefix.length());
    }

    private static void checkPassThrough(String key) {
        String decided = DECIDED.get(bare(key.substring(ConfigKeys.KAFKA.length())));
        if (decided != null) {
            throw new InvalidConfig(
                    key + (decided.isEmpty() ? " is decided by Weir; remove it" : " is not passed on; set " + decided));
        }
    }

    private static String bare(String setting) {
        for (String prefix : CLIENT_PREFIXES) {
            if (setting.startsWith(prefix)) {
                return bare(setting.substring(prefix.length()));
            }
        }
        return setting;
    }

    private static String hint(String key) {
        String near = nearest(key);
        String question = "; did you mean " + near + "?";
        if (key.startsWith(ConfigKeys.QUOTA)) {
            return question + " A quota key ends in " + String.join(", ", ConfigKeys.QUOTA_SUFFIXES);
        }
        return edits(key, near) <= near.length() / 3 ? question : question + " config/weir.properties lists all keys";
    }

    /** The known key that takes the fewest edits; of a quota it is a quota, of the same scope where it has one. */
    static String nearest(String key) {
        List<String> candidates = new ArrayList<>();
        rest(key, ConfigKeys.QUOTA).map(KnownKeys::quotas).ifPresent(candidates::addAll);
        ConfigKeys.all().stream().map(known -> known.name).forEach(candidates::add);
        FREE_PREFIXES.forEach(prefix ->
                rest(key, prefix).map(prefix::concat).filter(KnownKeys::isKnown).ifPresent(candidates::add));
        return candidates.stream()
                .filter(candidate -> !key.startsWith(ConfigKeys.QUOTA) || candidate.startsWith(ConfigKeys.QUOTA))
                .min(Comparator.comparingInt(candidate -> edits(key, candidate)))
                .orElseThrow();
    }

    /** What follows a prefix that is written with errors in at most a third of it: anything may follow it. */
    private static Optional<String> rest(String key, String prefix) {
        int dots = (int) prefix.chars().filter(c -> c == '.').count();
        String[] parts = key.split("\\.", dots + 1);
        if (parts.length <= dots) {
            return Optional.empty();
        }
        String rest = parts[dots];
        String typed = key.substring(0, key.length() - rest.length());
        return Optional.of(rest).filter(any -> edits(typed, prefix) <= prefix.length() / 3);
    }

    /** Every quota of the scopes that the rest of a quota's key may begin with, the longest first: names have dots. */
    private static List<String> quotas(String rest) {
        List<String> scopes = new ArrayList<>();
        for (int dot = rest.lastIndexOf('.'); dot > 0; dot = rest.lastIndexOf('.', dot - 1)) {
            scopes.add(rest.substring(0, dot));
        }
        if (scopes.isEmpty() || ConfigKeys.QUOTA_SUFFIXES.contains("." + rest)) {
            scopes = List.of(ConfigKeys.DEFAULT_SCOPE);
        }
        return scopes.stream()
                .flatMap(scope -> ConfigKeys.QUOTA_SUFFIXES.stream().map(suffix -> ConfigKeys.QUOTA + scope + suffix))
                .toList();
    }

    /** The Levenshtein distance. */
    static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
