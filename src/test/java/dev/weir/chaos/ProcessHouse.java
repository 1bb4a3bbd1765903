package dev.weir.chaos;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import dev.weir.Gateway;
import dev.weir.config.ConfigLoader;
import dev.weir.topic.TopicAdmin;
import dev.weir.topic.TopicPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Utils;

/**
 * A broker, a simulated Grok and gateways, each a process of its own, whose network goes through proxies. Logs, records
 * and state are below {@code target/chaos/<test>}, from the last run of that test. No child survives the house.
 *
 * <p>Threading: one thread.
 */
final class ProcessHouse implements AutoCloseable {
    static final String KEY = "chaos-key";

    private final Path folder;
    private final List<String> settings;
    private final TcpProxy kafkaProxy = TcpProxy.start("kafka");
    private final TcpProxy grokProxy = TcpProxy.start("grok");
    private final Map<String, Child> gateways = new LinkedHashMap<>();
    private final List<Child> children = new ArrayList<>();
    private final Thread hook = new Thread(this::closeChildren, "chaos-stop");
    private Child kafka;
    private Child grok;
    private URI simulator;
    private int starts;

    /** Starts the broker and the simulator and creates the topics; settings are {@code key=value} of every gateway. */
    ProcessHouse(String test, List<String> simulatorOptions, String... settings) {
        this.folder = fresh(Path.of("target", "chaos", test));
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            startKafka();
            startGrok(simulatorOptions);
            this.settings = overrides(settings);
            try (TopicAdmin admin = new TopicAdmin(clients())) {
                admin.createMissing(topics());
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Starts the broker on its folder, behind its proxy. */
    void startKafka() {
        List<String> arguments = List.of(
                "kafka",
                "--port",
                "0",
                "--data",
                folder.resolve("kafka").toString(),
                "--advertise",
                kafkaProxy.address());
        kafka = start("kafka", "768m", arguments);
        kafkaProxy.target(Integer.parseInt(
                kafka.awaitLine("bootstrap\\.servers=[^:]+:(\\d+)").group(1)));
    }

    private void startGrok(List<String> options) {
        List<String> arguments = new ArrayList<>(List.of("simulate", "--port", "0", "--api-key", KEY));
        arguments.addAll(options);
        grok = start("grok", "512m", arguments);
        simulator =
                URI.create(grok.awaitLine("Simulated Grok on (http://[^,]+),").group(1));
        grokProxy.target(simulator.getPort());
    }

    private List<String> overrides(String... more) {
        List<String> all = new ArrayList<>(List.of(
                "bootstrap.servers=" + kafkaProxy.address(),
                "grok.base.url=http://" + grokProxy.address(),
                "grok.api.key=" + KEY,
                "http.listen=127.0.0.1:0"));
        all.addAll(List.of(more));
        return all;
    }

    /** Starts a gateway on the state folder of its name and waits until it serves. */
    Child startGateway(String name) {
        Child child = launchGateway(name);
        String unused = healthUrl(child);
        return child;
    }

    /** The same without waiting. */
    Child launchGateway(String name) {
        List<String> arguments = new ArrayList<>(List.of("run"));
        List<String> own = new ArrayList<>(settings);
        own.add("state.dir=" + folder.resolve("state-" + name));
        own.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        Child child = start(name, "384m", arguments);
        gateways.put(name, child);
        return child;
    }

    /** Where that gateway serves its operations; waits until it does. */
    static String healthUrl(Child gateway) {
        return gateway.awaitLine("metrics and health at (http://\\S+)").group(1);
    }

    /** The gateways that run, by name. */
    Map<String, Child> gateways() {
        Map<String, Child> running = new LinkedHashMap<>(gateways);
        running.values().removeIf(child -> !child.isAlive());
        return running;
    }

    /** Starts gateways again that found no broker at their start and ended, as a supervisor does. */
    void supervise() {
        for (Child child : List.copyOf(gateways.values())) {
            if (!child.isAlive() && child.tail().contains("no broker answers")) {
                Child unused = launchGateway(child.name());
            }
        }
    }

    /** Every process of a gateway there was. */
    List<Child> gatewayProcesses() {
        return children.stream()
                .filter(child -> child != kafka && child != grok && gateways.containsKey(child.name()))
                .toList();
    }

    Child kafka() {
        return kafka;
    }

    TcpProxy kafkaProxy() {
        return kafkaProxy;
    }

    TcpProxy grokProxy() {
        return grokProxy;
    }

    /** The simulator itself, not through the proxy. */
    URI simulator() {
        return simulator;
    }

    TopicPlan topics() {
        return Gateway.topicPlan(ConfigLoader.load(null, settings, Map.of()));
    }

    /** Settings of a Kafka client. */
    Map<String, Object> clients() {
        return new HashMap<>(Map.of("bootstrap.servers", kafkaProxy.address()));
    }

    /** Adds a line to the run's {@code timeline.txt}. */
    void note(String line) {
        try {
            Files.writeString(folder.resolve("timeline.txt"), Instant.now() + " " + line + "\n", CREATE, APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps a text beside the logs. */
    void keep(String file, String text) {
        try {
            Files.writeString(folder.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Child start(String name, String heap, List<String> arguments) {
        note("starts " + name);
        Path log = folder.resolve("%02d-%s.log".formatted(starts++, name));
        Child child = Child.start(name, log, heap, arguments);
        children.add(child);
        return child;
    }

    private static Path fresh(Path folder) {
        try {
            Utils.delete(folder.toFile());
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be emptied", e);
        }
    }

    private void closeChildren() {
        List.copyOf(children).forEach(Child::close);
    }

    @Override
    public void close() {
        closeChildren();
        kafkaProxy.close();
        grokProxy.close();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the tests themselves are being ended
        }
    }
}
