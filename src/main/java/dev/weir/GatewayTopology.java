package dev.weir;

import dev.weir.admission.AdmissionSupplier;
import dev.weir.control.ControlRelay;
import dev.weir.control.EveryPartition;
import dev.weir.dispatch.Dispatch;
import dev.weir.dispatch.Outbound;
import dev.weir.dispatch.OutboundSerializer;
import dev.weir.dispatch.RankedTimestamps;
import dev.weir.dispatch.SamePartition;
import dev.weir.poison.PoisonGuard;
import dev.weir.poison.Suspects;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/**
 * Both topologies: every node and every topic between them.
 *
 * <pre>{@code
 * DISPATCH (exactly_once_v2)                          ADMISSION (at_least_once)
 *
 * requests ────┐                                      permits.asks ──► admission ··► permits.inbox
 * retry.<tier> ┼─► dispatch ─┬─► responses                             [admission-permits]
 * permits.inbox┘             ├─► retry.<tier>
 *        ▲                   ├─► dlq                    control ──► control-relay ─┬─► permits.inbox
 *        ┊                   └··► permits.asks                                  └─► permits.asks
 *        └┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┘
 * [dispatch-ledger]
 * }</pre>
 *
 * Dotted arrows are permit messages, which travel through a plain producer beside the topologies.
 */
public final class GatewayTopology {
    /** The dispatch node. */
    public static final String DISPATCH = "dispatch";
    /** The admission node. */
    public static final String ADMISSION = "admission";
    /** The node that relays commands. */
    public static final String CONTROL = "control-relay";

    private static final ByteArrayDeserializer BYTES = new ByteArrayDeserializer();

    private GatewayTopology() {}

    /** The changelog topics of a fleet, which Kafka Streams creates when it first runs. */
    public static List<String> changelogs(String applicationId) {
        String dispatch = applicationId + "-" + StreamsSettings.DISPATCH + "-";
        String admission = applicationId + "-" + StreamsSettings.ADMISSION + "-";
        return Stream.of(dispatch + Dispatch.STORE, admission + AdmissionSupplier.STORE, admission + ControlRelay.STORE)
                .map(store -> store + "-changelog")
                .toList();
    }

    /**
     * The topics of dispatch.
     *
     * @param requests new requests
     * @param inbox permits
     * @param responses outcomes
     * @param deadLetters what failed
     * @param retries the tiers' topics
     * @param partitions how many partitions requests, inbox and retries have
     */
    public record DispatchTopics(
            String requests,
            String inbox,
            String responses,
            String deadLetters,
            List<RetryTopic> retries,
            int partitions) {
        /** Copies the list. */
        public DispatchTopics {
            retries = List.copyOf(retries);
        }
    }

    /**
     * The topic of a delay tier.
     *
     * @param tier the tier's name
     * @param topic its topic
     */
    public record RetryTopic(String tier, String topic) {}

    /** Draws the dispatch topology; the dispatch node brings its own stores. */
    public static Topology dispatch(DispatchTopics topics, ProcessorSupplier<byte[], byte[], byte[], Outbound> node) {
        Topology topology = new Topology();
        source(topology, "inbox", RankedTimestamps.INBOX, topics.inbox());
        source(
                topology,
                "retries",
                RankedTimestamps.RETRY,
                topics.retries().stream().map(RetryTopic::topic).toArray(String[]::new));
        source(topology, "requests", RankedTimestamps.REQUESTS, topics.requests());
        topology.addProcessor(DISPATCH, node, "inbox", "retries", "requests");
        SamePartition partitioner = new SamePartition(topics.partitions());
        sink(topology, Dispatch.RESPONSES_SINK, topics.responses(), partitioner);
        sink(topology, Dispatch.DEAD_LETTERS_SINK, topics.deadLetters(), partitioner);
        for (RetryTopic retry : topics.retries()) {
            sink(topology, Dispatch.retrySink(retry.tier()), retry.topic(), partitioner);
        }
        return topology;
    }

    /**
     * The topics of admission.
     *
     * @param asks what dispatch tells
     * @param control commands
     * @param inbox what dispatch is told
     */
    public record AdmissionTopics(String asks, String control, String inbox) {}

    /** Draws the admission topology; the admission node brings its own store. */
    public static Topology admission(
            AdmissionTopics topics, ProcessorSupplier<byte[], byte[], Void, Void> node, ControlRelay relay) {
        ByteArraySerializer bytes = new ByteArraySerializer();
        Suspects suspects = new Suspects();
        return new Topology()
                .addSource(AutoOffsetReset.earliest(), "asks", BYTES, BYTES, topics.asks())
                .addProcessor(ADMISSION, new PoisonGuard<>(node, suspects), "asks")
                .addSource(AutoOffsetReset.earliest(), "control", BYTES, BYTES, topics.control())
                .addProcessor(CONTROL, new PoisonGuard<>(relay, suspects), "control")
                .addSink(ControlRelay.CANCELS_SINK, topics.inbox(), bytes, bytes, new EveryPartition(), CONTROL)
                .addSink(ControlRelay.RESUMES_SINK, topics.asks(), bytes, bytes, CONTROL);
    }

    private static void source(Topology topology, String name, TimestampExtractor timestamps, String... of) {
        topology.addSource(AutoOffsetReset.earliest(), name, timestamps, BYTES, BYTES, of);
    }

    private static void sink(Topology topology, String name, String topic, SamePartition partitioner) {
        topology.addSink(name, topic, new ByteArraySerializer(), new OutboundSerializer(), partitioner, DISPATCH);
    }
}
