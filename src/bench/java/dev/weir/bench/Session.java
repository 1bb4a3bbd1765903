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
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** One contestant at work: its topics, its process, the load and the observer. Threading: one thread. */
final class Session implements AutoCloseable {
    private static final Pattern OPERATIONS = Pattern.compile("metrics and health at (\\S+)");
    private static final long CHECK_MILLIS = 5;

    /** What is waited for. */
    @FunctionalInterface
    interface Check {
        boolean holds() throws InterruptedException;
    }

    private final Bed bed;
    private final Options options;
    private final Contestant contestant;
    private final Setup setup;
    private final Grok grok;
    private final String name;
    private final TopicPlan topics;
    private final Load load;
    private final Observer observer;
    private final double startSeconds;
    private final List<Child> workers = new ArrayList<>();

    /** Starts the process on fresh topics, with one request waiting, and returns when that is answered. */
    Session(Bed bed, Options options, Contestant contestant, int round, Setup setup) throws InterruptedException {
        this.bed = bed;
        this.options = options;
        this.contestant = contestant;
        this.setup = setup;
        this.grok = bed.grok(setup.latencyMillis());
        this.name = contestant.name() + "-" + setup.name() + "-" + round;
        WeirConfig config = ConfigLoader.load(null, settings(""), Map.of());
        topics = Gateway.topicPlan(config);
        try (TopicAdmin admin = new TopicAdmin(Map.of("bootstrap.servers", bed.bootstrap()))) {
            var unused = admin.createMissing(topics);
        }
        grok.limit(setup.quota());
        load = new Load(bed.bootstrap(), topics.requests(), topics.partitions(), setup.bytes());
        load.burst(1);
        observer = new Observer(bed.bootstrap(), topics.responses(), topics.partitions());
        long started = System.nanoTime();
        var unused = startWorker("");
        await(1, Duration.ofMillis(90_000L + setup.latencyMillis()));
        startSeconds = (observer.arrival(0) - started) / 1e9 - setup.latencyMillis() / 1e3;
    }

    /** Starts a process more; those of one place have the same state on disk, one after the other. */
    Child startWorker(String place) {
        String log = name + place + (workers.isEmpty() ? "" : "-process-" + (workers.size() + 1)) + ".log";
        Child worker = Child.start(name, command(settings(place)), bed.logs().resolve(log), OPERATIONS);
        workers.add(worker);
        return worker;
    }

    private List<String> settings(String place) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("bootstrap.servers", bed.bootstrap());
        settings.put("application.id", name);
        settings.put("topic.prefix", name + ".");
        settings.put("grok.base.url", grok.url());
        settings.put("grok.api.key", Grok.API_KEY);
        settings.put("grok.max.connections", Integer.toString(setup.inFlight()));
        settings.put("call.max.in.flight", Integer.toString(setup.inFlight()));
        settings.put("quota.default.requests.per.second", Integer.toString(setup.quota()));
        settings.put("quota.default.max.in.flight", "0");
        settings.put("http.listen", "");
        Path state = bed.logs().resolve("state").resolve(name + place);
        settings.put("state.dir", state.toString());
        if (contestant.kind().isWeir()) {
            settings.put("processing.guarantee", contestant.guarantee());
        }
        settings.putAll(setup.settings());
        settings.putAll(contestant.settings());
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .toList();
    }

    private List<String> command(List<String> settings) {
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
                grok.url() + "/v1/chat/completions",
                Grok.API_KEY,
                Integer.toString(setup.inFlight())));
        return bed.peer(jvm, arguments);
    }

    /** Waits until so many answers have appeared since the start. */
    void await(int answers, Duration patience) throws InterruptedException {
        until(() -> observer.seen() >= answers, patience, () -> observer.seen() + " of " + answers + " answers");
    }

    /** Waits until no answer has appeared for so long, whether a process lives or not. */
    void awaitSilence(Duration silence, Duration patience) throws InterruptedException {
        Quiet quiet = new Quiet(silence);
        Check answersEnded = () -> quiet.at(observer.seen(), System.nanoTime());
        poll(answersEnded, CHECK_MILLIS, patience, () -> "answers appear still", () -> {});
    }

    /** Waits until no process is a member of a group. */
    void awaitNoMembers(Duration patience) throws InterruptedException {
        poll(
                () -> Groups.withMembers(bed) == 0,
                CHECK_MILLIS,
                patience,
                () -> "a stopped process is still a member of its group",
                () -> {});
    }

    private void until(Check check, Duration patience, Supplier<String> otherwise) throws InterruptedException {
        until(check, CHECK_MILLIS, patience, otherwise);
    }

    /** Looks every so often until that holds, as long as the last process lives. */
    void until(Check check, long everyMillis, Duration patience, Supplier<String> otherwise)
            throws InterruptedException {
        poll(check, everyMillis, patience, otherwise, () -> worker().requireAlive());
    }

    private void poll(
            Check check, long everyMillis, Duration patience, Supplier<String> otherwise, Runnable betweenChecks)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!check.holds()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(contestant.name() + ": " + otherwise.get() + " after " + patience);
            }
            Thread.sleep(everyMillis);
            betweenChecks.run();
        }
    }

    Bed bed() {
        return bed;
    }

    Grok grok() {
        return grok;
    }

    Options options() {
        return options;
    }

    Setup setup() {
        return setup;
    }

    Contestant contestant() {
        return contestant;
    }

    /** The process that was started last. */
    Child worker() {
        return workers.get(workers.size() - 1);
    }

    Load load() {
        return load;
    }

    Observer observer() {
        return observer;
    }

    /** How many partitions its topics have; request n is in partition n modulo that. */
    int partitions() {
        return topics.partitions();
    }

    /** From the start of the process to its first answer, without the provider's time. */
    double startSeconds() {
        return startSeconds;
    }

    @Override
    public void close() {
        workers.forEach(Child::close);
        load.close();
        observer.close();
    }
}
