package dev.weir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.weir.config.ConfigLoader;
import dev.weir.config.WeirConfig;
import dev.weir.event.Blob;
import dev.weir.event.GrokResponse;
import dev.weir.event.Priority;
import dev.weir.event.RequestReading;
import dev.weir.event.RequestReading.Accepted;
import dev.weir.event.RequestReading.Rejected;
import dev.weir.event.ResponseCodec;
import dev.weir.event.ResponseStatus;
import dev.weir.event.SourceCoordinates;
import dev.weir.event.Timing;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FormatsTest {
    private static final SourceCoordinates SOURCE = new SourceCoordinates("grok.requests", 0, 1);
    private static final Blob REQUEST =
            Blob.utf8("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;

    @Test
    void shouldBeJsonUnlessToldOtherwise() {
        try (Formats formats = open()) {
            assertThat(formats.format().write(response())).isEqualTo(ResponseCodec.write(response()));
            assertThat(formats.format().read(REQUEST, List.of(), SOURCE)).isInstanceOf(Accepted.class);
            assertThat(formats.failure()).isEmpty();
        }
    }

    @Test
    void shouldReadBothFormsAndAnswerInJsonWhenAuto() {
        try (Formats formats = open("value.format=auto", "schema.registry.url=http://127.0.0.1:9")) {
            assertThat(formats.format().write(response())).isEqualTo(ResponseCodec.write(response()));
            assertThat(formats.format().read(REQUEST, List.of(), SOURCE)).isInstanceOf(Accepted.class);
        }
    }

    @Test
    void shouldReachTheRegistryOverTlsWithItsCredentials() throws Exception {
        List<String> authorizations = new CopyOnWriteArrayList<>();
        Path store = keyStore();
        HttpsServer server = serve(store, authorizations);
        String url =
                "schema.registry.url=https://127.0.0.1:" + server.getAddress().getPort();
        try (Formats formats = open(
                "value.format=avro",
                url,
                "schema.registry.basic.auth.user.info=user:secret",
                "schema.registry.ssl.truststore.location=" + store,
                "schema.registry.ssl.truststore.password=" + PASSWORD)) {
            assertThat(formats.format().write(response())).startsWith(0, 0, 0, 0, 5);
            assertThat(formats.format().read(REQUEST, List.of(), SOURCE)).isInstanceOf(Rejected.class);
            assertThat(authorizations).containsExactly("Basic dXNlcjpzZWNyZXQ=");

            assertThatThrownBy(() -> open("value.format=avro", url))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("does not answer")
                    .hasMessageContaining("check schema.registry.url");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void shouldSayThatATrustStoreCannotBeRead() {
        assertThatThrownBy(() -> open(
                        "value.format=avro",
                        "schema.registry.url=https://127.0.0.1:9",
                        "schema.registry.ssl.truststore.location=" + folder.resolve("none.p12")))
                .hasMessageContaining("none.p12, which cannot be read");
    }

    @Test
    void shouldNameAClassThatCannotBePluggedIn() {
        assertThatThrownBy(() -> open("value.deserializer=java.lang.Object"))
                .hasMessageContaining("value.deserializer is java.lang.Object, which is no Deserializer");
        assertThatThrownBy(() -> open("value.serializer=no.such.Class"))
                .hasMessageContaining("value.serializer is no.such.Class, which is no Serializer");
    }

    @Test
    void shouldGiveJsonToASerializerOfOthers() {
        try (Formats formats = open("value.serializer=org.apache.kafka.common.serialization.StringSerializer")) {
            assertThat(formats.format().write(response())).isEqualTo(ResponseCodec.write(response()));
            assertThat(formats.format().read(REQUEST, List.of(), SOURCE)).isInstanceOf(Accepted.class);
        }
    }

    @Test
    void shouldPassTheSettingsOnUnderTheNamesThatSerializersKnow() {
        try (Formats formats = open(
                "value.deserializer=" + Telling.class.getName(),
                "schema.registry.url=http://a:1, http://b:2",
                "schema.registry.bearer.token=token",
                "schema.registry.client.avro.use.logical.type.converters=true",
                "value.subject.name.strategy=record",
                "auto.register.schemas=false")) {
            RequestReading reading = formats.format().read(REQUEST, List.of(), SOURCE);

            assertThat(((Accepted) reading).request().metadata())
                    .containsEntry("schema.registry.url", "http://a:1,http://b:2")
                    .containsEntry("bearer.auth.credentials.source", "STATIC_TOKEN")
                    .containsEntry("bearer.auth.token", "token")
                    .containsEntry("avro.use.logical.type.converters", "true")
                    .containsEntry(
                            "value.subject.name.strategy", "io.confluent.kafka.serializers.subject.RecordNameStrategy")
                    .containsEntry("auto.register.schemas", "false")
                    .containsEntry("use.latest.version", "false");
        }
    }

    /** Makes a request whose metadata are the settings that it was given. */
    public static final class Telling implements Deserializer<String> {
        private final Map<String, String> settings = new TreeMap<>();

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            configs.forEach((key, value) -> settings.put(key, String.valueOf(value)));
        }

        @Override
        public String deserialize(String topic, byte[] data) {
            try {
                return "{\"metadata\":" + new ObjectMapper().writeValueAsString(settings) + ",\"body\":"
                        + new String(data, UTF_8) + "}";
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static Formats open(String... overrides) {
        List<String> all = new ArrayList<>(Arrays.asList(overrides));
        all.add("schema.registry.timeout.ms=30000");
        WeirConfig config = ConfigLoader.load(null, all, Map.of());
        return Formats.open(config, "grok.responses");
    }

    private Path keyStore() throws Exception {
        Path store = folder.resolve("registry.p12");
        Path out = folder.resolve("keytool.txt");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "registry",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=registry",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(keytool.waitFor()).as(Files.readString(out)).isZero();
        return store;
    }

    private static HttpsServer serve(Path keyStore, List<String> authorizations) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.getRequestBody().readAllBytes();
            byte[] body = "{\"id\":5}".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static GrokResponse response() {
        return new GrokResponse(
                "id",
                ResponseStatus.SUCCEEDED,
                "m",
                "text",
                null,
                null,
                null,
                1,
                false,
                false,
                new Timing(Instant.EPOCH, Instant.EPOCH, 0, 0, 0, 0),
                Priority.NORMAL,
                null,
                null,
                Map.of(),
                SOURCE);
    }
}
