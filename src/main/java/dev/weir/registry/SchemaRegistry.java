package dev.weir.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.registry.RegistryAnswer.Found;
import dev.weir.registry.RegistryAnswer.Refused;
import dev.weir.registry.RegistryAnswer.Unavailable;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A client of the registry's REST API. Asks the address that answered last; when that one cannot answer, the others in
 * turn. Remembers nothing else.
 *
 * <p>Threading: any thread; each method blocks for at most the time-out times the number of addresses.
 */
public final class SchemaRegistry {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final String AVRO = "AVRO";

    private final RegistrySettings settings;
    private final HttpClient client;
    private final AtomicInteger preferred = new AtomicInteger();

    /** A client that has not connected yet. */
    public SchemaRegistry(RegistrySettings settings) {
        this.settings = settings;
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(settings.timeout()).version(HttpClient.Version.HTTP_1_1);
        settings.tls().ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    /** The schema that a value names. */
    public RegistryAnswer<RegisteredSchema> find(SchemaRef ref) {
        if (ref instanceof SchemaRef.ById byId) {
            return get("/schemas/ids/" + byId.id()).map(node -> schema(node, byId.id()));
        }
        return get("/schemas/guids/" + ((SchemaRef.ByGuid) ref).guid()).map(node -> schema(node, 0));
    }

    /** The newest version of a subject. */
    public RegistryAnswer<RegisteredSchema> latest(String subject) {
        return get("/subjects/" + encode(subject) + "/versions/latest")
                .map(node -> schema(node, node.path("id").asInt()));
    }

    /** The id of a schema that the subject has already. */
    public RegistryAnswer<Integer> lookup(String subject, String avroSchema) {
        return post("/subjects/" + encode(subject), avroSchema)
                .map(node -> node.path("id").asInt());
    }

    /** The id of a schema that the subject has from now on, if it goes with the earlier versions. */
    public RegistryAnswer<Integer> register(String subject, String avroSchema) {
        return post("/subjects/" + encode(subject) + "/versions", avroSchema)
                .map(node -> node.path("id").asInt());
    }

    private RegistryAnswer<JsonNode> get(String path) {
        return ask(path, null);
    }

    private RegistryAnswer<JsonNode> post(String path, String avroSchema) {
        return ask(
                path,
                JSON.createObjectNode()
                        .setAll(Map.of(
                                "schema", JSON.getNodeFactory().textNode(avroSchema),
                                "schemaType", JSON.getNodeFactory().textNode(AVRO)))
                        .toString());
    }

    private RegistryAnswer<JsonNode> ask(String path, @Nullable String body) {
        List<URI> urls = settings.urls();
        int first = preferred.get();
        RegistryAnswer<JsonNode> answer = new Unavailable<>("no registry was asked");
        for (int i = 0; i < urls.size(); i++) {
            int index = (first + i) % urls.size();
            answer = askOne(urls.get(index), path, body);
            if (!(answer instanceof Unavailable)) {
                preferred.set(index);
                return answer;
            }
        }
        return answer;
    }

    private RegistryAnswer<JsonNode> askOne(URI url, String path, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(trim(url) + path))
                .timeout(settings.timeout())
                .header("Accept", MEDIA_TYPE + ", application/json");
        settings.authorization().ifPresent(value -> request.header("Authorization", value));
        if (body != null) {
            request.header("Content-Type", MEDIA_TYPE).POST(BodyPublishers.ofString(body));
        }
        try {
            return read(url, client.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return new Unavailable<>("the registry at " + shown(url) + " does not answer: " + why);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Unavailable<>("interrupted while waiting for the registry at " + shown(url));
        }
    }

    private static RegistryAnswer<JsonNode> read(URI url, HttpResponse<String> response) {
        int status = response.statusCode();
        JsonNode node = parse(response.body());
        if (status == 200 && node != null && node.isObject()) {
            return new Found<>(node);
        }
        String message = node == null ? "" : node.path("message").asText("");
        String words =
                "the registry at " + shown(url) + " answered " + status + (message.isEmpty() ? "" : ": " + message);
        // Refused credentials, a redirect and an answer that is no JSON come from a set-up that people will mend.
        boolean says =
                status >= 400 && status < 500 && status != 401 && status != 403 && status != 408 && status != 429;
        return says && node != null
                ? new Refused<>(status, node.path("error_code").asInt(status), words)
                : new Unavailable<>(words);
    }

    private static @Nullable JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static RegisteredSchema schema(JsonNode node, int id) {
        return new RegisteredSchema(
                id,
                node.path("schemaType").asText(AVRO),
                node.path("schema").asText(""),
                !node.path("references").isEmpty());
    }

    private static String trim(URI url) {
        String text = url.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** Without user info, which may be a password. */
    private static String shown(URI url) {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort()) + url.getPath();
    }

    private static String encode(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The time-out of one request. */
    public Duration timeout() {
        return settings.timeout();
    }
}
