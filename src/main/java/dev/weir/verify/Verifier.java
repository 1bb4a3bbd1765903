package dev.weir.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.event.GrokResponse;
import dev.weir.event.ResponseCodec;
import dev.weir.event.SourceCoordinates;
import dev.weir.event.WeirHeaders;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads the topics, and the simulator's journal where there is one, and tells whether the promise was kept. */
public final class Verifier {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Pattern CLIENT_REQUEST_ID = Pattern.compile(".*-([0-9]+)-([0-9]+)/[0-9]+");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Object> consumerSettings;
    private final Topics topics;

    /**
     * What is read.
     *
     * @param requests the requests topic
     * @param responses the responses topic
     * @param deadLetters the dead-letter topic
     */
    public record Topics(String requests, String responses, String deadLetters) {}

    /** A verifier with these consumer settings, which must name the brokers. */
    public Verifier(Map<String, Object> consumerSettings, Topics topics) {
        this.consumerSettings = new HashMap<>(consumerSettings);
        this.consumerSettings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        this.consumerSettings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.consumerSettings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.topics = topics;
    }

    /**
     * Reads everything once. Requests that are published while it reads count for nothing.
     *
     * @param journal the simulator's address, or null
     * @throws IOException when the journal cannot be read
     */
    public Tally read(@Nullable URI journal) throws IOException {
        Tally tally = new Tally(topics.requests());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(consumerSettings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> requests = partitions(consumer, topics.requests());
            Map<TopicPartition, Long> first = consumer.beginningOffsets(requests);
            consumer.endOffsets(requests)
                    .forEach((partition, end) ->
                            tally.range(partition.partition(), first.getOrDefault(partition, 0L), end));
            drain(consumer, requests, message -> tally.request(message.partition(), message.offset()));
            drain(consumer, partitions(consumer, topics.responses()), message -> readResponse(tally, message));
            drain(consumer, partitions(consumer, topics.deadLetters()), message -> readDeadLetter(tally, message));
        }
        if (journal != null) {
            readJournal(tally, journal);
        }
        return tally;
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    /** Hands over every committed record up to the present end. */
    private static void drain(
            KafkaConsumer<byte[], byte[]> consumer,
            List<TopicPartition> partitions,
            Consumer<ConsumerRecord<byte[], byte[]>> to) {
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (!ends.isEmpty()) {
            consumer.poll(POLL).forEach(message -> {
                Long end = ends.get(new TopicPartition(message.topic(), message.partition()));
                if (end != null && message.offset() < end) {
                    to.accept(message);
                }
            });
            ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        }
    }

    private static void readResponse(Tally tally, ConsumerRecord<byte[], byte[]> message) {
        try {
            GrokResponse response = ResponseCodec.read(message.value());
            tally.response(response.source(), response.status(), response.possiblyRepeated());
        } catch (IllegalArgumentException e) {
            tally.response(
                    new SourceCoordinates(message.topic(), message.partition(), message.offset()),
                    dev.weir.event.ResponseStatus.FAILED,
                    false);
        }
    }

    private static void readDeadLetter(Tally tally, ConsumerRecord<byte[], byte[]> message) {
        String partition = header(message, WeirHeaders.SOURCE_PARTITION);
        String offset = header(message, WeirHeaders.SOURCE_OFFSET);
        String topic = header(message, WeirHeaders.SOURCE_TOPIC);
        boolean known = partition.matches("[0-9]{1,9}") && offset.matches("[0-9]{1,18}");
        tally.deadLetter(
                known
                        ? new SourceCoordinates(topic, Integer.parseInt(partition), Long.parseLong(offset))
                        : new SourceCoordinates("", 0, 0));
    }

    private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
        Header header = message.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
    }

    private static void readJournal(Tally tally, URI simulator) throws IOException {
        URI journal = simulator.resolve("/_sim/journal");
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(journal.toURL().openStream(), UTF_8))) {
            String line = lines.readLine();
            while (line != null) {
                JsonNode entry = JSON.readTree(line);
                Matcher id =
                        CLIENT_REQUEST_ID.matcher(entry.path("clientRequestId").asText());
                if (entry.path("answered").asBoolean() && id.matches()) {
                    tally.answeredCall(Integer.parseInt(id.group(1)), Long.parseLong(id.group(2)));
                }
                line = lines.readLine();
            }
        }
    }
}
