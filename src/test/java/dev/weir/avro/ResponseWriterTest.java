package dev.weir.avro;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.weir.event.GrokResponse;
import dev.weir.registry.RegistrySettings;
import dev.weir.registry.SchemaRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ResponseWriterTest {
    private static final String SHORT = """
            {"type":"record","name":"GrokResponse","namespace":"dev.weir.schema","fields":[
              {"name":"id","type":"string"},{"name":"region","type":"string","default":"none"}]}
            """;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final GrokResponse response = ResponseAvroTest.draw(new Random(8));
    private HttpServer server;
    private int status = 200;
    private String body = "{\"id\":41}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.getRequestBody().readAllBytes();
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldWriteUnderTheRegisteredId() throws NotARequest {
        byte[] value = connect(Registration.REGISTER).apply(response);

        assertThat(asked).containsExactly("POST /subjects/s/versions");
        assertThat(ByteBuffer.wrap(value).get()).isZero();
        assertThat(ByteBuffer.wrap(value).getInt(1)).isEqualTo(41);
        assertThat(ResponseAvro.event(AvroBytes.decode(
                        value, 5, dev.weir.schema.GrokResponse.getClassSchema(), dev.weir.schema.GrokResponse.class)))
                .isEqualTo(response);
    }

    @Test
    void shouldOnlyLookUpWhereItMayNotRegister() {
        connect(Registration.LOOK_UP);

        assertThat(asked).containsExactly("POST /subjects/s");
    }

    @Test
    void shouldWriteTheNewestSchemaAsItIs() throws IOException {
        body = new ObjectMapper().writeValueAsString(Map.of("id", 9, "version", 3, "schema", SHORT));

        byte[] value = connect(Registration.LATEST).apply(response);

        Schema schema = new Schema.Parser().parse(SHORT);
        GenericRecord read = new GenericDatumReader<GenericRecord>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null));
        assertThat(asked).containsExactly("GET /subjects/s/versions/latest");
        assertThat(value[4]).isEqualTo((byte) 9);
        assertThat(read.get("id")).hasToString(response.id());
        assertThat(read.get("region")).hasToString("none");
    }

    @Test
    void shouldRefuseANewestSchemaThatAsksForMore() throws IOException {
        String more = SHORT.replace(",\"default\":\"none\"", "");
        body = new ObjectMapper().writeValueAsString(Map.of("id", 9, "schema", more));

        assertThatThrownBy(() -> connect(Registration.LATEST))
                .hasMessageContaining("the newest schema of subject s cannot say what a response says")
                .hasMessageContaining("use.latest.version=false");
    }

    @Test
    void shouldSayWhatToDoWhenTheRegistryRefuses() {
        status = 404;
        body = "{\"error_code\":40401,\"message\":\"Subject 's' not found\"}";
        assertThatThrownBy(() -> connect(Registration.LOOK_UP))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Subject 's' not found")
                .hasMessageContaining("auto.register.schemas=true");

        status = 503;
        assertThatThrownBy(() -> connect(Registration.REGISTER)).hasMessageContaining("check schema.registry.url");
    }

    private ResponseWriter connect(Registration registration) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        SchemaRegistry registry = new SchemaRegistry(
                new RegistrySettings(List.of(url), Optional.empty(), Duration.ofSeconds(30), Optional.empty()));
        return ResponseWriter.connect(registry, "s", registration);
    }
}
