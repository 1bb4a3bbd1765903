package dev.weir.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes requests, at once or at a rate in the background. Threading: one thread uses it. */
final class Load implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile boolean stopped;
    private Thread background;
    private int published;

    Load(Map<String, Object> clients, String topic) {
        this.producer = new KafkaProducer<>(clients, new ByteArraySerializer(), new ByteArraySerializer());
        this.topic = topic;
    }

    /** Publishes so many and returns when the broker has accepted them. */
    void publish(int count) {
        for (int i = 0; i < count; i++) {
            send();
        }
        producer.flush();
    }

    /** Publishes until {@link #stop}. */
    void start(int perSecond) {
        background = new Thread(() -> run(1_000_000_000L / perSecond), "chaos-load");
        background.setDaemon(true);
        background.start();
    }

    /** Ends what was started; every request is accepted or refused by the broker when it returns. */
    void stop() throws InterruptedException {
        stopped = true;
        background.join();
        producer.flush();
    }

    /** How many the broker has confirmed. */
    long accepted() {
        return accepted.get();
    }

    /** How many it has not taken, as far as the producer knows. */
    long refused() {
        return refused.get();
    }

    private void run(long gapNanos) {
        long next = System.nanoTime();
        while (!stopped) {
            send();
            next += gapNanos;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void send() {
        int number = published++;
        String body =
                "{\"model\":\"grok-4.5\",\"messages\":[{\"role\":\"user\",\"content\":\"number " + number + "\"}]}";
        producer.send(
                new ProducerRecord<>(topic, ("key-" + number).getBytes(UTF_8), body.getBytes(UTF_8)),
                (metadata, failure) -> (failure == null ? accepted : refused).incrementAndGet());
    }

    @Override
    public void close() {
        stopped = true;
        producer.close();
    }
}
