package dev.weir.control;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** The meters of commands. Threading: any. */
public final class ControlMetrics {
    private final MeterRegistry registry;

    /** Meters in that registry. */
    public ControlMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void relayed(ControlCommand command) {
        count(command instanceof ControlCommand.Cancel ? "cancel" : "resume");
    }

    void unreadable() {
        count("unreadable");
    }

    private void count(String command) {
        Counter.builder("weir.control.commands")
                .description("Commands read from the control topic, unreadable ones included.")
                .tag("command", command)
                .register(registry)
                .increment();
    }
}
