package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** The genuine Confluent serializers, in a class loader behind ours; the build copies them before integration tests. */
final class Confluent implements AutoCloseable {
    static final String SERIALIZER = "io.confluent.kafka.serializers.KafkaAvroSerializer";
    static final String DESERIALIZER = "io.confluent.kafka.serializers.KafkaAvroDeserializer";
    private static final Path JAR = Path.of("target/confluent/confluent-avro.jar");

    private final URLClassLoader loader;

    Confluent() throws IOException {
        assertThat(Files.exists(JAR))
                .as("run: mvn dependency:unpack@registry dependency:copy@confluent")
                .isTrue();
        loader = new URLClassLoader(new URL[] {JAR.toUri().toURL()}, Confluent.class.getClassLoader());
    }

    ClassLoader loader() {
        return loader;
    }

    @SuppressWarnings("unchecked")
    Serializer<Object> serializer(String registryUrl) throws ReflectiveOperationException {
        Serializer<Object> serializer = (Serializer<Object>) create(SERIALIZER);
        configured(() -> serializer.configure(settings(registryUrl), false));
        return serializer;
    }

    @SuppressWarnings("unchecked")
    Deserializer<Object> deserializer(String registryUrl) throws ReflectiveOperationException {
        Deserializer<Object> deserializer = (Deserializer<Object>) create(DESERIALIZER);
        configured(() -> deserializer.configure(settings(registryUrl), false));
        return deserializer;
    }

    /** Their settings look for classes by the thread's loader, when the first is made. */
    private void configured(Runnable configuring) {
        Thread thread = Thread.currentThread();
        ClassLoader own = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            configuring.run();
        } finally {
            thread.setContextClassLoader(own);
        }
    }

    private Object create(String name) throws ReflectiveOperationException {
        return loader.loadClass(name).getConstructor().newInstance();
    }

    private static Map<String, Object> settings(String registryUrl) {
        return new HashMap<>(Map.of("schema.registry.url", registryUrl));
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
