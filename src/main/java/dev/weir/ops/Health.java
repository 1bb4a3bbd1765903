package dev.weir.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/** The health of the process, as the checks of its parts tell. Threading: any. */
public final class Health {
    private final Map<String, Supplier<Check>> live = new ConcurrentSkipListMap<>();
    private final Map<String, Supplier<Check>> ready = new ConcurrentSkipListMap<>();

    /** A part without which the process must be restarted. */
    public void live(String part, Supplier<Check> check) {
        live.put(part, check);
    }

    /** A part without which the process cannot serve for the moment. */
    public void ready(String part, Supplier<Check> check) {
        ready.put(part, check);
    }

    /** Why the process must be restarted; empty when it need not. */
    public List<String> reasonsNotLive() {
        return reasons(live);
    }

    /** Why the process cannot serve; empty when it can. */
    public List<String> reasonsNotReady() {
        List<String> all = reasons(live);
        all.addAll(reasons(ready));
        return all;
    }

    private static List<String> reasons(Map<String, Supplier<Check>> checks) {
        List<String> reasons = new ArrayList<>();
        checks.forEach((part, check) -> {
            if (check.get() instanceof Check.Down down) {
                reasons.add(part + ": " + down.reason());
            }
        });
        return reasons;
    }
}
