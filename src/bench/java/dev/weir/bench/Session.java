package dev.weir.bench;

import dev.weir.Gateway;
import dev.weir.config.ConfigLoader;
import dev.weir.config.WeirConfig;
import dev.weir.topic.TopicAdmin;
import dev.weir.topic.TopicPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** One contestant at work: its topics, its process, the load and the observer. Threading: one thread. */
final class Session implements AutoCloseable {
    private static final Pattern NOTHING = Pattern.compile("\\b\\B");
    private static final long CHECK_MILLIS = 5;

    private final Bed bed;
    private final Options options;
    private final Contestant contestant;
    private final Child worker;
    private final Load load;
    private final Observer observer;
    private final double startSeconds;

    /** Starts the process on fresh topics, with one request waiting, and returns when that is answered. */
    Session(Bed bed, Options options, Contestant contestant, int round, int quota) throws InterruptedException {
        this.bed = bed;
        this.options = options;
        this.contestant = contestant;
        String name = contestant.name() + "-" + (quota == 0 ? "open" : "quota") + "-" + round;
        List<String> settings = settings(name, quota);
        WeirConfig config = ConfigLoader.load(null, settings, Map.of());
        TopicPlan topics = Gateway.topicPlan(config);
        try (TopicAdmin admin = new TopicAdmin(Map.of("bootstrap.servers", bed.bootstrap()))) {
            var unused = admin.createMissing(topics);
        }
        bed.limit(quota);
        load = new Load(bed.bootstrap(), topics.requests(), topics.partitions(), options.bytes());
        load.burst(1);
        observer = new Observer(bed.bootstrap(), topics.responses(), topics.partitions());
        long started = System.nanoTime();
        worker = Child.start(name, command(settings, topics), bed.logs().resolve(name + ".log"), NOTHING);
        await(1, Duration.ofSeconds(60));
        startSeconds = (observer.arrival(0) - started) / 1e9 - options.latencyMillis() / 1e3;
    }

    private List<String> settings(String name, int quota) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("bootstrap.servers", bed.bootstrap());
        settings.put("application.id", name);
        settings.put("topic.prefix", name + ".");
        settings.put("grok.base.url", bed.url());
        settings.put("grok.api.key", Bed.API_KEY);
        settings.put("grok.max.connections", Integer.toString(options.inFlight()));
        settings.put("call.max.in.flight", Integer.toString(options.inFlight()));
        settings.put("quota.default.requests.per.second", Integer.toString(quota));
        settings.put("quota.default.max.in.flight", "100000");
        settings.put("http.listen", "");
        Path state = bed.logs().resolve("state").resolve(name);
        settings.put("state.dir", state.toString());
        if (contestant.kind().isWeir()) {
            settings.put("processing.guarantee", contestant.guarantee());
        }
        settings.putAll(contestant.settings());
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .toList();
    }

    private List<String> command(List<String> settings, TopicPlan topics) {
        List<String> jvm = options.workerOptions();
        List<String> arguments = new ArrayList<>();
        if (contestant.kind().isWeir()) {
            arguments.add("run");
            settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
            return contestant.jar().isEmpty()
                    ? bed.weir(jvm, arguments)
                    : bed.weir(Path.of(contestant.jar()), jvm, arguments);
        }
        arguments.addAll(List.of(
                contestant.kind().id(),
                bed.bootstrap(),
                topics.requests(),
                topics.responses(),
                bed.url() + "/v1/chat/completions",
                Bed.API_KEY,
                Integer.toString(options.inFlight())));
        return bed.peer(jvm, arguments);
    }

    /** Waits until so many answers have appeared since the start. */
    void await(int answers, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (observer.seen() < answers) {
            worker.requireAlive();
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        contestant.name() + ": " + observer.seen() + " of " + answers + " answers after " + patience);
            }
            Thread.sleep(CHECK_MILLIS);
        }
    }

    Bed bed() {
        return bed;
    }

    Options options() {
        return options;
    }

    Contestant contestant() {
        return contestant;
    }

    Child worker() {
        return worker;
    }

    Load load() {
        return load;
    }

    Observer observer() {
        return observer;
    }

    /** From the start of the process to its first answer, without the provider's time. */
    double startSeconds() {
        return startSeconds;
    }

    @Override
    public void close() {
        worker.close();
        load.close();
        observer.close();
    }
}
