package dev.weir.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates and describes the topics of a plan. Each call ends within 10 s. Threading: one thread at a time. */
public final class TopicAdmin implements AutoCloseable {
    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Admin admin;
    private final String bootstrapServers;

    /**
     * Prepares the client; nothing is sent yet.
     *
     * @param config the client's settings, with {@code bootstrap.servers}
     * @throws TopicFailure if the settings cannot work
     */
    public TopicAdmin(Map<String, ?> config) {
        Map<String, Object> bounded = new HashMap<>(config);
        bounded.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) BOUND.toMillis());
        bounded.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) BOUND.toMillis() / 2);
        bounded.putIfAbsent(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 5_000);
        this.bootstrapServers = String.valueOf(config.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
        try {
            this.admin = Admin.create(bounded);
        } catch (KafkaException e) {
            throw new TopicFailure(
                    "the Kafka client cannot start: " + root(e) + "; check bootstrap.servers=" + bootstrapServers
                            + " and the kafka.* settings",
                    e);
        }
    }

    /**
     * Creates what the plan has and the cluster has not, and waits until it is visible.
     *
     * @return the names of the topics that this call created
     * @throws TopicFailure if the broker refuses or does not answer, or the work topics' partitions do not fit the plan
     */
    public List<String> createMissing(TopicPlan plan) {
        List<ActualTopic> actual = describe(plan);
        List<Finding> obstacles = TopicCheck.obstacles(plan, actual);
        if (!obstacles.isEmpty()) {
            throw new TopicFailure("no topic was created: " + obstacles.get(0).line());
        }
        Set<String> present = actual.stream().map(ActualTopic::name).collect(Collectors.toSet());
        List<NewTopic> missing = plan.topics().stream()
                .filter(topic -> !present.contains(topic.name()))
                .map(topic ->
                        new NewTopic(topic.name(), topic.partitions(), topic.replication()).configs(topic.config()))
                .toList();
        Map<String, KafkaFuture<Void>> results = admin.createTopics(missing).values();
        List<String> created = missing.stream()
                .map(NewTopic::name)
                .filter(name -> created(name, results))
                .toList();
        awaitVisible(plan);
        return created;
    }

    /** The topics of the plan that exist. */
    public List<ActualTopic> describe(TopicPlan plan) {
        return describe(plan.topics().stream().map(PlannedTopic::name).toList());
    }

    /** Those of the topics that exist. */
    public List<ActualTopic> describe(Collection<String> topics) {
        Set<String> existing = get("list topics", admin.listTopics().names());
        List<String> names = topics.stream().filter(existing::contains).toList();
        Map<String, TopicDescription> descriptions =
                get("describe topics", admin.describeTopics(names).allTopicNames());
        Map<String, Map<String, String>> configs = configs(names);
        List<ActualTopic> actual = new ArrayList<>();
        descriptions.forEach((name, topic) -> actual.add(new ActualTopic(
                name,
                topic.partitions().size(),
                topic.partitions().get(0).replicas().size(),
                configs.getOrDefault(name, Map.of()))));
        return actual;
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }

    private Map<String, Map<String, String>> configs(List<String> names) {
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<String, Map<String, String>> configs = new HashMap<>();
        get("read the settings of topics", admin.describeConfigs(resources).all())
                .forEach((topic, config) -> configs.put(
                        topic.name(),
                        config.entries().stream()
                                .filter(entry -> entry.value() != null)
                                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value))));
        return configs;
    }

    private boolean created(String name, Map<String, KafkaFuture<Void>> results) {
        KafkaFuture<Void> result = java.util.Objects.requireNonNull(results.get(name));
        try {
            result.get(BOUND.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false; // another process was quicker
            }
            throw failure("create " + name, e);
        } catch (TimeoutException e) {
            throw failure("create " + name, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void awaitVisible(TopicPlan plan) {
        Set<String> names = plan.topics().stream().map(PlannedTopic::name).collect(Collectors.toSet());
        long start = System.nanoTime();
        while (!get("list topics", admin.listTopics().names()).containsAll(names)) {
            if (System.nanoTime() - start > BOUND.toNanos()
                    || Thread.currentThread().isInterrupted()) {
                throw new TopicFailure("the created topics are not visible at bootstrap.servers=" + bootstrapServers);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private <T> T get(String action, KafkaFuture<T> future) {
        try {
            return future.get(BOUND.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw failure(action, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private TopicFailure failure(String action, Exception failure) {
        boolean silent = failure instanceof TimeoutException
                || failure.getCause() instanceof org.apache.kafka.common.errors.TimeoutException;
        return silent
                ? new TopicFailure(
                        "no broker answers at bootstrap.servers=" + bootstrapServers
                                + "; is it running, and is the address right?",
                        failure)
                : new TopicFailure("could not " + action + ": " + root(failure) + cure(failure), failure);
    }

    private static String cure(Exception failure) {
        return failure.getCause() instanceof InvalidReplicationFactorException
                ? "; lower topics.replication.factor or start more brokers"
                : "";
    }

    private static TopicFailure interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new TopicFailure("interrupted", e);
    }

    private static String root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null
                ? root.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
