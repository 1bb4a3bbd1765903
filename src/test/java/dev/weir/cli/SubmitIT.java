package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.broker.EmbeddedKafka;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Beside a gateway of a few lines, which fails what contains the word "fail". */
@Timeout(120)
final class SubmitIT {
    private final EmbeddedKafka broker = EmbeddedKafka.start(null, 0);
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final Thread gateway = new Thread(this::answerAll, "gateway of the test");

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws Exception {
        try (Admin admin = Admin.create(client())) {
            admin.createTopics(List.of(
                            new NewTopic("grok.requests", 1, (short) 1), new NewTopic("grok.responses", 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    @AfterEach
    void stop() throws Exception {
        running.set(false);
        gateway.join();
        broker.close();
    }

    @Test
    void shouldWriteOneResponsePerRequestOfItsOwnSubmission() throws Exception {
        gateway.start();
        Path requests = Files.writeString(
                folder.resolve("requests.jsonl"), "{\"id\":\"a\"}\n{\"id\":\"b\"}\n\n{\"id\":\"c\"}\n");
        assertThat(submit("--file", requests.toString())).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("weir: 3 requests published");

        int exit = submit("--file", requests.toString(), "--wait", "--timeout", "60", "--rate", "20");

        assertThat(exit).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines())
                .hasSize(3)
                .allMatch(line -> line.contains("\"status\":\"succeeded\""))
                .anyMatch(line -> line.contains("\"offset\":3"))
                .anyMatch(line -> line.contains("\"offset\":4"))
                .anyMatch(line -> line.contains("\"offset\":5"));
        assertThat(err.toString()).contains("3 requests published, 3 succeeded, 0 did not, 0 without a response");
    }

    @Test
    void shouldReadStandardInputWithoutAnArgument() {
        gateway.start();
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("{\"id\":\"a\"}\n{\"id\":\"b\"}\n".getBytes(UTF_8)));
        try {
            assertThat(submit("--wait")).as(err.toString()).isEqualTo(ExitCode.OK);
        } finally {
            System.setIn(before);
        }
        assertThat(out.toString()).hasLineCount(2);
    }

    @Test
    void shouldWriteOnlyTheAnswerToAPrompt() {
        gateway.start();

        int exit = submit("why is the sky blue?", "--content");

        assertThat(exit).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(out.toString().strip()).isEqualTo("an answer");
    }

    @Test
    void shouldEndWith1WhenARequestDoesNotSucceed() {
        gateway.start();

        assertThat(submit("please fail", "--wait")).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).contains("\"status\":\"failed\"").hasLineCount(1);
        assertThat(err.toString()).contains("1 requests published, 0 succeeded, 1 did not");
    }

    @Test
    void shouldEndWith1AndNameWhatHasNoResponse() {
        assertThat(submit("hello", "--wait", "--timeout", "1")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("no response yet to [grok.requests-0-0]; is the gateway running?");
    }

    @Test
    void shouldExplainTopicsThatDoNotExistAndCreateNone() {
        assertThat(submit("hello", "--prefix", "other.")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "weir: a topic is missing (other.requests); correct --prefix or create it with"
                                + " 'weir topics'");
    }

    private int submit(String... args) {
        String[] all = new String[args.length + 3];
        all[0] = "submit";
        all[1] = "--bootstrap-servers";
        all[2] = broker.bootstrapServers();
        System.arraycopy(args, 0, all, 3, args.length);
        CommandLine line = SubmitAndVerifyOptionsTest.line();
        return line.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }

    private void answerAll() {
        TopicPartition requests = new TopicPartition("grok.requests", 0);
        try (KafkaConsumer<String, String> consumer =
                        new KafkaConsumer<>(client(), new StringDeserializer(), new StringDeserializer());
                KafkaProducer<String, String> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "gateway"),
                        new StringSerializer(),
                        new StringSerializer())) {
            consumer.assign(List.of(requests));
            consumer.seekToBeginning(List.of(requests));
            producer.initTransactions();
            while (running.get()) {
                for (ConsumerRecord<String, String> request : consumer.poll(Duration.ofMillis(100))) {
                    producer.beginTransaction();
                    producer.send(new ProducerRecord<>("grok.responses", request.key(), response(request)));
                    producer.commitTransaction();
                }
            }
        }
    }

    private static String response(ConsumerRecord<String, String> request) {
        return "{\"status\":\"" + (request.value().contains("fail") ? "failed" : "succeeded")
                + "\",\"content\":\"an answer\",\"source\":{\"topic\":\"grok.requests\",\"partition\":0,\"offset\":"
                + request.offset() + "}}";
    }

    private Map<String, Object> client() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }
}
