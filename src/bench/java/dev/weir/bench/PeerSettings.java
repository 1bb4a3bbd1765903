package dev.weir.bench;

import java.util.Map;

/**
 * What a peer process is told on its command line.
 *
 * @param bootstrap the broker
 * @param requests the topic it reads
 * @param responses the topic it writes
 * @param url where it posts the value of each record
 * @param apiKey the key it posts with
 * @param inFlight how many calls it may have in flight
 */
record PeerSettings(String bootstrap, String requests, String responses, String url, String apiKey, int inFlight) {
    /** What teams write first. */
    static final int BLOCKING_THREADS = 64;

    /** The header of an answer that tells the HTTP status. */
    static final String STATUS_HEADER = "status";

    static PeerSettings read(String[] args) {
        return new PeerSettings(args[1], args[2], args[3], args[4], args[5], Integer.parseInt(args[6]));
    }

    /**
     * Every peer's producer: acks=all and idempotent as by default, and no lingering, as Weir's outside of
     * transactions.
     */
    Map<String, Object> producer() {
        return Map.of("bootstrap.servers", bootstrap, "linger.ms", 0);
    }

    Map<String, Object> consumer() {
        return Map.of(
                "bootstrap.servers",
                bootstrap,
                "group.id",
                requests,
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false,
                "max.poll.records",
                1_000);
    }
}
