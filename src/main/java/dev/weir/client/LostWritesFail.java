package dev.weir.client;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;

/**
 * A write that is given up ends its stream thread with all its tasks, and another thread takes over from what is
 * durable. By default Kafka Streams would start only the task of the write anew after a timeout; its siblings would
 * never hear that what they wait for behind the same producer does not come. Threading: called on network threads.
 */
public final class LostWritesFail implements ProductionExceptionHandler {
    /** Kafka Streams creates it by reflection. */
    public LostWritesFail() {}

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public Response handleError(ErrorHandlerContext context, ProducerRecord<byte[], byte[]> lost, Exception failure) {
        return Response.fail(List.of());
    }
}
