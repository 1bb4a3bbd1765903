package dev.weir;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.jspecify.annotations.Nullable;

/** Looks for a text wherever a process writes: logs at their most talkative, topics, folders. */
final class Grep implements AutoCloseable {
    private final String text;
    private final List<String> found = new ArrayList<>();
    private final AtomicLong lines = new AtomicLong();
    private final Listener listener = new Listener();

    /** Listens to every logger from now on: ours at trace, all others at debug. */
    Grep(String text) {
        this.text = text;
        listener.start();
        Configuration logging = logging().getConfiguration();
        logging.getLoggers().forEach((name, logger) -> {
            List.copyOf(logger.getAppenders().keySet()).forEach(logger::removeAppender);
            logger.setLevel(Level.DEBUG);
        });
        logging.getRootLogger().addAppender(listener, Level.ALL, null);
        logging().updateLoggers();
        Configurator.setLevel("dev.weir", Level.TRACE);
    }

    private final class Listener extends AbstractAppender {
        private Listener() {
            super("grep", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            lines.incrementAndGet();
            look("a log line of " + event.getLoggerName(), event.getMessage().getFormattedMessage());
            for (Throwable each = event.getThrown(); each != null; each = each.getCause()) {
                look("an exception logged by " + event.getLoggerName(), each.toString());
            }
        }
    }

    /** How many log lines were looked at. */
    long lines() {
        return lines.get();
    }

    /** Where the text was found. */
    synchronized List<String> found() {
        return List.copyOf(found);
    }

    /** Looks into a text. */
    synchronized void look(String where, @Nullable String content) {
        if (content != null && content.contains(text)) {
            found.add(where);
        }
    }

    /** Looks into every record of every topic, internal ones too; how many there are. */
    int lookIntoTopics(String bootstrapServers) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers);
        int count = 0;
        try (Admin admin = Admin.create(settings);
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Set<String> topics = admin.listTopics(new ListTopicsOptions().listInternal(true))
                    .names()
                    .get();
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(java.time.Duration.ofMillis(200))) {
                    count++;
                    look(message);
                }
            }
        }
        return count;
    }

    private void look(ConsumerRecord<byte[], byte[]> message) {
        String where = "a record of " + message.topic();
        look(where, message.key() == null ? null : new String(message.key(), UTF_8));
        look(where, message.value() == null ? null : new String(message.value(), UTF_8));
        for (Header header : message.headers()) {
            look(
                    where + " in header " + header.key(),
                    header.value() == null ? null : new String(header.value(), UTF_8));
        }
    }

    /** Looks into every file below; how many there are. */
    int lookIntoFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            for (Path file : all) {
                look(
                        "file " + file,
                        new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1));
            }
            return all.size();
        }
    }

    private static LoggerContext logging() {
        return (LoggerContext) LogManager.getContext(false);
    }

    /** Logs as before. */
    @Override
    public void close() {
        logging().reconfigure();
    }
}
