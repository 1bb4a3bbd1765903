package dev.weir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.event.GrokResponse;
import dev.weir.event.Reason;
import dev.weir.event.ResponseStatus;
import dev.weir.simulator.FaultPlan;
import dev.weir.simulator.JournalEntry;
import dev.weir.simulator.LatencyModel;
import dev.weir.simulator.Limit;
import dev.weir.simulator.SimulatorSettings;
import dev.weir.verify.VerifyReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole gateway against a real broker and the simulated Grok. */
final class GatewayIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    Path folder;

    @Test
    void shouldEndEveryRequestOnceUnderFaultsOfAllKinds() {
        SimulatorSettings simulator = SimulatorSettings.defaults()
                .withLimit(Limit.unlimited())
                .withLatency(new LatencyModel.Fixed(20))
                .withLongestStall(Duration.ofSeconds(2))
                .withFaults(FaultPlan.mixed(0.3));
        try (World world = new World(folder, simulator)) {
            try (Gateway gateway = Gateway.start(
                    world.config(
                            "quota.default.requests.per.second=0",
                            "retry.max.attempts=2",
                            "grok.call.timeout.ms=1000",
                            "grok.connect.timeout.ms=500"),
                    Gateway.Role.ALL)) {
                assertThat(gateway.operationsUrl()).startsWith("http://");
                world.publish(200);
                List<GrokResponse> responses = world.responses(200, PATIENCE);

                VerifyReport report = world.verify();
                assertThat(report.promiseKept()).as(report.toString()).isTrue();
                assertThat(responses).hasSize(200);
                assertThat(responses).anyMatch(r -> r.attempts() > 1 && r.status() == ResponseStatus.SUCCEEDED);
                assertThat(responses)
                        .filteredOn(r -> r.status() == ResponseStatus.FAILED)
                        .isNotEmpty()
                        .allMatch(r -> r.error() != null && r.error().reason() == Reason.ATTEMPTS_EXHAUSTED);
                assertMetricsAreDocumented(gateway.meters().scrape());
                assertDueTimesHonoured(world);
                assertDeadLettersTellWhy(world);
                assertThat(world.changelogs()).containsExactlyInAnyOrderElementsOf(GatewayTopology.changelogs("weir"));
            }
        }
    }

    /** The README names every family that is served, and a gateway under faults serves nearly all that it names. */
    private static void assertMetricsAreDocumented(String scrape) {
        Set<String> served = Pattern.compile("# TYPE (weir_[a-z_]+) ")
                .matcher(scrape)
                .results()
                .map(found -> found.group(1))
                .filter(family -> !family.endsWith("_max"))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> documented = Pattern.compile("\\| `(weir_[a-z_]+)` \\|")
                .matcher(readme())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented).containsAll(served);
        documented.removeAll(Set.of(
                "weir_admission_resent_total",
                "weir_admission_ignored_total",
                "weir_admission_refused_total",
                "weir_ignored_total"));
        assertThat(served).containsAll(documented);
    }

    private static String readme() {
        try {
            return Files.readString(Path.of("README.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** No try reached Grok before the due time that its retry record named. */
    private static void assertDueTimesHonoured(World world) {
        Map<String, Long> calledAt = new HashMap<>();
        for (JournalEntry entry : world.grok.journal().entries()) {
            calledAt.putIfAbsent(entry.clientRequestId(), entry.at().toEpochMilli());
        }
        int retries = 0;
        for (String topic : world.topics.retries()) {
            for (ConsumerRecord<byte[], byte[]> retry :
                    world.records(topic, Integer.MAX_VALUE, Duration.ofSeconds(1))) {
                String request = header(retry, "weir-source-topic") + "-" + header(retry, "weir-source-partition") + "-"
                        + header(retry, "weir-source-offset") + "/" + header(retry, "weir-try");
                Long at = calledAt.get(request);
                assertThat(at).as("the call of " + request).isNotNull();
                assertThat(at)
                        .as("due time of " + request)
                        .isGreaterThanOrEqualTo(Long.parseLong(header(retry, "weir-not-before")));
                retries++;
            }
        }
        assertThat(retries).isPositive();
    }

    private static void assertDeadLettersTellWhy(World world) {
        assertThat(world.records(world.topics.deadLetters(), Integer.MAX_VALUE, Duration.ofSeconds(1)))
                .isNotEmpty()
                .allSatisfy(letter -> {
                    assertThat(header(letter, "weir-reason")).isEqualTo("attempts_exhausted");
                    assertThat(header(letter, "weir-class")).isEqualTo("transient");
                    assertThat(header(letter, "weir-attempt")).isEqualTo("2");
                    assertThat(new String(letter.value(), UTF_8)).startsWith("{\"model\":\"grok-4.5\"");
                });
    }

    @Test
    void shouldNeverExceedAStrictWindowNorWasteIt() {
        int limit = 20;
        int requests = 120;
        SimulatorSettings simulator = SimulatorSettings.defaults()
                .withLimit(new Limit(limit, 1_000_000_000))
                .withLatency(new LatencyModel.Fixed(100));
        try (World world = new World(folder, simulator);
                Gateway gateway =
                        Gateway.start(world.config("quota.default.requests.per.second=" + limit), Gateway.Role.ALL)) {
            world.publish(requests);
            assertThat(world.responses(requests, PATIENCE)).hasSize(requests);

            assertThat(world.grok.journal().totals().tooMany()).isZero();
            long[] at = world.grok.journal().entries().stream()
                    .mapToLong(JournalEntry::monotonicNanos)
                    .sorted()
                    .toArray();
            for (int i = limit; i < at.length; i++) {
                assertThat(at[i] - at[i - limit])
                        .as("calls " + (i - limit) + " and " + i)
                        .isGreaterThan(999_000_000L);
            }
            World.awaitReady(gateway);
        }
    }

    @Test
    void shouldAnswerGoodRequestsBetweenJunkAndDeadLetterAllOfIt() {
        int junk = Integer.getInteger("weir.test.junk", 1_500);
        int good = 30;
        long seed = 42;
        Random random = new Random(seed);
        SimulatorSettings simulator =
                SimulatorSettings.defaults().withLimit(Limit.unlimited()).withLatency(new LatencyModel.Fixed(5));
        try (World world = new World(folder, simulator);
                Gateway gateway =
                        Gateway.start(world.config("quota.default.requests.per.second=0"), Gateway.Role.ALL)) {
            for (int i = 0; i < junk; i++) {
                world.publish(i % 3 == 0 ? null : "key-" + i, Junk.record(i, random));
                if (i % (junk / good) == 0) {
                    world.publish("good-" + i, World.body("good").getBytes(UTF_8));
                }
            }
            publishCloudEvents(world);
            world.flush();
            int all = (int) world.endOffsets(world.topics.requests());
            List<GrokResponse> responses = world.responses(all, PATIENCE);

            assertThat(responses).hasSize(all);
            assertThat(responses.stream().filter(r -> r.status() == ResponseStatus.SUCCEEDED))
                    .hasSize(all - junk);
            assertCloudEventsAnswered(world.records(world.topics.responses(), all, PATIENCE));
            VerifyReport report = world.verify();
            assertThat(report.promiseKept()).as(report.toString()).isTrue();
            World.awaitReady(gateway);
        }
    }

    private static void publishCloudEvents(World world) {
        world.publish(
                "binary",
                World.body("as a CloudEvent").getBytes(UTF_8),
                Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", "event-1",
                        "ce_source", "/shop",
                        "ce_type", "shop.ask",
                        "ce_subject", "cart"));
        String structured = "{\"specversion\":\"1.0\",\"id\":\"event-2\",\"source\":\"/shop\",\"type\":\"shop.ask\","
                + "\"subject\":\"cart\",\"data\":" + World.body("as a whole CloudEvent") + "}";
        world.publish("structured", structured.getBytes(UTF_8), Map.of("content-type", "application/cloudevents+json"));
    }

    private static void assertCloudEventsAnswered(List<ConsumerRecord<byte[], byte[]>> responses) {
        assertThat(responses)
                .filteredOn(response -> response.headers().lastHeader("ce_specversion") != null)
                .hasSize(2)
                .allSatisfy(response -> {
                    assertThat(header(response, "ce_type")).isEqualTo("shop.ask.response");
                    assertThat(header(response, "ce_source")).isEqualTo("weir");
                    assertThat(header(response, "ce_subject")).isEqualTo("cart");
                    assertThat(header(response, "content-type")).isEqualTo("application/json");
                })
                .extracting(response -> header(response, "ce_requestid"))
                .containsExactlyInAnyOrder("event-1", "event-2");
    }

    @Test
    void shouldForgetEveryCallUnderAtLeastOnce() {
        try (World world = new World(folder, SimulatorSettings.defaults());
                Gateway gateway = Gateway.start(world.config("processing.guarantee=at_least_once"), Gateway.Role.ALL)) {
            world.publish(20);
            assertThat(world.responses(20, PATIENCE)).hasSize(20);
            assertThat(world.verify().promiseKept()).isTrue();

            await().atMost(PATIENCE)
                    .until(() -> gateway.meters().get("weir.calls.held").gauge().value() == 0);
        }
    }

    @Test
    void shouldCommitNothingWhileIdle() {
        try (World world = new World(folder, SimulatorSettings.defaults());
                Gateway gateway = Gateway.start(world.config(), Gateway.Role.ALL)) {
            world.publish(5);
            assertThat(world.responses(5, PATIENCE)).hasSize(5);
            World.awaitReady(gateway);
            AtomicLong last = new AtomicLong(-1);
            await().during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(15))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> {
                        long now = world.endOffsets("__transaction_state");
                        return last.getAndSet(now) == now;
                    });
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), UTF_8);
    }
}
