package dev.weir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.Main;
import dev.weir.event.GrokResponse;
import dev.weir.event.ResponseStatus;
import dev.weir.simulator.LatencyModel;
import dev.weir.simulator.Limit;
import dev.weir.simulator.SimulatorSettings;
import dev.weir.verify.Finding;
import dev.weir.verify.VerifyReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters of a real gateway, looked at and sent again from the command line. */
final class DlqIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String ORDER = "{\"id\":\"order-1\",\"tenant\":\"checkout\",\"body\":{\"model\":\"grok-nope\","
            + "\"messages\":[{\"role\":\"user\",\"content\":\"the secret prompt\"}]}}";
    private static final String BARE =
            "{\"model\":\"grok-nope\",\"messages\":[{\"role\":\"user\",\"content\":\"bare\"}]}";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldSendACorrectedRequestOnceUnderAName() throws Exception {
        try (World world = new World(folder, simulator());
                Gateway gateway =
                        Gateway.start(world.config("quota.default.requests.per.second=0"), Gateway.Role.ALL)) {
            // given
            world.publish("key-1", ORDER.getBytes(UTF_8));
            world.publish("key-2", BARE.getBytes(UTF_8));
            world.publish("key-3", "{".getBytes(UTF_8));
            stray(world);
            assertThat(world.responses(3, PATIENCE)).hasSize(3).allMatch(r -> r.status() == ResponseStatus.FAILED);

            assertListsWithoutPrompts(world);
            assertThat(dlq(world, "show", "order-1")).isZero();
            assertThat(out.toString())
                    .contains("the secret prompt")
                    .contains("checkout")
                    .contains("unknown_model");

            long before = world.endOffsets(world.topics.requests());
            assertThat(redrive(world, "fix", "--set", "model=grok-4.5", "--dry-run"))
                    .isZero();
            assertThat(out.toString())
                    .containsPattern("To send +2\\R")
                    .contains("not_editable")
                    .contains("stray");
            assertThat(redrive(world, "fix", "--set", "model=grok-4.5")).isEqualTo(2);
            assertThat(err.toString()).startsWith("weir: there is no terminal to ask at; add --yes or --dry-run");
            assertThat(world.endOffsets(world.topics.requests())).isEqualTo(before);

            // when
            assertThat(redrive(world, "fix", "--set", "model=grok-4.5", "--yes"))
                    .isZero();
            assertThat(out.toString()).containsPattern("Redriven +2\\R");

            // then
            List<ConsumerRecord<byte[], byte[]>> records = world.records(world.topics.responses(), 5, PATIENCE);
            List<GrokResponse> responses = world.responses(5, PATIENCE);
            assertThat(responses)
                    .filteredOn(r -> r.status() == ResponseStatus.SUCCEEDED)
                    .extracting(GrokResponse::id)
                    .containsExactlyInAnyOrder("order-1", idOfBare(responses));
            assertThat(records)
                    .filteredOn(r -> "fix".equals(header(r, "weir-redrive")))
                    .hasSize(2)
                    .allSatisfy(r -> {
                        assertThat(header(r, "weir-redrive-count")).isEqualTo("1");
                        assertThat(header(r, "weir-redrive-of")).startsWith("grok.dlq-");
                    });

            assertThat(redrive(world, "fix", "--set", "model=grok-4.5", "--yes"))
                    .isZero();
            assertThat(out.toString()).containsPattern("To send +0\\R").contains("already_redriven");
            assertThat(redrive(world, "other", "--set", "model=grok-4.5", "--yes"))
                    .isZero();
            assertThat(out.toString()).containsPattern("To send +0\\R").contains("redriven_before");
            assertThat(world.endOffsets(world.topics.requests())).isEqualTo(before + 2);
            VerifyReport report = world.verify();
            // The stray is what the verifier complains of, nothing else.
            assertThat(List.of(
                            report.lost(),
                            report.doubled(),
                            report.unexplained(),
                            report.failedWithoutDeadLetter(),
                            report.doubledDeadLetters(),
                            report.repeatedCalls()))
                    .as(report.toString())
                    .allMatch(Finding::none);
            World.awaitReady(gateway);
        }
    }

    private void assertListsWithoutPrompts(World world) {
        assertThat(dlq(world, "list")).isZero();
        assertThat(out.toString())
                .contains("4 dead letters")
                .containsPattern("2 +unknown_model +fatal +grok-nope")
                .containsPattern("1 +invalid_json +fatal +-")
                .contains("(stray)")
                .contains("order-1")
                .doesNotContain("prompt");
        assertThat(dlq(world, "list", "--json", "--model", "grok-nope", "--since", "1h"))
                .isZero();
        assertThat(out.toString().lines())
                .hasSize(2)
                .allMatch(line -> line.contains("\"reason\":\"unknown_model\""))
                .anyMatch(line -> line.contains("\"tenant\":\"checkout\""));
        assertThat(dlq(world, "list", "--tenant", "nobody")).isZero();
        assertThat(out.toString().strip()).isEqualTo("No dead letters");
    }

    @Test
    void shouldBreakALoop() throws Exception {
        try (World world = new World(folder, simulator());
                Gateway gateway =
                        Gateway.start(world.config("quota.default.requests.per.second=0"), Gateway.Role.ALL)) {
            world.publish("key-1", ORDER.getBytes(UTF_8));
            for (int round = 1; round <= 2; round++) {
                assertThat(world.records(world.topics.deadLetters(), round, PATIENCE))
                        .hasSize(round);
                assertThat(redrive(world, "round-" + round, "--max-redrives", "2", "--yes"))
                        .isZero();
                assertThat(out.toString()).containsPattern("Redriven +1\\R");
            }
            assertThat(world.records(world.topics.deadLetters(), 3, PATIENCE)).hasSize(3);

            assertThat(redrive(world, "round-3", "--max-redrives", "2", "--yes"))
                    .isZero();
            assertThat(out.toString())
                    .containsPattern("To send +0\\R")
                    .containsPattern("1 +loop")
                    .containsPattern("2 +redriven_before");
            VerifyReport report = world.verify();
            assertThat(report.promiseKept()).as(report.toString()).isTrue();
            World.awaitReady(gateway);
        }
    }

    @Test
    void shouldFetchWhatWasTooLargeForALetterFromTheRequests() {
        byte[] large = World.body("x".repeat(5_000)).getBytes(UTF_8);
        try (World world = new World(folder, simulator())) {
            try (Gateway gateway = Gateway.start(
                    world.config("quota.default.requests.per.second=0", "requests.max.bytes=4096"), Gateway.Role.ALL)) {
                world.publish("large", large);
                assertThat(world.records(world.topics.deadLetters(), 1, PATIENCE))
                        .hasSize(1)
                        .allMatch(letter -> letter.value() == null);
                World.awaitReady(gateway);
            }
            assertThat(redrive(world, "small", "--setting", "requests.max.bytes=4096", "--yes"))
                    .isZero();
            assertThat(out.toString()).containsPattern("1 +too_large");

            assertThat(redrive(world, "large", "--yes")).isZero();

            List<ConsumerRecord<byte[], byte[]>> requests = world.records(world.topics.requests(), 2, PATIENCE);
            assertThat(requests).hasSize(2).allSatisfy(request -> {
                assertThat(request.value()).isEqualTo(large);
                assertThat(request.key()).isEqualTo("large".getBytes(UTF_8));
                assertThat(request.partition()).isEqualTo(requests.get(0).partition());
            });
            assertThat(header(requests.get(1), "weir-id"))
                    .isEqualTo("grok.requests-" + requests.get(0).partition() + "-0");
        }
    }

    @Test
    void shouldExplainWrongUsageInOneLine() {
        try (World world = new World(folder, simulator())) {
            assertThat(redrive(world, "no spaces")).isEqualTo(2);
            assertThat(err.toString()).startsWith("weir: --name is 'no spaces'; use");
            for (String option : List.of("--set", "--setting")) {
                assertThat(redrive(world, "a", option, "topic.prefix=none.")).isEqualTo(2);
                assertThat(err.toString().lines()).hasSize(1);
                assertThat(err.toString()).startsWith("weir: the topic none.dlq does not exist");
            }
            assertThat(dlq(world, "show", "nobody")).isEqualTo(1);
            assertThat(err.toString()).startsWith("weir: no dead letter stands at 'nobody'");
            assertThat(dlq(world, "list", "--since", "soon")).isEqualTo(2);
            assertThat(err.toString()).startsWith("weir: --since: 'soon' is no time");
        }
    }

    private static String idOfBare(List<GrokResponse> responses) {
        return responses.stream()
                .filter(r -> r.status() == ResponseStatus.FAILED && r.error() != null)
                .filter(r -> r.error().reason().id().equals("unknown_model") && !r.id().equals("order-1"))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static SimulatorSettings simulator() {
        return SimulatorSettings.defaults().withLimit(Limit.unlimited()).withLatency(new LatencyModel.Fixed(5));
    }

    private static void stray(World world) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(world.clients(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(world.topics.deadLetters(), "stray prompt".getBytes(UTF_8)))
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private int redrive(World world, String name, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "redrive",
                "--rate",
                "100",
                "--setting",
                "bootstrap.servers=" + world.kafka.bootstrapServers(),
                "--name",
                name));
        arguments.addAll(List.of(more));
        return run(arguments);
    }

    private int dlq(World world, String command, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of(command, "--set", "bootstrap.servers=" + world.kafka.bootstrapServers()));
        arguments.addAll(List.of(more));
        return run(arguments);
    }

    private int run(List<String> arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of("dlq"));
        all.addAll(arguments);
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(new String[0]));
    }

    private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
        var header = message.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }
}
