package dev.weir.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/** Nothing to do: processor time, and transactions by the growth of the coordinator's log. */
final class Idle {
    private static final String TRANSACTIONS = "__transaction_state";
    private static final long SETTLE_MILLIS = 5_000;

    private Idle() {}

    static Map<String, Double> measure(Session session) throws InterruptedException {
        Thread.sleep(SETTLE_MILLIS);
        long transactions = transactions(session);
        Meter meter = new Meter(session);
        Thread.sleep(session.options().seconds() * 1_000L);
        Map<String, Double> figures = new TreeMap<>();
        meter.stop(figures, 0);
        figures.put("transaction_log_records", (double) (transactions(session) - transactions));
        return figures;
    }

    private static long transactions(Session session) throws InterruptedException {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", session.bed().bootstrap()))) {
            if (!admin.listTopics(new org.apache.kafka.clients.admin.ListTopicsOptions().listInternal(true))
                    .names()
                    .get()
                    .contains(TRANSACTIONS)) {
                return 0;
            }
            TopicDescription topic = admin.describeTopics(java.util.List.of(TRANSACTIONS))
                    .allTopicNames()
                    .get()
                    .get(TRANSACTIONS);
            Map<TopicPartition, OffsetSpec> ends = topic.partitions().stream()
                    .collect(Collectors.toMap(
                            info -> new TopicPartition(TRANSACTIONS, info.partition()), info -> OffsetSpec.latest()));
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker does not tell of its transactions", e);
        }
    }
}
