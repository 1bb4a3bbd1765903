package dev.weir.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who does the work.
 *
 * @param name as printed
 * @param kind which program
 * @param jar another build of Weir, to compare two in one run; empty for this one
 * @param settings Weir's settings beyond those of the scenario; empty for peers
 */
record Contestant(String name, Kind kind, String jar, Map<String, String> settings) {
    private static final String JAR = "jar";

    Contestant {
        settings = Map.copyOf(settings);
    }

    /** The programs. */
    enum Kind {
        /** Weir under exactly_once_v2. */
        WEIR_EXACTLY_ONCE("weir-eos", "exactly_once_v2"),
        /** Weir under at_least_once. */
        WEIR_AT_LEAST_ONCE("weir-alo", "at_least_once"),
        /** Confluent's Parallel Consumer with its Vert.x module, unordered. */
        PARALLEL_CONSUMER("parallel-consumer", ""),
        /** A consumer, a non-blocking client, a producer, and no guarantees. */
        RAW_LOOP("raw-loop", ""),
        /** A consumer and 64 threads that block. */
        BLOCKING_POOL("blocking-pool", "");

        private final String id;
        private final String guarantee;

        Kind(String id, String guarantee) {
            this.id = id;
            this.guarantee = guarantee;
        }

        String id() {
            return id;
        }

        boolean isWeir() {
            return !guarantee.isEmpty();
        }

        /** How many calls it can have in flight. */
        int slots(int inFlight) {
            return this == BLOCKING_POOL ? Math.min(inFlight, PeerSettings.BLOCKING_THREADS) : inFlight;
        }

        static Kind of(String id) {
            for (Kind kind : values()) {
                if (kind.id.equals(id)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("contestant '" + id + "' is unknown, expected one of "
                    + java.util.Arrays.stream(values()).map(Kind::id).toList());
        }
    }

    /** Reads {@code weir-eos} or a variant, {@code two=weir-eos,stream.threads=2} or {@code old=weir-eos,jar=FILE}. */
    static Contestant parse(String text) {
        List<String> parts = List.of(text.split(",", -1));
        String head = parts.get(0);
        int equals = head.indexOf('=');
        String name = equals < 0 ? head : head.substring(0, equals);
        Map<String, String> settings = new TreeMap<>();
        for (String part : parts.subList(1, parts.size())) {
            int split = part.indexOf('=');
            if (split < 1) {
                throw new IllegalArgumentException("'" + part + "' of contestant '" + name + "' is not key=value");
            }
            settings.put(part.substring(0, split), part.substring(split + 1));
        }
        String jar = settings.getOrDefault(JAR, "");
        settings.remove(JAR);
        return new Contestant(name, Kind.of(head.substring(equals + 1)), jar, settings);
    }

    String guarantee() {
        return kind.guarantee;
    }
}
