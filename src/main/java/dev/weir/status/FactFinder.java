package dev.weir.status;

import dev.weir.event.EventTranslator;
import dev.weir.event.GrokResponse;
import dev.weir.event.ResponseCodec;
import dev.weir.event.SourceCoordinates;
import dev.weir.event.WeirHeaders;
import dev.weir.status.RequestFacts.InLine;
import dev.weir.status.RequestFacts.Retried;
import dev.weir.status.RequestFinder.Found;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Gathers what the topics tell of request records. One thread. */
final class FactFinder {
    /** Requests carry the clock of their publisher, outcomes that of a gateway. */
    private static final long CLOCKS_DIFFER_MILLIS = 60_000;

    private final TopicScan scan;
    private final String prefix;
    private final EventTranslator events;
    private final long most;
    private final Map<SourceCoordinates, Outcome> outcomes = new HashMap<>();
    private final Map<SourceCoordinates, Retried> retries = new HashMap<>();
    private final Map<SourceCoordinates, String> deadLetters = new HashMap<>();
    private boolean gaps;

    private record Outcome(GrokResponse response, long atMillis) {}

    FactFinder(TopicScan scan, String prefix, EventTranslator events, long most) {
        this.scan = scan;
        this.prefix = prefix;
        this.events = events;
        this.most = most;
    }

    /**
     * The facts of each.
     *
     * @param scopes how the scopes stand
     * @param read up to which offset each requests partition was read, as far as it is known
     */
    List<RequestFacts> gather(List<Found> requests, List<ScopeReport> scopes, Map<TopicPartition, Long> read) {
        Set<SourceCoordinates> sources = requests.stream().map(Found::source).collect(Collectors.toSet());
        long since = requests.stream().mapToLong(Found::publishedMillis).min().orElse(0) - CLOCKS_DIFFER_MILLIS;
        readOutcomes(sources, since);
        scan.topics(prefix + "retry.").forEach(topic -> readAll(topic, since, message -> retried(message, sources)));
        readAll(prefix + "dlq", since, message -> dead(message, sources));
        return requests.stream()
                .map(request -> facts(request, requests, scopes, read))
                .toList();
    }

    private RequestFacts facts(
            Found request, List<Found> all, List<ScopeReport> scopes, Map<TopicPartition, Long> read) {
        SourceCoordinates source = request.source();
        Outcome outcome = outcomes.get(source);
        return new RequestFacts(
                source,
                request.id(),
                request.publishedMillis(),
                outcome == null ? null : outcome.response(),
                outcome == null ? 0 : outcome.atMillis(),
                retries.get(source),
                deadLetters.get(source),
                inLine(source, scopes),
                leader(request, all),
                ahead(source, read),
                gaps);
    }

    /** The first of the same id in the partition that is still open; only a later one follows it. */
    private @Nullable SourceCoordinates leader(Found request, List<Found> all) {
        for (Found other : all) {
            SourceCoordinates source = other.source();
            boolean samePartition = source.partition() == request.source().partition();
            if (samePartition && other.id().equals(request.id()) && !outcomes.containsKey(source)) {
                return source.offset() < request.source().offset() ? source : null;
            }
        }
        return null;
    }

    private static @Nullable InLine inLine(SourceCoordinates source, List<ScopeReport> scopes) {
        String request = source.partition() + "-" + source.offset();
        for (ScopeReport scope : scopes) {
            for (ScopeReport.Place place : scope.line()) {
                if (place.request().equals(request)) {
                    return new InLine(scope, place);
                }
            }
        }
        return null;
    }

    private static @Nullable Long ahead(SourceCoordinates source, Map<TopicPartition, Long> read) {
        Long next = read.get(new TopicPartition(source.topic(), source.partition()));
        return next == null ? null : Long.valueOf(Math.max(0, source.offset() + 1 - next));
    }

    /** Outcomes stand in the partition of their request, where the counts agree. */
    private void readOutcomes(Set<SourceCoordinates> sources, long since) {
        List<TopicPartition> all = scan.partitions(prefix + "responses");
        boolean counterparts =
                all.size() == scan.partitions(prefix + "requests").size();
        Set<Integer> wanted = sources.stream().map(SourceCoordinates::partition).collect(Collectors.toSet());
        List<TopicPartition> partitions = all.stream()
                .filter(partition -> !counterparts || wanted.contains(partition.partition()))
                .toList();
        gaps |= !scan.newest(partitions, since, most, message -> answered(message, sources));
    }

    private void readAll(String topic, long since, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        gaps |= !scan.newest(scan.partitions(topic), since, most, sink);
    }

    private void answered(ConsumerRecord<byte[], byte[]> message, Set<SourceCoordinates> sources) {
        if (message.value() == null) {
            return;
        }
        try {
            GrokResponse response = ResponseCodec.read(events.response(message.value()));
            if (sources.contains(response.source())) {
                outcomes.putIfAbsent(response.source(), new Outcome(response, message.timestamp()));
            }
        } catch (IllegalArgumentException e) {
            // A stray record is no outcome of anything.
        }
    }

    private void retried(ConsumerRecord<byte[], byte[]> message, Set<SourceCoordinates> sources) {
        SourceCoordinates source = RequestFinder.origin(message);
        if (source != null && sources.contains(source)) {
            Retried retried = new Retried(
                    text(message, WeirHeaders.TRY),
                    text(message, WeirHeaders.ATTEMPT),
                    text(message, WeirHeaders.REASON),
                    number(text(message, WeirHeaders.NOT_BEFORE)));
            retries.merge(source, retried, (a, b) -> number(a.tryNumber()) > number(b.tryNumber()) ? a : b);
        }
    }

    private void dead(ConsumerRecord<byte[], byte[]> message, Set<SourceCoordinates> sources) {
        SourceCoordinates source = RequestFinder.origin(message);
        if (source != null && sources.contains(source)) {
            deadLetters.put(
                    source,
                    message.topic() + "-" + message.partition() + "-" + message.offset() + ", "
                            + text(message, WeirHeaders.REASON));
        }
    }

    private static String text(ConsumerRecord<byte[], byte[]> message, String name) {
        String text = RequestFinder.header(message, name);
        return text == null ? "?" : text;
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
