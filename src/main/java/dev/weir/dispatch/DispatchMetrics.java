package dev.weir.dispatch;

import dev.weir.event.ErrorInfo;
import dev.weir.event.GrokResponse;
import dev.weir.event.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The meters of dispatch, for the whole process; those without tags are there from the beginning. Threading: any. */
public final class DispatchMetrics {
    private final MeterRegistry registry;
    private final Map<Integer, Counts> counts = new ConcurrentHashMap<>();
    private final Map<Tagged, Counter> tagged = new ConcurrentHashMap<>();
    private final Counter accepted;
    private final Counter handedOver;
    private final Counter cost;
    private final Timer queue;
    private final Timer provider;
    private final Timer overhead;

    /** Names and values in turn. */
    private record Tagged(String name, List<String> tags) {}

    private record Counts(int waiting, int inFlight, int undecoded) {}

    /** Meters in that registry. */
    public DispatchMetrics(MeterRegistry registry) {
        this.registry = registry;
        accepted = counter(
                registry, "weir.requests.accepted", "Request records read, junk included; each gets one response.");
        handedOver = counter(registry, "weir.handed.over", "Results of calls that another process had started.");
        cost = counter(registry, "weir.cost.usd", "Cost in US dollars, as Grok states it.");
        queue = timer(registry, "weir.queue", "Waited for permits.");
        provider = timer(registry, "weir.provider", "Duration of one call.");
        overhead = timer(registry, "weir.overhead", "Spent neither waiting for permits or retries nor in calls.");
        Gauge.builder(
                        "weir.waiting",
                        counts,
                        all -> all.values().stream().mapToInt(Counts::waiting).sum())
                .description("Open requests that are not in flight.")
                .register(registry);
        Gauge.builder(
                        "weir.in.flight",
                        counts,
                        all -> all.values().stream().mapToInt(Counts::inFlight).sum())
                .description("Requests whose call is under way.")
                .register(registry);
        Gauge.builder(
                        "weir.undecoded",
                        counts,
                        all -> all.values().stream().mapToInt(Counts::undecoded).sum())
                .description(
                        "Open requests of which it is not known yet what they ask: their schema cannot be fetched.")
                .register(registry);
    }

    void accepted() {
        accepted.increment();
    }

    void open(int partition, int waiting, int inFlight, int undecoded) {
        counts.put(partition, new Counts(waiting, inFlight, undecoded));
    }

    void closed(int partition) {
        counts.remove(partition);
    }

    void responded(GrokResponse response) {
        ErrorInfo error = response.error();
        counter(
                        "weir.responses",
                        "Outcomes by status, class and reason.",
                        "status",
                        response.status().wireName(),
                        "class",
                        error == null ? "none" : error.stopClass().wireName(),
                        "reason",
                        error == null ? "none" : error.reason().id())
                .increment();
        if (response.duplicate()) {
            return;
        }
        queue.record(Duration.ofMillis(response.timing().queueMillis()));
        overhead.record(Duration.ofMillis(response.timing().overheadMillis()));
        Usage usage = response.usage();
        if (usage != null) {
            used(usage);
        }
    }

    void called(long millis) {
        provider.record(Duration.ofMillis(millis));
    }

    void handedOver() {
        handedOver.increment();
    }

    void retried(String tier, ErrorInfo error) {
        counter(
                        "weir.retries",
                        "Tries that went to a retry tier.",
                        "tier",
                        tier,
                        "reason",
                        error.reason().id())
                .increment();
    }

    void deadLettered(ErrorInfo error) {
        counter(
                        "weir.dead.letters",
                        "Records written to the dead-letter topic.",
                        "reason",
                        error.reason().id())
                .increment();
    }

    void ignored(String what) {
        counter(
                        "weir.ignored",
                        "Internal records that fit no open request: duplicates, late ones, strays.",
                        "what",
                        what)
                .increment();
    }

    private void used(Usage usage) {
        tokens("prompt", usage.promptTokens());
        tokens("cached", usage.cachedTokens());
        tokens("completion", usage.completionTokens());
        tokens("reasoning", usage.reasoningTokens());
        if (usage.costUsd() != null) {
            cost.increment(usage.costUsd().doubleValue());
        }
    }

    private void tokens(String kind, long amount) {
        counter("weir.tokens", "Tokens as Grok counts them; cached ones are inside prompt.", "kind", kind)
                .increment((double) amount);
    }

    /** Kept here by its tags, as the registry takes longer to find it than to count. */
    private Counter counter(String name, String description, String... tags) {
        return tagged.computeIfAbsent(
                new Tagged(name, List.of(tags)),
                unused -> Counter.builder(name)
                        .description(description)
                        .tags(tags)
                        .register(registry));
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private static Timer timer(MeterRegistry registry, String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(30))
                .register(registry);
    }
}
