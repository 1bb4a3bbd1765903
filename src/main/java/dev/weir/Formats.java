package dev.weir;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.avro.AvroFormat;
import dev.weir.avro.PluggedReader;
import dev.weir.avro.PluggedWriter;
import dev.weir.avro.ResponseWriter;
import dev.weir.config.FormatConfig;
import dev.weir.config.WeirConfig;
import dev.weir.event.CloudEvents;
import dev.weir.event.EventFormat;
import dev.weir.event.GrokResponse;
import dev.weir.event.ResponseCodec;
import dev.weir.registry.RegistrySettings;
import dev.weir.registry.SchemaRegistry;
import dev.weir.registry.SubjectNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** From configuration to the format of events, with what it holds open. */
final class Formats implements AutoCloseable {
    private static final String CONFLUENT_STRATEGIES = "io.confluent.kafka.serializers.subject.";

    private final FormatConfig settings;
    private final FormatConfig.Registry registry;
    private final String responses;
    private final EventFormat format;
    private @Nullable AvroFormat avro;
    private @Nullable Deserializer<?> deserializer;
    private @Nullable Serializer<?> serializer;

    private Formats(WeirConfig config, String responses) {
        this.settings = config.format();
        this.registry = config.format().registry();
        this.responses = responses;
        this.format = new CloudEvents(
                create(),
                new CloudEvents.Settings(
                        config.format().cloudEventSource(), config.format().cloudEventType(), contentType()));
    }

    /**
     * Makes the format; for responses in Avro the registry must answer.
     *
     * @param responses the responses topic
     */
    static Formats open(WeirConfig config, String responses) {
        return new Formats(config, responses);
    }

    EventFormat format() {
        return format;
    }

    /** Why the registry cannot answer now; empty if it could, or is not used. */
    Optional<String> failure() {
        return avro == null ? Optional.empty() : avro.failure();
    }

    /** The media type of responses; what a serializer of others writes is not known. */
    private @Nullable String contentType() {
        if (settings.serializer().isPresent()) {
            return null;
        }
        return settings.name().equals("avro") ? "application/avro" : "application/json";
    }

    private EventFormat create() {
        boolean json = settings.name().equals("json");
        if (settings.deserializer().isPresent()) {
            Deserializer<?> reader = instance(settings.deserializer().get(), Deserializer.class, "value.deserializer");
            reader.configure(pluggedSettings(), false);
            deserializer = reader;
            return new PluggedReader(reader, writer());
        }
        if (json && settings.serializer().isEmpty()) {
            return EventFormat.json();
        }
        if (json) {
            return new PluggedReader(new ByteArrayDeserializer(), writer());
        }
        SchemaRegistry client = client();
        AvroFormat own = new AvroFormat(client::find, settings.name().equals("auto"), writer(), System::nanoTime);
        avro = own;
        return own;
    }

    private Function<GrokResponse, byte[]> writer() {
        boolean inAvro = settings.name().equals("avro");
        if (settings.serializer().isPresent()) {
            @SuppressWarnings("unchecked")
            Serializer<Object> writer = instance(settings.serializer().get(), Serializer.class, "value.serializer");
            writer.configure(pluggedSettings(), false);
            serializer = writer;
            return new PluggedWriter(writer, responses, inAvro);
        }
        return inAvro ? ResponseWriter.connect(client(), subject(), registration()) : ResponseCodec::write;
    }

    private String subject() {
        return SubjectNames.parse(settings.subjectNames())
                .orElseThrow()
                .subject(responses, ResponseWriter.recordName());
    }

    private ResponseWriter.Registration registration() {
        if (settings.useLatest()) {
            return ResponseWriter.Registration.LATEST;
        }
        return settings.autoRegister() ? ResponseWriter.Registration.REGISTER : ResponseWriter.Registration.LOOK_UP;
    }

    private SchemaRegistry client() {
        Optional<String> basic =
                registry.userInfo().map(user -> "Basic " + Base64.getEncoder().encodeToString(user.getBytes(UTF_8)));
        return new SchemaRegistry(new RegistrySettings(
                registry.urls(),
                basic.or(() -> registry.token().map(token -> "Bearer " + token)),
                registry.timeout(),
                registry.trustStore().map(this::tls)));
    }

    private SSLContext tls(Path trustStore) {
        try (InputStream in = Files.newInputStream(trustStore)) {
            String type = trustStore.toString().endsWith(".jks") ? "JKS" : "PKCS12";
            KeyStore store = KeyStore.getInstance(type);
            String password = registry.trustStorePassword();
            store.load(in, password.isEmpty() ? null : password.toCharArray());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(
                    "schema.registry.ssl.truststore.location is " + trustStore
                            + ", which cannot be read; check the file and its password",
                    e);
        }
    }

    /** The settings under the names that serializers of the registry's maker know. */
    private Map<String, Object> pluggedSettings() {
        Map<String, Object> plugged = new HashMap<>();
        registry.more().forEach((name, value) -> plugged.put(name, value));
        plugged.put(
                "schema.registry.url",
                String.join(",", registry.urls().stream().map(Object::toString).toList()));
        registry.userInfo().ifPresent(user -> {
            plugged.put("basic.auth.credentials.source", "USER_INFO");
            plugged.put("basic.auth.user.info", user);
        });
        registry.token().ifPresent(token -> {
            plugged.put("bearer.auth.credentials.source", "STATIC_TOKEN");
            plugged.put("bearer.auth.token", token);
        });
        registry.trustStore().ifPresent(file -> {
            plugged.put("schema.registry.ssl.truststore.location", file.toString());
            plugged.put("schema.registry.ssl.truststore.password", registry.trustStorePassword());
        });
        plugged.put("auto.register.schemas", settings.autoRegister());
        plugged.put("use.latest.version", settings.useLatest());
        String strategy = switch (settings.subjectNames()) {
            case "record" -> "RecordNameStrategy";
            case "topic-record" -> "TopicRecordNameStrategy";
            default -> "TopicNameStrategy";
        };
        plugged.put("value.subject.name.strategy", CONFLUENT_STRATEGIES + strategy);
        return plugged;
    }

    private static <T> T instance(String className, Class<T> type, String key) {
        try {
            return Utils.newInstance(className, type);
        } catch (KafkaException | ClassNotFoundException | ClassCastException e) {
            throw new IllegalStateException(
                    key + " is " + className + ", which is no " + type.getSimpleName()
                            + " with a public constructor on the class path",
                    e);
        }
    }

    @Override
    public void close() {
        if (avro != null) {
            avro.close();
        }
        if (deserializer != null) {
            deserializer.close();
        }
        if (serializer != null) {
            serializer.close();
        }
    }
}
