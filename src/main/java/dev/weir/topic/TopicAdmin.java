package dev.weir.topic;

import dev.weir.topic.TopicCheck.ActualTopic;
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
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates and describes topics. Every wait is bounded. Threading: one thread. */
public final class TopicAdmin implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Admin admin;
    private final String bootstrapServers;

    private TopicAdmin(Admin admin, String bootstrapServers) {
        this.admin = admin;
        this.bootstrapServers = bootstrapServers;
    }

    /** The cluster cannot be asked; the message is one line with the cure. */
    public static final class Unreachable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreachable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** An admin client with these settings. */
    public static TopicAdmin connect(String bootstrapServers, Map<String, String> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        settings.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis() / 2);
        try {
            return new TopicAdmin(Admin.create(settings), bootstrapServers);
        } catch (RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new Unreachable(
                    "bootstrap.servers = " + bootstrapServers + " cannot be used: " + cause.getMessage(), e);
        }
    }

    /** Creates what is missing of the plan, and answers the names. */
    public List<String> createMissing(TopicPlan plan) {
        Set<String> present = await(admin.listTopics().names());
        List<NewTopic> missing = new ArrayList<>();
        for (PlannedTopic topic : plan.topics()) {
            if (!present.contains(topic.name())) {
                missing.add(new NewTopic(topic.name(), topic.partitions(), plan.replicationFactor())
                        .configs(topic.config()));
            }
        }
        admin.createTopics(missing).values().forEach((name, created) -> awaitCreated(created));
        return missing.stream().map(NewTopic::name).toList();
    }

    /** The topics of the plan that exist, as they are. */
    public Map<String, ActualTopic> describe(TopicPlan plan) {
        Set<String> present = await(admin.listTopics().names());
        List<String> names = plan.topics().stream()
                .map(PlannedTopic::name)
                .filter(present::contains)
                .toList();
        Map<String, TopicDescription> shapes = await(admin.describeTopics(names).allTopicNames());
        Map<String, Integer> partitions = new HashMap<>();
        shapes.forEach((name, shape) -> partitions.put(name, shape.partitions().size()));
        Collection<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<ConfigResource, Config> configs =
                await(admin.describeConfigs(resources).all());
        Map<String, ActualTopic> actual = new HashMap<>();
        configs.forEach((resource, config) -> actual.put(
                resource.name(),
                new ActualTopic(
                        partitions.getOrDefault(resource.name(), 0),
                        Integer.parseInt(value(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "0")),
                        Long.parseLong(value(
                                config,
                                TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG,
                                Long.toString(Long.MAX_VALUE))))));
        return actual;
    }

    private static String value(Config config, String name, String otherwise) {
        return config.get(name) == null ? otherwise : config.get(name).value();
    }

    private void awaitCreated(KafkaFuture<Void> created) {
        try {
            created.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw unreachable(causeOf(e));
            }
        } catch (TimeoutException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e);
        }
    }

    private <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw unreachable(causeOf(e));
        } catch (TimeoutException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e);
        }
    }

    private static Throwable causeOf(ExecutionException failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure : cause;
    }

    private Unreachable unreachable(Throwable cause) {
        boolean silent =
                cause instanceof TimeoutException || cause instanceof org.apache.kafka.common.errors.TimeoutException;
        String what = silent
                ? "no broker answered within " + PATIENCE.toSeconds() + " s; check the address, or start one with"
                        + " 'weir kafka'"
                : String.valueOf(cause.getMessage());
        return new Unreachable("bootstrap.servers = " + bootstrapServers + ": " + what, cause);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(2));
    }
}
