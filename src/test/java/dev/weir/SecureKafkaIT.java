package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.broker.EmbeddedKafka;
import dev.weir.cli.Main;
import dev.weir.config.ConfigLoader;
import dev.weir.simulator.LatencyModel;
import dev.weir.simulator.Limit;
import dev.weir.simulator.SimulatedGrok;
import dev.weir.simulator.SimulatorSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka behind TLS and credentials: the gateway and every command reach it by settings that are passed on. */
final class SecureKafkaIT {
    private static final String PASSWORD = "pass-4711-word";
    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule required ";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();

    @Test
    void shouldWorkThroughTlsAndCredentials() throws Exception {
        Certificate certificate = Certificate.make(folder, PASSWORD);
        SimulatorSettings simulator =
                SimulatorSettings.defaults().withLimit(Limit.unlimited()).withLatency(new LatencyModel.Fixed(5));
        try (Grep grep = new Grep(PASSWORD);
                EmbeddedKafka kafka = EmbeddedKafka.start(null, 0, null, broker(certificate));
                SimulatedGrok grok = SimulatedGrok.start(simulator.withApiKey("k"))) {
            Map<String, String> client = client(certificate, PASSWORD);
            Path clientFile = write("client.properties", client, "");
            Path gatewayFile = write(
                    "weir.properties",
                    client,
                    "kafka.",
                    "bootstrap.servers=" + kafka.bootstrapServers(),
                    "grok.base.url=" + grok.baseUrl(),
                    "grok.api.key=k",
                    "topics.partitions=2",
                    "http.listen=127.0.0.1:0",
                    "state.dir=" + folder.resolve("state"));
            Path wrong = write("wrong.properties", client(certificate, "wrong"), "");

            assertThat(weir("topics", "--config", gatewayFile.toString()))
                    .as(out.toString())
                    .isEqualTo(0);
            try (Gateway gateway =
                    Gateway.start(ConfigLoader.load(gatewayFile, List.of(), Map.of()), Gateway.Role.ALL)) {
                String[] at = {"--bootstrap-servers", kafka.bootstrapServers(), "--command-config"};
                assertThat(weir("submit", at[0], at[1], at[2], clientFile.toString(), "--wait", "hello"))
                        .as(out.toString())
                        .isEqualTo(0);
                // Scopes are reported every two seconds.
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> weir("status", at[0], at[1], at[2], clientFile.toString()) == 0);
                assertThat(weir("verify", at[0], at[1], at[2], clientFile.toString()))
                        .as(out.toString())
                        .isEqualTo(0);
                assertThat(weir("dlq", "list", "--config", gatewayFile.toString()))
                        .as(out.toString())
                        .isEqualTo(0);
                assertThat(gateway.health().live().up()).isTrue();

                assertThat(weir("submit", at[0], at[1], at[2], wrong.toString(), "hello"))
                        .isEqualTo(2);
                assertThat(out.toString())
                        .contains("Invalid username or password")
                        .hasLineCount(1);
            }
            grep.lookIntoFiles(folder.resolve("state"));
            assertThat(grep.found()).isEmpty();
        }
    }

    private int weir(String... arguments) {
        out.getBuffer().setLength(0);
        PrintWriter writer = new PrintWriter(out, true);
        return Main.commandLine().setOut(writer).setErr(writer).execute(arguments);
    }

    private static Map<String, String> broker(Certificate certificate) {
        String credentials = "username=\"broker\" password=\"" + PASSWORD + "\" user_broker=\"" + PASSWORD
                + "\" user_weir=\"" + PASSWORD + "\";";
        Map<String, String> settings = new HashMap<>(tls(certificate));
        settings.put("listener.security.protocol.map", "BROKER:SASL_SSL,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("ssl.keystore.location", certificate.keyStore().toString());
        settings.put("ssl.keystore.password", certificate.password());
        settings.put("ssl.keystore.type", "PKCS12");
        settings.put("sasl.enabled.mechanisms", "PLAIN");
        settings.put("listener.name.broker.plain.sasl.jaas.config", PLAIN + credentials);
        return settings;
    }

    private static Map<String, String> client(Certificate certificate, String password) {
        Map<String, String> settings = new HashMap<>(tls(certificate));
        settings.put("security.protocol", "SASL_SSL");
        settings.put("sasl.mechanism", "PLAIN");
        settings.put("sasl.jaas.config", PLAIN + "username=\"weir\" password=\"" + password + "\";");
        return settings;
    }

    private static Map<String, String> tls(Certificate certificate) {
        return Map.of(
                "ssl.truststore.location", certificate.keyStore().toString(),
                "ssl.truststore.password", certificate.password(),
                "ssl.truststore.type", "PKCS12");
    }

    private Path write(String name, Map<String, String> settings, String prefix, String... more) throws Exception {
        String lines = settings.entrySet().stream()
                .map(each -> prefix + each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining("\n"));
        return Files.writeString(folder.resolve(name), lines + "\n" + String.join("\n", more) + "\n");
    }
}
