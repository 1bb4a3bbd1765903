package dev.weir.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.permit.AskMessage;
import dev.weir.permit.InboxMessage;
import dev.weir.permit.PermitCodec;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one producer of a process for permit messages: plain and idempotent, because an open transaction on the inbox
 * would hide every later grant from its readers. Threading: safe for any thread.
 */
public final class PermitProducer implements AskSender, InboxSender, HandOverSender, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PermitProducer.class);

    private final Producer<byte[], byte[]> producer;
    private final String asksTopic;
    private final String inboxTopic;
    private final int asksPartitions;
    private final int inboxPartitions;
    private final AtomicLong failures = new AtomicLong();
    private final ThreadLocal<Outbox> outbox = ThreadLocal.withInitial(() -> new Outbox(this::ask));

    /**
     * Connects and reads the partition counts.
     *
     * @param config producer settings; idempotence, acknowledgements and serializers are set here
     */
    public PermitProducer(Map<String, Object> config, String asksTopic, String inboxTopic) {
        Map<String, Object> plain = new java.util.HashMap<>(config);
        plain.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        plain.put(ProducerConfig.ACKS_CONFIG, "all");
        plain.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 0);
        plain.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        this.producer = new KafkaProducer<>(plain, new ByteArraySerializer(), new ByteArraySerializer());
        this.asksTopic = asksTopic;
        this.inboxTopic = inboxTopic;
        this.asksPartitions = producer.partitionsFor(asksTopic).size();
        this.inboxPartitions = producer.partitionsFor(inboxTopic).size();
    }

    @Override
    public void send(String scope, AskMessage message) {
        int partition = Utils.toPositive(Utils.murmur2(scope.getBytes(UTF_8))) % asksPartitions;
        outbox.get().add(partition, PermitCodec.encode(message));
    }

    @Override
    public void broadcast(AskMessage message) {
        byte[] value = PermitCodec.encode(message);
        for (int partition = 0; partition < asksPartitions; partition++) {
            outbox.get().add(partition, value);
        }
    }

    @Override
    public void push() {
        outbox.get().push();
    }

    @Override
    public void send(int partition, List<InboxMessage> messages) {
        if (partition >= inboxPartitions) {
            // The producer would wait a minute for the partition to appear, and every permit with it.
            LOG.warn("A stray ask names requests partition {}, of which there are {}", partition, inboxPartitions);
            return;
        }
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        messages.forEach(message -> record.writeBytes(PermitCodec.encode(message)));
        send(new ProducerRecord<>(inboxTopic, partition, null, record.toByteArray()));
    }

    @Override
    public void send(int partition, InboxMessage message, Runnable whenDurable) {
        var unused = producer.send(
                new ProducerRecord<>(inboxTopic, partition, null, PermitCodec.encode(message)), (metadata, failure) -> {
                    if (failure == null) {
                        whenDurable.run();
                    } else {
                        LOG.warn("A hand-over message to {} was not sent: {}", inboxTopic, failure.toString());
                    }
                });
    }

    @Override
    public void broadcast(InboxMessage message) {
        for (int partition = 0; partition < inboxPartitions; partition++) {
            send(partition, List.of(message));
        }
    }

    @Override
    public void flush() {
        producer.flush();
    }

    /** How many messages could not be sent for good; each dispatch task that sees it grow says hello anew. */
    public long failures() {
        return failures.get();
    }

    private void ask(int partition, byte[] record) {
        send(new ProducerRecord<>(asksTopic, partition, null, record));
    }

    private void send(ProducerRecord<byte[], byte[]> message) {
        Callback onFailure = (metadata, failure) -> {
            if (failure != null) {
                failures.incrementAndGet();
                LOG.warn("A permit message to {} was not sent: {}", message.topic(), failure.toString());
            }
        };
        var unused = producer.send(message, onFailure);
    }

    @Override
    public void close() {
        producer.close(java.time.Duration.ofSeconds(10));
    }
}
