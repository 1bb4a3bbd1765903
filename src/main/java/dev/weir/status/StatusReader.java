package dev.weir.status;

import dev.weir.event.EventTranslator;
import dev.weir.status.RequestFinder.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Reads from the topics how scopes stand and what became of requests. One thread, which it blocks. */
public final class StatusReader implements AutoCloseable {
    private final Settings settings;
    private final TopicScan scan;

    /**
     * Where and how far to look.
     *
     * @param clients settings of Kafka's clients
     * @param prefix of the topics
     * @param events what values on them mean
     * @param application the fleet's {@code application.id}
     * @param most how many of the newest records of a topic are looked at
     */
    public record Settings(
            Map<String, Object> clients, String prefix, EventTranslator events, String application, long most) {
        /** Copies the map. */
        public Settings {
            clients = Map.copyOf(clients);
        }
    }

    /** Connects at the first reading. */
    public StatusReader(Settings settings) {
        this.settings = settings;
        this.scan = new TopicScan(settings.clients());
    }

    /** The table of all scopes, or of the one named; empty when none has been reported. */
    public List<String> scopes(long nowMillis) {
        List<ScopeReport> reports = reports();
        return reports.isEmpty() ? List.of() : ScopeTable.of(reports, nowMillis);
    }

    /** What is known of a scope, or else of the requests with that id; empty when there is neither. */
    public List<String> explain(String scopeOrId, long nowMillis) {
        List<ScopeReport> reports = reports();
        List<ScopeReport> named = reports.stream()
                .filter(report -> report.scope().equals(scopeOrId))
                .toList();
        if (!named.isEmpty()) {
            return ScopeTable.of(named, nowMillis);
        }
        Finding finding = new RequestFinder(
                        scan, settings.prefix() + "requests", settings.events().requests(), settings.most())
                .find(scopeOrId);
        List<String> lines = new ArrayList<>();
        if (!finding.requests().isEmpty()) {
            FactFinder facts = new FactFinder(scan, settings.prefix(), settings.events(), settings.most());
            facts.gather(finding.requests(), reports, committed())
                    .forEach(request -> lines.addAll(Explanation.of(request, reports, nowMillis)));
        }
        if (!lines.isEmpty() && !finding.complete()) {
            lines.add("only the newest " + settings.most() + " requests were looked at; raise --scan for older ones");
        }
        return lines;
    }

    private List<ScopeReport> reports() {
        Map<String, ScopeReport> last = new TreeMap<>();
        boolean unused = scan.newest(
                scan.partitions(settings.prefix() + "status"), 0, Long.MAX_VALUE, message -> report(message, last));
        return List.copyOf(last.values());
    }

    private static void report(ConsumerRecord<byte[], byte[]> message, Map<String, ScopeReport> last) {
        String scope = message.key() == null ? "" : new String(message.key(), java.nio.charset.StandardCharsets.UTF_8);
        if (message.value() == null) {
            last.remove(scope);
        } else {
            ReportCodec.read(message.value()).ifPresent(report -> last.put(scope, report));
        }
    }

    /** Up to where the fleet has read the requests; empty when that cannot be told. */
    private Map<TopicPartition, Long> committed() {
        Map<TopicPartition, Long> read = new HashMap<>();
        try (Admin admin = Admin.create(settings.clients())) {
            Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(
                            settings.application() + "-dispatch")
                    .partitionsToOffsetAndMetadata()
                    .get();
            offsets.forEach((partition, offset) -> {
                if (offset != null) {
                    read.put(partition, offset.offset());
                }
            });
        } catch (ExecutionException e) {
            return Map.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Map.of();
        }
        return read;
    }

    @Override
    public void close() {
        scan.close();
    }
}
