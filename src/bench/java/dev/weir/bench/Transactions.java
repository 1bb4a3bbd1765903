package dev.weir.bench;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/** The log of the transaction coordinator: every transaction leaves a few records in it. */
final class Transactions {
    private static final String TRANSACTIONS = "__transaction_state";

    private Transactions() {}

    /** How many records it has had up to now. */
    static long records(Bed bed) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bed.bootstrap()))) {
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
