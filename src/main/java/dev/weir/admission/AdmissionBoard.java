package dev.weir.admission;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How the scopes of this process stood when last told, for metrics and status pages. Threading: safe for any thread;
 * what is read is immutable.
 */
public final class AdmissionBoard {
    private final Map<String, Posted> posted = new ConcurrentHashMap<>();

    private record Posted(Object owner, AdmissionStatus status) {}

    /** Every scope, by name. */
    public List<AdmissionStatus> all() {
        return posted.values().stream()
                .map(Posted::status)
                .sorted(Comparator.comparing(AdmissionStatus::scope))
                .toList();
    }

    /** The scope of that name, if a task of this process owns it. */
    public Optional<AdmissionStatus> find(String scope) {
        return Optional.ofNullable(posted.get(scope)).map(Posted::status);
    }

    void post(Object owner, AdmissionStatus status) {
        posted.put(status.scope(), new Posted(owner, status));
    }

    /** Takes down what an owner posted, unless another owner has posted since. */
    void takeDown(Object owner) {
        posted.values().removeIf(last -> last.owner() == owner);
    }
}
