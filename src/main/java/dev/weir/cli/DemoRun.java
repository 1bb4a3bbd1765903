package dev.weir.cli;

import dev.weir.Gateway;
import dev.weir.config.WeirConfig;
import dev.weir.event.EventTranslator;
import dev.weir.event.GrokResponse;
import dev.weir.event.ResponseCodec;
import dev.weir.topic.TopicPlan;
import dev.weir.verify.VerifySettings;
import io.micrometer.core.instrument.Gauge;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes the demo's requests and follows them until each is answered. Threading: one thread. */
final class DemoRun {
    private static final Duration DRAW = Duration.ofMillis(150);
    private static final Duration PATIENCE_WITHOUT_NEWS = Duration.ofSeconds(90);

    private static final Duration VERIFY_PATIENCE = Duration.ofSeconds(10);

    private final WeirConfig config;
    private final TopicPlan topics;
    private final Gateway gateway;
    private final Prompts prompts;
    private final EventTranslator events;

    DemoRun(WeirConfig config, TopicPlan topics, Gateway gateway, Prompts prompts, EventTranslator events) {
        this.config = config;
        this.topics = topics;
        this.gateway = gateway;
        this.prompts = prompts;
        this.events = events;
    }

    /** Plays it all; ends early when nothing moves for long, or the process is told to stop. */
    OutcomeTally play(int requests, DemoView view, Shutdown shutdown) {
        OutcomeTally tally = new OutcomeTally();
        try (KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(client(), new ByteArraySerializer(), new ByteArraySerializer());
                KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        consumerSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(consumer.partitionsFor(topics.responses()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList());
            consumer.seekToBeginning(consumer.assignment());
            for (int i = 0; i < requests; i++) {
                var unused = producer.send(prompts.request(topics.requests(), i, events));
            }
            producer.flush();
            follow(requests, consumer, tally, view, shutdown);
        }
        return tally;
    }

    private void follow(
            int requests,
            KafkaConsumer<byte[], byte[]> consumer,
            OutcomeTally tally,
            DemoView view,
            Shutdown shutdown) {
        long lastNewsNanos = System.nanoTime();
        while (tally.total() < requests && !shutdown.isAsked()) {
            int before = tally.total();
            consumer.poll(DRAW).forEach(message -> {
                GrokResponse response = ResponseCodec.read(events.response(message.value()));
                tally.add(response);
                view.answered(response);
            });
            view.draw(counts(requests, tally), System.currentTimeMillis());
            if (tally.total() > before) {
                lastNewsNanos = System.nanoTime();
            } else if (System.nanoTime() - lastNewsNanos > PATIENCE_WITHOUT_NEWS.toNanos()) {
                return;
            }
        }
    }

    private DemoView.Counts counts(int requests, OutcomeTally tally) {
        return new DemoView.Counts(requests, gauge("weir.waiting"), gauge("weir.in.flight"), tally.total());
    }

    private int gauge(String name) {
        Gauge gauge = gateway.meters().find(name).gauge();
        return gauge == null ? 0 : (int) gauge.value();
    }

    String bootstrapServers() {
        return config.bootstrapServers();
    }

    VerifySettings verification(URI simulator) {
        return new VerifySettings(client(), config.topics().prefix(), events, simulator, true, VERIFY_PATIENCE);
    }

    /** A consumer of outcomes. */
    Map<String, Object> consumerSettings() {
        Map<String, Object> settings = client();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return settings;
    }

    private Map<String, Object> client() {
        return new HashMap<>(Map.of("bootstrap.servers", config.bootstrapServers()));
    }
}
