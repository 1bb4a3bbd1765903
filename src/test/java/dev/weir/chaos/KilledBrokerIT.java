package dev.weir.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * The embedded broker is killed in the midst of transactions: each is in all of its partitions afterwards, or in none.
 * {@code -Dweir.chaos.kills=N} kills that often, {@code -Dweir.chaos.seed=S} at the same moments again.
 */
@EnabledOnOs(OS.LINUX)
@EnabledIfSystemProperty(named = "weir.chaos.kills", matches = "[1-9][0-9]*")
final class KilledBrokerIT {
    private static final int PARTITIONS = 12;
    private static final int COUNTERS = 12;
    private static final String TOPIC = "numbers";
    private static final Path FOLDER = Path.of("target", "chaos", "killed-broker");
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final long seed = Long.getLong("weir.chaos.seed", System.nanoTime());
    private final int kills = Integer.getInteger("weir.chaos.kills", 2);
    private final Random random = new Random(seed);
    private final TcpProxy proxy = TcpProxy.start("kafka");
    private final AtomicInteger committed = new AtomicInteger();
    private final AtomicIntegerArray last = new AtomicIntegerArray(COUNTERS);
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final ExecutorService threads = Executors.newFixedThreadPool(COUNTERS);
    private int starts;

    @Test
    void shouldEndATransactionEverywhereOrNowhere() throws Exception {
        Utils.delete(FOLDER.toFile());
        Files.createDirectories(FOLDER);
        Child broker = startBroker();
        try {
            createTopic();
            CompletableFuture<?>[] counting = IntStream.range(0, COUNTERS)
                    .mapToObj(counter -> CompletableFuture.runAsync(() -> count(counter), threads))
                    .toArray(CompletableFuture<?>[]::new);
            for (int i = 0; i < kills; i++) {
                int before = committed.get();
                awaitCommits(before + 200 + random.nextInt(200));
                broker.kill();
                broker = startBroker();
            }
            awaitCommits(committed.get() + 200);
            stopping.set(true);
            CompletableFuture.allOf(counting).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

            Map<Integer, List<Integer>> found = read();

            assertThat(faults(found)).as("-Dweir.chaos.seed=%d", seed).isEmpty();
        } finally {
            stopping.set(true);
            threads.shutdown();
            broker.close();
            proxy.close();
        }
    }

    private Child startBroker() {
        starts++;
        List<String> arguments = List.of(
                "kafka", "--port", "0", "--data", FOLDER.resolve("kafka").toString(), "--advertise", proxy.address());
        Child broker = Child.start("kafka", FOLDER.resolve(starts + "-kafka.log"), "512m", arguments);
        proxy.target(Integer.parseInt(
                broker.awaitLine("bootstrap\\.servers=[^:]+:(\\d+)").group(1)));
        return broker;
    }

    private void createTopic() throws InterruptedException, ExecutionException, TimeoutException {
        try (Admin admin = Admin.create(clients())) {
            admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                    .all()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** Numbers of its own one after the other, each to all partitions in a transaction. */
    private void count(int counter) {
        Map<String, Object> config = new HashMap<>(clients());
        config.put("transactional.id", "counter-" + counter);
        config.put("max.block.ms", (int) PATIENCE.toMillis());
        try (KafkaProducer<Integer, Integer> producer =
                new KafkaProducer<>(config, new IntegerSerializer(), new IntegerSerializer())) {
            producer.initTransactions();
            while (!stopping.get()) {
                int number = (last.get(counter) + 1) * COUNTERS + counter;
                producer.beginTransaction();
                for (int partition = 0; partition < PARTITIONS; partition++) {
                    var unused = producer.send(new ProducerRecord<>(TOPIC, partition, null, number));
                }
                producer.commitTransaction();
                last.incrementAndGet(counter);
                committed.incrementAndGet();
            }
        }
    }

    private void awaitCommits(int count) {
        org.awaitility.Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> committed.get() >= count);
    }

    /** What a reader of committed records finds in each partition, up to its end. */
    private Map<Integer, List<Integer>> read() {
        Map<String, Object> config = new HashMap<>(clients());
        config.put("isolation.level", "read_committed");
        config.put("auto.offset.reset", "earliest");
        List<TopicPartition> all = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(TOPIC, partition))
                .toList();
        Map<Integer, List<Integer>> found = new TreeMap<>();
        long startedNanos = System.nanoTime();
        try (KafkaConsumer<Integer, Integer> consumer =
                new KafkaConsumer<>(config, new IntegerDeserializer(), new IntegerDeserializer())) {
            consumer.assign(all);
            while (!isComplete(found) && System.nanoTime() - startedNanos < PATIENCE.toNanos() / 4) {
                for (ConsumerRecord<Integer, Integer> each : consumer.poll(Duration.ofMillis(200))) {
                    found.computeIfAbsent(each.partition(), unused -> new ArrayList<>())
                            .add(each.value());
                }
            }
        }
        return found;
    }

    /** What each partition lacks and has too much. */
    private List<String> faults(Map<Integer, List<Integer>> found) {
        List<String> faults = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            List<Integer> numbers = new ArrayList<>(found.getOrDefault(partition, List.of()));
            List<Integer> missing = new ArrayList<>(expected());
            missing.removeAll(new HashSet<>(numbers));
            expected().forEach(number -> numbers.remove(number));
            if (!missing.isEmpty() || !numbers.isEmpty()) {
                faults.add("partition " + partition + " lacks " + missing + " and has too much " + numbers);
            }
        }
        return faults;
    }

    private List<Integer> expected() {
        return IntStream.range(0, COUNTERS)
                .boxed()
                .flatMap(counter ->
                        IntStream.rangeClosed(1, last.get(counter)).mapToObj(turn -> turn * COUNTERS + counter))
                .toList();
    }

    private boolean isComplete(Map<Integer, List<Integer>> found) {
        return found.size() == PARTITIONS
                && found.values().stream().allMatch(numbers -> numbers.size() >= committed.get());
    }

    private Map<String, Object> clients() {
        return Map.of("bootstrap.servers", proxy.address());
    }
}
