package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.control.ControlCodec;
import dev.weir.control.ControlCommand;
import dev.weir.control.ControlFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Publishes commands. */
final class ControlClient {
    private ControlClient() {}

    /** Publishes one command, and answers its topic once the brokers have it. */
    static String publish(KafkaOptions kafka, ControlCommand command) {
        byte[] value = ControlCodec.write(command);
        if (ControlCodec.read(value) instanceof ControlFormat.Reading.Unreadable unreadable) {
            throw CliException.usage(unreadable.message());
        }
        Map<String, Object> clients = kafka.clients();
        String topic = kafka.prefix() + "control";
        SubmitClients.check(clients, List.of(topic));
        try (KafkaProducer<byte[], byte[]> producer = SubmitClients.producer(clients)) {
            var unused = producer.send(
                            new ProducerRecord<>(topic, command.subject().getBytes(UTF_8), value))
                    .get();
            return topic;
        } catch (ExecutionException e) {
            throw SubmitClients.unreachable(clients, e);
        } catch (KafkaException e) {
            throw SubmitClients.unreachable(clients, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliException.failed("interrupted");
        }
    }
}
