package dev.weir.admission;

import dev.weir.event.Priority;
import dev.weir.event.Reason;
import dev.weir.event.StopClass;
import dev.weir.permit.InboxMessage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * The meters of admission. Gauges read the board's immutable statuses, never a task's own state. Threading: safe for
 * any thread.
 */
public final class AdmissionMetrics {
    private final MeterRegistry registry;
    private final AdmissionBoard board;
    private final Map<String, List<Meter>> gauges = new ConcurrentHashMap<>();

    /** Meters in that registry of what that board shows. */
    public AdmissionMetrics(MeterRegistry registry, AdmissionBoard board) {
        this.registry = registry;
        this.board = board;
    }

    /** Shows how an owner's scopes stand. */
    void show(Object owner, List<AdmissionStatus> statuses) {
        for (AdmissionStatus status : statuses) {
            board.post(owner, status);
            gauges.computeIfAbsent(status.scope(), this::register);
        }
    }

    /** Shows an owner's scopes no more. */
    void retire(Object owner) {
        board.takeDown(owner);
        for (String scope : List.copyOf(gauges.keySet())) {
            List<Meter> gone = board.find(scope).isEmpty() ? gauges.remove(scope) : null;
            if (gone != null) {
                gone.forEach(registry::remove);
            }
        }
    }

    void granted(String scope) {
        counter("weir.admission.grants", "Permits granted", scope).increment();
    }

    void sentAgain(String scope) {
        counter("weir.admission.resent", "Grants sent again because nobody reported their use", scope)
                .increment();
    }

    void throttled(String scope) {
        counter("weir.admission.throttled", "Calls that the server refused for rate or capacity", scope)
                .increment();
    }

    /** Counts an ask that will never be granted, under the reason that its response will have. */
    void refused(InboxMessage.Refusal refusal) {
        Reason why = refusal.stopClass() == StopClass.EXPIRED ? Reason.DEADLINE_PASSED : Reason.EXCEEDS_QUOTA;
        Counter.builder("weir.admission.refused")
                .description("Asks that will never be granted")
                .tag("scope", refusal.scope())
                .tag("why", why.id())
                .register(registry)
                .increment();
    }

    void ignored(String why) {
        Counter.builder("weir.admission.ignored")
                .description("Messages that were not taken")
                .tag("why", why)
                .register(registry)
                .increment();
    }

    private Counter counter(String name, String description, String scope) {
        return Counter.builder(name)
                .description(description)
                .tag("scope", scope)
                .register(registry);
    }

    private List<Meter> register(String scope) {
        Tags tags = Tags.of("scope", scope);
        Tags requests = tags.and("kind", Binding.REQUESTS.wireName());
        Tags tokens = tags.and("kind", Binding.TOKENS.wireName());
        Tags inFlight = tags.and("kind", Binding.IN_FLIGHT.wireName());
        String limit = "weir.admission.limit";
        String used = "weir.admission.used";
        List<Meter> meters = new ArrayList<>();
        for (Priority priority : Priority.values()) {
            Tags urgent = tags.and("priority", priority.wireName());
            meters.add(gauge("weir.admission.queued", urgent, scope, status -> status.queuedBy(priority)));
        }
        for (Binding binding : Binding.values()) {
            Tags bound = tags.and("by", binding.wireName());
            meters.add(gauge("weir.admission.bound", bound, scope, status -> status.binding() == binding ? 1 : 0));
        }
        meters.addAll(List.of(
                gauge("weir.admission.in.flight", tags, scope, AdmissionStatus::inFlight),
                gauge(limit, requests, scope, AdmissionStatus::requestLimit),
                gauge(limit, inFlight, scope, status -> status.limits().maxInFlight()),
                gauge(used, requests, scope, AdmissionStatus::usedInWindow),
                gauge(used, inFlight, scope, AdmissionStatus::inFlight),
                gauge(limit, tokens, scope, AdmissionStatus::tokenLimit),
                gauge(used, tokens, scope, AdmissionStatus::usedTokens),
                gauge("weir.admission.tokens.reserved", tags, scope, AdmissionStatus::reservedTokens),
                gauge("weir.admission.tokens.error", tags, scope, status -> status.estimateErrorPermille() / 1e3),
                gauge("weir.admission.paused", tags, scope, status -> status.paused() ? 1 : 0),
                gauge("weir.admission.oldest.wait.seconds", tags, scope, status -> status.oldestWaitMillis() / 1e3)));
        return meters;
    }

    private Gauge gauge(String name, Tags tags, String scope, ToDoubleFunction<AdmissionStatus> value) {
        return Gauge.builder(
                        name, () -> board.find(scope).map(value::applyAsDouble).orElse(Double.NaN))
                .tags(tags)
                .register(registry);
    }
}
