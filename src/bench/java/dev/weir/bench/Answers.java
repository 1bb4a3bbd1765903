package dev.weir.bench;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Where peers write what they got. Threading: any. */
final class Answers {
    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;

    Answers(PeerSettings settings) {
        this.topic = settings.responses();
        this.producer = new KafkaProducer<>(settings.producer(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    void send(byte[] key, byte[] body, int status, Callback callback) {
        ProducerRecord<byte[], byte[]> answer = new ProducerRecord<>(topic, key, body);
        answer.headers()
                .add(PeerSettings.STATUS_HEADER, Integer.toString(status).getBytes(StandardCharsets.US_ASCII));
        producer.send(answer, callback);
    }
}
