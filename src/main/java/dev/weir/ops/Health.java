package dev.weir.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/**
 * The named checks behind {@code /health/live} (down: restart the process) and {@code /health/ready} (down: send it no
 * work). A group is down as soon as one of its checks is; a degraded check is only told.
 *
 * <p>Threading: any thread. Checks are called by the threads of the operations port, several at a time, and may not
 * block for long.
 */
public final class Health {
    private final Map<String, Supplier<Check>> live = new ConcurrentSkipListMap<>();
    private final Map<String, Supplier<Check>> ready = new ConcurrentSkipListMap<>();

    /** Adds a check to the live group; one of the same name is replaced. */
    public void live(String name, Supplier<Check> check) {
        live.put(name, check);
    }

    /** Adds a check to the ready group; one of the same name is replaced. */
    public void ready(String name, Supplier<Check> check) {
        ready.put(name, check);
    }

    /** Whether the process should keep running. */
    public Status live() {
        return ask(live);
    }

    /** Whether the process can do its work. */
    public Status ready() {
        return ask(ready);
    }

    private static Status ask(Map<String, Supplier<Check>> checks) {
        boolean up = true;
        List<String> reasons = new ArrayList<>();
        for (Map.Entry<String, Supplier<Check>> check : checks.entrySet()) {
            Check answer = answer(check.getValue());
            if (answer instanceof Check.Down down) {
                up = false;
                reasons.add(check.getKey() + ": " + down.reason());
            } else if (answer instanceof Check.Degraded degraded) {
                reasons.add(check.getKey() + " (degraded): " + degraded.reason());
            }
        }
        return new Status(up, reasons);
    }

    // A check that breaks says nothing good about what it checks.
    private static Check answer(Supplier<Check> check) {
        try {
            return check.get();
        } catch (RuntimeException e) {
            return Check.down("the check itself failed with " + e.getClass().getSimpleName());
        }
    }

    /**
     * The answer of a group.
     *
     * @param up whether no check is down
     * @param reasons one line for each check that is down or degraded, ordered by name
     */
    public record Status(boolean up, List<String> reasons) {
        /** Copies the reasons. */
        public Status {
            reasons = List.copyOf(reasons);
        }
    }
}
