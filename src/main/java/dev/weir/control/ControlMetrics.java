package dev.weir.control;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** The meters of commands, there from the beginning. Threading: any. */
public final class ControlMetrics {
    private final Counter cancels;
    private final Counter resumes;
    private final Counter unreadable;
    private final AtomicInteger waiting = new AtomicInteger();

    /** Meters in that registry. */
    public ControlMetrics(MeterRegistry registry) {
        cancels = counter(registry, "cancel");
        resumes = counter(registry, "resume");
        unreadable = counter(registry, "unreadable");
        Gauge.builder("weir.control.waiting", waiting, AtomicInteger::get)
                .description("Commands whose schema the registry cannot tell yet.")
                .register(registry);
    }

    void relayed(ControlCommand command) {
        if (command instanceof ControlCommand.Cancel) {
            cancels.increment();
        } else {
            resumes.increment();
        }
    }

    void unreadable() {
        unreadable.increment();
    }

    void waiting(int change) {
        waiting.addAndGet(change);
    }

    private static Counter counter(MeterRegistry registry, String command) {
        return Counter.builder("weir.control.commands")
                .description("Commands read from the control topic, unreadable ones included.")
                .tag("command", command)
                .register(registry);
    }
}
