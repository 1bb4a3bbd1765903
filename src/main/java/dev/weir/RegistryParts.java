package dev.weir;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.avro.Registration;
import dev.weir.config.FormatConfig;
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
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Utils;

/** From configuration to what speaks with the schema registry, ours or that of others. */
final class RegistryParts {
    private static final String CONFLUENT_STRATEGIES = "io.confluent.kafka.serializers.subject.";

    private final FormatConfig settings;
    private final FormatConfig.Registry registry;

    RegistryParts(FormatConfig settings) {
        this.settings = settings;
        this.registry = settings.registry();
    }

    /** The subject of a record's schema on that topic. */
    String subject(String topic, String recordName) {
        return SubjectNames.parse(settings.subjectNames()).orElseThrow().subject(topic, recordName);
    }

    /** How the id of a schema that is written is found. */
    Registration registration() {
        if (settings.useLatest()) {
            return Registration.LATEST;
        }
        return settings.autoRegister() ? Registration.REGISTER : Registration.LOOK_UP;
    }

    /** A client that has not connected yet. */
    SchemaRegistry client() {
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
    Map<String, Object> pluggedSettings() {
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

    /** An instance of the class that a key names. */
    static <T> T instance(String className, Class<T> type, String key) {
        try {
            return Utils.newInstance(className, type);
        } catch (KafkaException | ClassNotFoundException | ClassCastException e) {
            throw new IllegalStateException(
                    key + " is " + className + ", which is no " + type.getSimpleName()
                            + " with a public constructor on the class path",
                    e);
        }
    }
}
