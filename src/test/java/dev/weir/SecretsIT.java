package dev.weir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.simulator.FaultPlan;
import dev.weir.simulator.LatencyModel;
import dev.weir.simulator.Limit;
import dev.weir.simulator.SimulatorSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API key stands nowhere but in the header of calls: everything that a run writes is searched for it. */
final class SecretsIT {
    private static final int REQUESTS = 60;

    @TempDir
    private Path folder;

    @Test
    void shouldWriteTheKeyNowhere() throws Exception {
        SimulatorSettings simulator = SimulatorSettings.defaults()
                .withLimit(Limit.unlimited())
                .withLatency(new LatencyModel.Fixed(5))
                .withFaults(FaultPlan.mixed(0.4));
        try (Grep grep = new Grep(World.KEY);
                World world = new World(folder, simulator)) {
            WeirConfig config = world.config(
                    "quota.default.requests.per.second=0",
                    "retry.max.attempts=2",
                    "grok.call.timeout.ms=1000",
                    "grok.connect.timeout.ms=500");
            try (Gateway gateway = Gateway.start(config, Gateway.Role.ALL)) {
                world.publish(REQUESTS);
                world.publish("junk", "{".getBytes(UTF_8));
                assertThat(world.responses(REQUESTS + 1, Duration.ofSeconds(120)))
                        .hasSize(REQUESTS + 1);
                for (String page : new String[] {"/", "/metrics", "/health/live", "/health/ready"}) {
                    grep.look(page, get(gateway.operationsUrl() + page));
                }
                grep.look(
                        "health",
                        gateway.health().live() + " " + gateway.health().ready());
            }
            grep.look("the settings as text", config + config.describe() + config.grok());
            assertThat(grep.lookIntoTopics(world.kafka.bootstrapServers())).isGreaterThan(5 * REQUESTS);
            assertThat(grep.lookIntoFiles(folder)).isGreaterThan(3);
            assertThat(grep.lines()).isGreaterThan(REQUESTS);

            assertThat(grep.found()).isEmpty();
        }
    }

    @Test
    void shouldHideAWrongKeyInEveryError() throws Exception {
        SimulatorSettings simulator = SimulatorSettings.defaults().withLimit(Limit.unlimited());
        String wrong = "xai-Wrong9876543210abcdef";
        try (Grep grep = new Grep(wrong);
                World world = new World(folder, simulator)) {
            WeirConfig config = world.config("grok.api.key=" + wrong, "request.max.age.ms=5000");
            try (Gateway gateway = Gateway.start(config, Gateway.Role.ALL)) {
                world.publish(3);
                assertThat(world.responses(3, Duration.ofSeconds(120))).hasSize(3);
                grep.look("metrics", get(gateway.operationsUrl() + "/metrics"));
            }
            grep.lookIntoTopics(world.kafka.bootstrapServers());
            grep.lookIntoFiles(folder);

            assertThat(world.grok.journal().totals().toString())
                    .as("calls were made")
                    .isNotBlank();
            assertThat(grep.found()).isEmpty();
        }
    }

    @Test
    void shouldFindWhatIsThere() throws Exception {
        try (Grep grep = new Grep("the needle");
                World world = new World(folder, SimulatorSettings.defaults())) {
            world.publish("key", "the needle".getBytes(UTF_8));
            world.flush();
            org.slf4j.LoggerFactory.getLogger("dev.weir.test").trace("the needle");
            grep.lookIntoTopics(world.kafka.bootstrapServers());

            assertThat(grep.found())
                    .containsExactly("a log line of dev.weir.test", "a record of " + world.topics.requests());
        }
    }

    private static String get(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
