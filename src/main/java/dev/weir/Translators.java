package dev.weir;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.avro.AvroTranslator;
import dev.weir.avro.RequestWriter;
import dev.weir.config.FormatConfig;
import dev.weir.config.WeirConfig;
import dev.weir.event.Blob;
import dev.weir.event.EventTranslator;
import dev.weir.registry.SchemaRegistry;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * From configuration to the translator of events, with what it holds open. Events behind a deserializer of others are
 * understood as far as they have the registry's framing. Threading: one thread.
 */
public final class Translators implements AutoCloseable {
    private final FormatConfig settings;
    private final RegistryParts parts;
    private final String requests;
    private final EventTranslator events;
    private @Nullable Serializer<Object> serializer;

    private Translators(FormatConfig settings, String requests) {
        this.settings = settings;
        this.parts = new RegistryParts(settings);
        this.requests = requests;
        this.events = create();
    }

    /** Makes the translator; nothing is connected before it is needed. */
    public static Translators open(WeirConfig config) {
        return new Translators(config.format(), Gateway.topicPlan(config).requests());
    }

    /** The translator. */
    public EventTranslator events() {
        return events;
    }

    private EventTranslator create() {
        boolean json = settings.name().equals("json");
        boolean plugged =
                settings.deserializer().isPresent() || settings.serializer().isPresent();
        if (settings.registry().urls().isEmpty() || (json && !plugged)) {
            return EventTranslator.json();
        }
        SchemaRegistry registry = parts.client();
        return new AvroTranslator(registry::find, !settings.name().equals("avro"), publisher(registry));
    }

    private UnaryOperator<Blob> publisher(SchemaRegistry registry) {
        boolean avro = settings.name().equals("avro");
        if (settings.serializer().isPresent() && !settings.name().equals("auto")) {
            Serializer<Object> plugged = plugged(settings.serializer().get());
            return avro
                    ? AvroTranslator.inAvro(request -> plugged.serialize(requests, request))
                    : text -> Blob.of(plugged.serialize(requests, new String(text.bytes(), UTF_8)));
        }
        return avro
                ? AvroTranslator.inAvro(new RequestWriter(
                        registry, parts.subject(requests, RequestWriter.recordName()), parts.registration()))
                : UnaryOperator.identity();
    }

    @SuppressWarnings("unchecked")
    private Serializer<Object> plugged(String className) {
        Serializer<Object> made = RegistryParts.instance(className, Serializer.class, "value.serializer");
        made.configure(parts.pluggedSettings(), false);
        serializer = made;
        return made;
    }

    @Override
    public void close() {
        if (serializer != null) {
            serializer.close();
        }
    }
}
