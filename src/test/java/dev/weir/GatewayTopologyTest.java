package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.GatewayTopology.AdmissionTopics;
import dev.weir.GatewayTopology.DispatchTopics;
import dev.weir.GatewayTopology.RetryTopic;
import dev.weir.client.AskSender;
import dev.weir.client.HandOverSender;
import dev.weir.control.ControlFormat;
import dev.weir.control.ControlMetrics;
import dev.weir.control.ControlRelay;
import dev.weir.dispatch.CallBounds;
import dev.weir.dispatch.Calls;
import dev.weir.dispatch.Dispatch;
import dev.weir.dispatch.DispatchMetrics;
import dev.weir.dispatch.DispatchSettings;
import dev.weir.dispatch.HandOver;
import dev.weir.dispatch.LifecycleSettings;
import dev.weir.dispatch.SlotSettings;
import dev.weir.event.EventFormat;
import dev.weir.grok.CallObserver;
import dev.weir.grok.GrokCall;
import dev.weir.grok.GrokClient;
import dev.weir.permit.AskMessage;
import dev.weir.permit.InboxMessage;
import dev.weir.retry.Backoff;
import dev.weir.retry.DelayTiers;
import dev.weir.retry.RetrySettings;
import dev.weir.retry.Tier;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

/** Pins the picture: a change of nodes, stores or topics is a change of the state's names, and must be meant. */
final class GatewayTopologyTest {
    @Test
    void shouldDrawDispatchAsDescribed() {
        DispatchTopics topics = new DispatchTopics(
                "grok.requests",
                "grok.permits.inbox",
                "grok.responses",
                "grok.dlq",
                List.of(new RetryTopic("1s", "grok.retry.1s"), new RetryTopic("10s", "grok.retry.10s")),
                6);

        assertThat(withSortedStores(
                        GatewayTopology.dispatch(topics, node()).describe().toString()))
                .isEqualToIgnoringWhitespace("""
                        Topologies:
                           Sub-topology: 0
                            Source: inbox (topics: [grok.permits.inbox])
                              --> dispatch
                            Source: requests (topics: [grok.requests])
                              --> dispatch
                            Source: retries (topics: [grok.retry.1s, grok.retry.10s])
                              --> dispatch
                            Processor: dispatch (stores: [dispatch-ledger])
                              --> dead-letters, responses, retry-10s, retry-1s
                              <-- inbox, retries, requests
                            Sink: dead-letters (topic: grok.dlq)
                              <-- dispatch
                            Sink: responses (topic: grok.responses)
                              <-- dispatch
                            Sink: retry-10s (topic: grok.retry.10s)
                              <-- dispatch
                            Sink: retry-1s (topic: grok.retry.1s)
                              <-- dispatch
                        """);
    }

    @Test
    void shouldDrawAdmissionAsDescribed() {
        AdmissionTopics topics = new AdmissionTopics("grok.permits.asks", "grok.control", "grok.permits.inbox");
        ProcessorSupplier<byte[], byte[], Void, Void> node = Idle::new;
        ControlRelay relay = new ControlRelay(new ControlMetrics(new SimpleMeterRegistry()), ControlFormat.json());

        assertThat(GatewayTopology.admission(topics, node, relay).describe().toString())
                .as("admission stays sub-topology 0, which names its state")
                .isEqualToIgnoringWhitespace("""
                        Topologies:
                           Sub-topology: 0
                            Source: asks (topics: [grok.permits.asks])
                              --> admission
                            Processor: admission (stores: [])
                              --> none
                              <-- asks
                          Sub-topology: 1
                            Source: control (topics: [grok.control])
                              --> control-relay
                            Processor: control-relay (stores: [control-waiting])
                              --> cancels, resumes
                              <-- control
                            Sink: cancels (topic: grok.permits.inbox)
                              <-- control-relay
                            Sink: resumes (topic: grok.permits.asks)
                              <-- control-relay
                        """);
    }

    @Test
    void shouldNameTheChangelogsThatKafkaStreamsWillCreate() {
        assertThat(GatewayTopology.changelogs("weir"))
                .containsExactlyInAnyOrder(
                        "weir-dispatch-dispatch-ledger-changelog",
                        "weir-admission-permits-changelog",
                        "weir-admission-control-waiting-changelog");
    }

    /** Kafka Streams lists a node's stores in the order of a hash set. */
    private static String withSortedStores(String description) {
        return Pattern.compile("stores: \\[([^]]*)]")
                .matcher(description)
                .replaceAll(found -> "stores: ["
                        + String.join(", ", new TreeSet<>(List.of(found.group(1).split(", ")))) + "]");
    }

    private static Dispatch node() {
        DelayTiers tiers = new DelayTiers(List.of(Tier.parse("1s"), Tier.parse("10s")));
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(2));
        DispatchSettings settings = new DispatchSettings(
                "grok.requests",
                "grok.permits.inbox",
                new LifecycleSettings(Duration.ofHours(1), Duration.ZERO, 3, model -> model),
                new RetrySettings(tiers, 3, backoff, backoff, Duration.ofMinutes(1)),
                Duration.ofHours(1),
                1,
                Duration.ZERO,
                1,
                1,
                0,
                0,
                SlotSettings.PERMITS_FOR_ALL,
                true);
        Calls calls = new Calls(new NoGrok(), new CallBounds(1, 1, Duration.ofSeconds(1)), System::nanoTime);
        DispatchMetrics metrics = new DispatchMetrics(new SimpleMeterRegistry());
        return new Dispatch(
                settings,
                new Dispatch.Wiring(
                        calls,
                        new HandOver(calls, new NoOwner()),
                        new NoAdmission(),
                        () -> 0L,
                        action -> {},
                        action -> {},
                        requests -> 0,
                        (task, idle) -> {},
                        ProcessorContext::currentSystemTimeMs,
                        metrics,
                        new Random(1),
                        EventFormat.json()));
    }

    private static final class Idle implements Processor<byte[], byte[], Void, Void> {
        @Override
        public void process(Record<byte[], byte[]> message) {}
    }

    private static final class NoGrok implements GrokClient {
        @Override
        public void call(GrokCall call, CallObserver observer) {}

        @Override
        public void close() {}
    }

    private static final class NoOwner implements HandOverSender {
        @Override
        public void send(int partition, InboxMessage message, Runnable whenDurable) {}

        @Override
        public void broadcast(InboxMessage message) {}

        @Override
        public void flush() {}
    }

    private static final class NoAdmission implements AskSender {
        @Override
        public void push() {}

        @Override
        public void send(String scope, AskMessage message) {}

        @Override
        public void broadcast(AskMessage message) {}
    }
}
