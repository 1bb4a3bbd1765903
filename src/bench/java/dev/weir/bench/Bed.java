package dev.weir.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What all contestants share: one broker and one simulated Grok for each latency, each a process of its own. */
final class Bed implements AutoCloseable {
    private static final List<String> FLAGS =
            List.of("-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError", "-Xshare:auto", "-Dfile.encoding=UTF-8");

    private final Path home;
    private final Path logs;
    private final Child broker;
    private final Map<Integer, Grok> groks = new HashMap<>();
    private final String bootstrap;

    Bed(Path home, Path logs) throws InterruptedException {
        this.home = home;
        this.logs = logs;
        broker = Child.start(
                "broker",
                weir(List.of("-Xmx2g"), List.of("kafka", "--port", "0")),
                logs.resolve("broker.log"),
                Pattern.compile("bootstrap\\.servers=(\\S+)"));
        bootstrap = broker.announcement();
    }

    /** The command line of the product as the launcher would write it. */
    List<String> weir(List<String> jvm, List<String> arguments) {
        return weir(home.resolve("target/weir.jar"), jvm, arguments);
    }

    /** The same for another build of the product on the same libraries. */
    List<String> weir(Path jar, List<String> jvm, List<String> arguments) {
        List<String> command = new ArrayList<>(java(jvm));
        command.add("-cp");
        command.add(jar + ":" + home.resolve("target/lib") + "/*");
        command.add("dev.weir.cli.Main");
        command.addAll(arguments);
        return command;
    }

    /** The command line of a peer. */
    List<String> peer(List<String> jvm, List<String> arguments) {
        List<String> command = new ArrayList<>(java(jvm));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(PeerMain.class.getName());
        command.addAll(arguments);
        return command;
    }

    private static List<String> java(List<String> jvm) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(jvm);
        return command;
    }

    String bootstrap() {
        return bootstrap;
    }

    Path logs() {
        return logs;
    }

    Child broker() {
        return broker;
    }

    /** The simulated Grok of that latency, started when it is first asked for. */
    Grok grok(int latencyMillis) throws InterruptedException {
        Grok known = groks.get(latencyMillis);
        Grok grok = known == null ? new Grok(this, latencyMillis) : known;
        groks.put(latencyMillis, grok);
        return grok;
    }

    @Override
    public void close() {
        groks.values().forEach(Grok::close);
        broker.close();
    }
}
