package dev.weir.avro;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.event.GrokResponse;
import dev.weir.event.ResponseCodec;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes responses through a Kafka serializer of others, which is given the Avro record or the JSON text. Threading:
 * any thread, one at a time is let in, since serializers need not be safe.
 */
public final class PluggedWriter implements Function<GrokResponse, byte[]> {
    private final Serializer<Object> serializer;
    private final String topic;
    private final boolean avro;

    /**
     * Writes through the serializer, which is configured already.
     *
     * @param topic the responses topic
     * @param avro whether it is given the Avro record, else the JSON text
     */
    public PluggedWriter(Serializer<Object> serializer, String topic, boolean avro) {
        this.serializer = serializer;
        this.topic = topic;
        this.avro = avro;
    }

    @Override
    public byte[] apply(GrokResponse response) {
        Object value = avro ? ResponseAvro.of(response) : new String(ResponseCodec.write(response), UTF_8);
        synchronized (serializer) {
            byte[] bytes = serialize(value, response.id());
            if (bytes == null) {
                throw new IllegalStateException("value.serializer made nothing of response " + response.id());
            }
            return bytes;
        }
    }

    /** Tells what the network caused, which passes, from what stays, for which the record is to blame. */
    private byte @Nullable [] serialize(Object value, String id) {
        try {
            return serializer.serialize(topic, value);
        } catch (RuntimeException e) {
            if (PluggedReader.isPassing(e)) {
                throw new KafkaException("value.serializer cannot write response " + id + " now", e);
            }
            throw new IllegalStateException("value.serializer cannot write response " + id, e);
        }
    }
}
