package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.Main;
import dev.weir.simulator.LatencyModel;
import dev.weir.simulator.Limit;
import dev.weir.simulator.SimulatorSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands where events are in Avro under a real registry. */
final class RegistryCommandsIT {
    private static final SimulatorSettings SIMULATOR =
            SimulatorSettings.defaults().withLimit(Limit.unlimited()).withLatency(new LatencyModel.Fixed(5));

    private static RegistryProcess registry;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        registry = RegistryProcess.start();
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @Test
    void shouldSubmitFollowVerifyAndRedriveInAvro() throws IOException {
        Path requests = Files.writeString(
                folder.resolve("requests.jsonl"),
                "{\"id\":\"good\",\"body\":" + World.body("hello") + "}\n"
                        + "{\"id\":\"bad\",\"body\":" + World.body("hello").replace("grok-4.5", "grok-nope") + "}\n"
                        + "{\"no\":\"request\"}\n");
        try (World world = new World(folder, SIMULATOR);
                Gateway gateway = Gateway.start(world.config(settings(world)), Gateway.Role.ALL)) {
            assertThat(weir(world, "submit", "--wait", "--timeout", "120", "--file", requests.toString()))
                    .isEqualTo(1);
            assertThat(out.toString())
                    .contains("\"id\":\"good\",\"status\":\"succeeded\"", "\"id\":\"bad\",\"status\"");
            assertThat(err.toString())
                    .contains("1 requests were refused; the first one: the request cannot be written in Avro")
                    .contains("2 requests published, 1 succeeded, 1 did not, 0 without a response");
            List<ConsumerRecord<byte[], byte[]>> published =
                    world.records(world.topics.requests(), 2, Duration.ofSeconds(30));
            assertThat(published)
                    .hasSize(2)
                    .allSatisfy(message ->
                            assertThat(message.value()[0]).as("framed").isZero());

            assertThat(weir(world, "verify", "--wait", "30")).as(out + "" + err).isZero();
            assertThat(weir(world, "status", "good")).as(err.toString()).isZero();
            assertThat(out.toString()).contains("succeeded");
            assertThat(weir(world, "dlq", "list")).isZero();
            assertThat(out.toString()).contains("grok-nope");
            assertThat(weir(world, "dlq", "show", "bad")).isZero();
            assertThat(out.toString()).contains("\"model\" : \"grok-nope\"");

            assertThat(weir(world, "dlq", "redrive", "--yes", "--set", "model=grok-4.5"))
                    .as(out + "" + err)
                    .isZero();
            assertThat(out.toString()).containsPattern("Replay +redrive-\\d{8}-\\d{6}\\R +Redriven +1\\R");
            List<ConsumerRecord<byte[], byte[]>> again =
                    world.records(world.topics.requests(), 3, Duration.ofSeconds(30));
            assertThat(again)
                    .hasSize(3)
                    .allSatisfy(message -> assertThat(message.value()[0]).isZero());
            assertThat(weir(world, "verify", "--wait", "60")).as(out + "" + err).isZero();
            assertThat(out.toString()).containsPattern("succeeded +2");
            assertThat(gateway.health().live().up()).isTrue();
        }
    }

    @Test
    void shouldShowTheDemoInAvro() {
        int exit = run(List.of(
                "demo",
                "--requests",
                "20",
                "--exit",
                "--fault-rate",
                "0",
                "--file",
                "config/prompts.jsonl",
                "--set",
                "value.format=avro",
                "--set",
                "schema.registry.url=" + registry.url(),
                "--set",
                "schema.registry.timeout.ms=60000"));

        assertThat(exit).as(out + "" + err).isZero();
        assertThat(out.toString()).contains("KEPT: one terminal outcome");
    }

    @Test
    void shouldSayThatTheRegistryIsNotThere() {
        try (World world = new World(folder, SIMULATOR);
                Gateway gateway = Gateway.start(world.config(settings(world)), Gateway.Role.ALL)) {
            assertThat(weir(world, "submit", "--wait", "--timeout", "120", "hello"))
                    .isZero();

            int exit = run(List.of(
                    "verify",
                    "--bootstrap-servers",
                    world.kafka.bootstrapServers(),
                    "--set",
                    "value.format=avro",
                    "--set",
                    "schema.registry.url=http://127.0.0.1:1"));

            assertThat(exit).isEqualTo(2);
            assertThat(err.toString()).contains("a response cannot be read", "check schema.registry.url");
            assertThat(gateway.health().live().up()).isTrue();
        }
    }

    private static String[] settings(World world) {
        return new String[] {
            "value.format=avro", "schema.registry.url=" + registry.url(), "schema.registry.timeout.ms=60000"
        };
    }

    private int weir(World world, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        int at = words[0].equals("dlq") ? 2 : 1;
        for (String setting : settings(world)) {
            all.addAll(at, List.of("--set", setting));
        }
        all.addAll(at, List.of("--set", "bootstrap.servers=" + world.kafka.bootstrapServers()));
        return run(all);
    }

    private int run(List<String> words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(words.toArray(new String[0]));
    }
}
