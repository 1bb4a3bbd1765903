package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.weir.config.ConfigLoader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The compose file and the image against the program that they run. */
final class ComposeTest {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+):-([^}]*)}");

    private static JsonNode services;
    private static String dockerfile;

    @BeforeAll
    static void read() throws IOException {
        services = new YAMLMapper()
                .readTree(Files.readString(Path.of("docker-compose.yml")))
                .path("services");
        dockerfile = Files.readString(Path.of("Dockerfile"));
    }

    @Test
    void shouldHaveABrokerASimulatorTheTopicsAndTheGateway() {
        assertThat(services.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("kafka", "topics", "simulator", "gateway");
        assertThat(List.of("topics", "simulator", "gateway")).allSatisfy(own -> {
            assertThat(services.path(own).path("image").asText()).isEqualTo("weir");
            assertThat(services.path(own).path("build").asText()).isEqualTo(".");
        });
    }

    @Test
    void shouldRunTheBrokerOfTheVersionOfTheClients() throws IOException {
        Matcher version =
                Pattern.compile("<kafka.version>(.+)</kafka.version>").matcher(Files.readString(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();
        assertThat(services.path("kafka").path("image").asText()).isEqualTo("apache/kafka:" + version.group(1));
    }

    @Test
    void shouldSetOnlySettingsThatTheGatewayKnows() {
        Map<String, String> environment = environment("gateway");
        environment.putAll(imageEnvironment());
        assertThat(environment).containsKeys("WEIR_BOOTSTRAP_SERVERS", "WEIR_STATE_DIR", "WEIR_GROK_API_KEY");

        assertThatCode(() -> ConfigLoader.load(null, List.of(), environment)).doesNotThrowAnyException();

        Map<String, String> topics = environment("topics");
        topics.putAll(imageEnvironment());
        assertThatCode(() -> ConfigLoader.load(null, List.of(), topics)).doesNotThrowAnyException();
    }

    @Test
    void shouldRunCommandsThatExist() {
        for (String own : List.of("topics", "simulator", "gateway")) {
            List<String> command = texts(services.path(own).path("command"));
            assertThatCode(() -> Main.commandLine().parseArgs(command.toArray(String[]::new)))
                    .as("%s: %s", own, command)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void shouldCallTheSimulatorUnlessGrokIsNamed() {
        Map<String, String> environment = environment("gateway");
        List<String> simulator = texts(services.path("simulator").path("command"));

        assertThat(raw("gateway", "WEIR_GROK_BASE_URL")).startsWith("${GROK_BASE_URL:-");
        assertThat(raw("gateway", "WEIR_GROK_API_KEY")).startsWith("${GROK_API_KEY:-");
        URI base = URI.create(String.valueOf(environment.get("WEIR_GROK_BASE_URL")));
        assertThat(base.getHost()).isEqualTo("simulator");
        assertThat(simulator)
                .containsSequence("--port", Integer.toString(base.getPort()))
                .containsSequence("--api-key", environment.get("WEIR_GROK_API_KEY"));
    }

    @Test
    void shouldReachTheBrokerWhereItListensForContainers() {
        String listeners = raw("kafka", "KAFKA_ADVERTISED_LISTENERS");
        for (String own : List.of("topics", "gateway")) {
            assertThat(listeners).contains("INTERNAL://" + raw(own, "WEIR_BOOTSTRAP_SERVERS"));
        }
    }

    @Test
    void shouldStartInOrderAndOpenPortsOnTheLoopbackOnly() {
        JsonNode after = services.path("gateway").path("depends_on");
        assertThat(after.at("/topics/condition").asText()).isEqualTo("service_completed_successfully");
        assertThat(after.at("/simulator/condition").asText()).isEqualTo("service_healthy");
        assertThat(services.at("/topics/depends_on/kafka/condition").asText()).isEqualTo("service_healthy");
        services.forEach(service -> {
            assertThat(texts(service.path("ports"))).allMatch(port -> port.startsWith("127.0.0.1:"));
            if (!texts(service.path("ports")).isEmpty()) {
                assertThat(service.path("healthcheck").path("test").isArray()).isTrue();
            }
        });
    }

    @Test
    void shouldRunTheImageAsAnOrdinaryUserWithItsStateOnAVolume() {
        assertThat(dockerfile).contains("\nUSER weir\n", "\nVOLUME /var/lib/weir\n", "eclipse-temurin:17-jre");
        assertThat(imageEnvironment().get("WEIR_STATE_DIR")).startsWith("/var/lib/weir/");
        assertThat(texts(services.path("gateway").path("volumes"))).containsExactly("state:/var/lib/weir");
        assertThat(imageEnvironment()).containsEntry("WEIR_HTTP_LISTEN", "0.0.0.0:8090");
        assertThat(texts(services.path("gateway").path("ports"))).containsExactly("127.0.0.1:8090:8090");
    }

    @Test
    void shouldBuildTheImageFromEveryFolderThatTheBuildReads() throws IOException {
        Set<String> read = new TreeSet<>(Set.of("src"));
        Matcher folder =
                Pattern.compile("[$][{]project[.]basedir}/([\\w.-]+)").matcher(Files.readString(Path.of("pom.xml")));
        while (folder.find()) {
            read.add(folder.group(1));
        }
        List<String> sent = Files.readAllLines(Path.of(".dockerignore"));

        assertThat(read).contains("schemas").allSatisfy(name -> {
            assertThat(dockerfile).contains("\nCOPY " + name + " ./" + name + "\n");
            assertThat(sent).contains("!" + name);
        });
    }

    /** What the container sees when the user has set no variable. */
    private static Map<String, String> environment(String service) {
        Map<String, String> environment = new HashMap<>();
        services.path(service).path("environment").properties().forEach(entry -> {
            Matcher variable = VARIABLE.matcher(entry.getValue().asText());
            environment.put(
                    entry.getKey(),
                    variable.matches() ? variable.group(2) : entry.getValue().asText());
        });
        return environment;
    }

    private static String raw(String service, String variable) {
        return services.path(service).path("environment").path(variable).asText();
    }

    private static Map<String, String> imageEnvironment() {
        Map<String, String> environment = new HashMap<>();
        Matcher assignment = Pattern.compile("(WEIR_\\w+)=(\\S+)").matcher(dockerfile);
        while (assignment.find()) {
            environment.put(assignment.group(1), assignment.group(2));
        }
        return environment;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
