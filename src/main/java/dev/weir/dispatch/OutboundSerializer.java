package dev.weir.dispatch;

import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Writes the bytes of an {@link Outbound} as they are. */
@NullMarked
public final class OutboundSerializer implements Serializer<Outbound> {
    @Override
    @SuppressWarnings("NullAway") // Kafka's interface is not annotated; a null value is a record without value
    public byte @Nullable [] serialize(String topic, @Nullable Outbound data) {
        return data == null || data.value() == null ? null : data.value().bytes();
    }
}
