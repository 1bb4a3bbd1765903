package dev.weir.bench;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the threads of a contestant are for, by their names. */
enum ThreadGroup {
    /** Weir's stream threads that hold, call and answer requests. */
    DISPATCH(".*-dispatch-.*-StreamThread-\\d+"),
    /** Weir's stream threads that decide on permits. */
    ADMISSION(".*-admission-.*-StreamThread-\\d+"),
    /** The event loops of the HTTP client. */
    HTTP("armeria-common-worker.*|vert\\.x-eventloop.*"),
    /** The network threads of Kafka's producers. */
    PRODUCERS("kafka-producer-network-thread.*"),
    /** The virtual machine's compilers. */
    COMPILERS("C[12] CompilerThread.*"),
    /** The virtual machine's collector. */
    COLLECTOR("GC Thread.*|G1 .*|VM Thread");

    private final Pattern names;

    ThreadGroup(String names) {
        this.names = Pattern.compile(names);
    }

    /** The name of its figure: the processor time of an answer. */
    String figure() {
        return "cpu_us_" + name().toLowerCase(Locale.ROOT);
    }

    /** The group of a thread of that name, if it is in one. */
    static Optional<ThreadGroup> of(String thread) {
        for (ThreadGroup group : values()) {
            if (group.names.matcher(thread).matches()) {
                return Optional.of(group);
            }
        }
        return Optional.empty();
    }
}
