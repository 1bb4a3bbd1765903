package dev.weir.dispatch;

import dev.weir.GatewayTopology;
import dev.weir.client.AfterAcks;
import dev.weir.client.AskSender;
import dev.weir.client.HandOverSender;
import dev.weir.event.Blob;
import dev.weir.event.EventFormat;
import dev.weir.event.GrokResponse;
import dev.weir.event.ResponseCodec;
import dev.weir.grok.CallObserver;
import dev.weir.grok.GrokCall;
import dev.weir.grok.GrokClient;
import dev.weir.grok.GrokOutcome;
import dev.weir.grok.RateLimitHeaders;
import dev.weir.permit.AskMessage;
import dev.weir.permit.InboxMessage;
import dev.weir.permit.PermitCodec;
import dev.weir.retry.Backoff;
import dev.weir.retry.DelayTiers;
import dev.weir.retry.RetrySettings;
import dev.weir.retry.Tier;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.test.TestRecord;

/** The dispatch topology on Kafka's test driver, with a scripted Grok, and the test in the part of admission. */
final class Bench implements AutoCloseable {
    static final String BODY = "{\"model\":\"grok-4.5\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    /** Some payloads of the tests are larger, others are not. */
    private static final long TOGETHER_BYTES = 250;

    static final DispatchSettings SETTINGS = new DispatchSettings(
            "grok.requests",
            "grok.permits.inbox",
            new LifecycleSettings(Duration.ofHours(1), Duration.ofSeconds(5), 3, model -> model),
            new RetrySettings(
                    new DelayTiers(List.of(Tier.parse("1s"), Tier.parse("10s"))),
                    3,
                    new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8)),
                    new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8)),
                    Duration.ofMinutes(1)),
            Duration.ofHours(1),
            1_000_000,
            Duration.ofMinutes(10),
            10_000,
            20_000,
            0,
            TOGETHER_BYTES,
            new SlotSettings("grok-free"::equals, 2, priority -> priority.ordinal() * 30_000L),
            true);

    final Deque<AskMessage> asks = new ArrayDeque<>();
    final Deque<Started> started = new ArrayDeque<>();
    final List<InboxMessage> handedOver = new ArrayList<>();
    final List<Runnable> afterCommit = new ArrayList<>();
    final List<Runnable> afterAcks = new ArrayList<>();
    boolean crowded;
    long firstUncommitted = Long.MAX_VALUE;
    private final Supplier<Topology> topology;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Calls calls;
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> requests;
    private TestInputTopic<byte[], byte[]> inbox;
    private TestInputTopic<byte[], byte[]> retries;
    private TestOutputTopic<byte[], byte[]> leftForTiers;
    private TestOutputTopic<byte[], byte[]> responses;
    private TestOutputTopic<byte[], byte[]> deadLetters;
    private long epoch;

    /** A call that reached the scripted Grok. */
    record Started(GrokCall call, CallObserver observer) {
        void answer(String content) {
            observer.sent();
            Blob body = Blob.utf8("{\"answer\":\"" + content + "\"}");
            observer.finished(new GrokOutcome.Answered("grok-4.5", content, body, null, RateLimitHeaders.NONE));
        }

        void stop(GrokOutcome.Stopped stopped) {
            observer.sent();
            observer.finished(stopped);
        }
    }

    Bench() {
        this(10);
    }

    Bench(int slots) {
        this(slots, EventFormat.json());
    }

    Bench(int slots, EventFormat format) {
        this(slots, format, List.of("1s", "10s"), SETTINGS);
    }

    /** A bench whose tiers keep what they get until {@link #retriesReturn}: the driver would bring it back at once. */
    static Bench withSlowTiers() {
        return withSlowTiers(EventFormat.json());
    }

    static Bench withSlowTiers(EventFormat format) {
        return new Bench(10, format, List.of(), SETTINGS);
    }

    /** A bench whose writes become durable one by one, at {@link #acknowledge}. */
    static Bench withoutTransactions() {
        DispatchSettings settings = new DispatchSettings(
                SETTINGS.requestsTopic(),
                SETTINGS.inboxTopic(),
                SETTINGS.lifecycle(),
                SETTINGS.retry(),
                SETTINGS.dedupeWindow(),
                SETTINGS.dedupeMaxBytes(),
                SETTINGS.cancelMemory(),
                SETTINGS.requestMaxBytes(),
                SETTINGS.responseMaxBytes(),
                SETTINGS.atHandBytes(),
                SETTINGS.togetherBytes(),
                SETTINGS.slots(),
                false);
        return new Bench(10, EventFormat.json(), List.of("1s", "10s"), settings);
    }

    private Bench(int slots, EventFormat format, List<String> quickTiers, DispatchSettings settings) {
        calls = new Calls(new Scripted(), new CallBounds(slots, 1_000_000, Duration.ofSeconds(60)), System::nanoTime);
        Dispatch node = new Dispatch(
                settings,
                new Dispatch.Wiring(
                        calls,
                        new HandOver(calls, new Inboxes()),
                        new Asks(),
                        () -> 0,
                        afterCommit::add,
                        new Acks(),
                        unused -> firstUncommitted,
                        (task, idle) -> {},
                        ProcessorContext::currentSystemTimeMs,
                        new DispatchMetrics(meters),
                        new Random(7),
                        format));
        GatewayTopology.DispatchTopics topics = new GatewayTopology.DispatchTopics(
                "grok.requests",
                "grok.permits.inbox",
                "grok.responses",
                "grok.dlq",
                quickTiers.stream()
                        .map(tier -> new GatewayTopology.RetryTopic(tier, "grok.retry." + tier))
                        .toList(),
                1);
        topology = () -> quickTiers.isEmpty() ? slowTiers(node) : GatewayTopology.dispatch(topics, node);
        open();
    }

    /** Another thread takes over after everything since the start was aborted. */
    void restart() {
        afterCommit.clear();
        driver.close();
        open();
    }

    private void open() {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "bench");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        config.put(
                StreamsConfig.STATE_DIR_CONFIG,
                "target/bench-" + ProcessHandle.current().pid());
        driver = new TopologyTestDriver(topology.get(), config, Instant.ofEpochMilli(1_000_000));
        requests = driver.createInputTopic("grok.requests", new ByteArraySerializer(), new ByteArraySerializer());
        inbox = driver.createInputTopic("grok.permits.inbox", new ByteArraySerializer(), new ByteArraySerializer());
        retries = driver.createInputTopic("grok.retry.1s", new ByteArraySerializer(), new ByteArraySerializer());
        leftForTiers = driver.createOutputTopic("grok.tiers", new ByteArrayDeserializer(), new ByteArrayDeserializer());
        responses =
                driver.createOutputTopic("grok.responses", new ByteArrayDeserializer(), new ByteArrayDeserializer());
        deadLetters = driver.createOutputTopic("grok.dlq", new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private final class Acks implements AfterAcks {
        @Override
        public void afterAcks(Runnable action) {
            afterAcks.add(action);
        }

        @Override
        public boolean isCrowded() {
            return crowded;
        }
    }

    private final class Scripted implements GrokClient {
        @Override
        public void call(GrokCall call, CallObserver observer) {
            started.add(new Started(call, observer));
        }

        @Override
        public void close() {}
    }

    /** What the gateway sends to its own inbox arrives when the test lets it. */
    private final class Inboxes implements HandOverSender {
        @Override
        public void send(int partition, InboxMessage message, Runnable whenDurable) {
            handedOver.add(message);
        }

        @Override
        public void broadcast(InboxMessage message) {
            handedOver.add(message);
        }

        @Override
        public void flush() {}
    }

    private final class Asks implements AskSender {
        @Override
        public void push() {}

        @Override
        public void send(String scope, AskMessage message) {
            asks.add(message);
        }

        @Override
        public void broadcast(AskMessage message) {
            if (message instanceof AskMessage.Hello hello) {
                epoch = hello.origin().epoch();
            }
            asks.add(message);
        }
    }

    void publish(String value) {
        requests.pipeInput(null, value.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    void publish(byte[] key, byte[] value, Headers headers) {
        requests.pipeInput(new TestRecord<>(key, value, headers));
    }

    /** Plays admission: grants the last ask of that type. */
    void grant() {
        AskMessage.Ask ask = take(AskMessage.Ask.class);
        grant(ask, epoch);
    }

    void grant(AskMessage.Ask ask, long askEpoch) {
        grant(ask, askEpoch, 1);
    }

    void grant(AskMessage.Ask ask, long askEpoch, long ownerEpoch) {
        InboxMessage grant = new InboxMessage.Grant(ask.scope(), 0, ownerEpoch, askEpoch, ask.key(), 0, 0);
        inbox.pipeInput(new byte[0], PermitCodec.encode(grant));
    }

    /** The grant of the last ask, not sent yet. */
    byte[] grantBytes() {
        AskMessage.Ask ask = take(AskMessage.Ask.class);
        return PermitCodec.encode(new InboxMessage.Grant(ask.scope(), 0, 1, epoch, ask.key(), 0, 0));
    }

    void inbox(byte[] value) {
        inbox.pipeInput(new byte[0], value);
    }

    /** As the gateway's, but that its tiers end in another topic than retries come from. */
    private static Topology slowTiers(Dispatch node) {
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        Topology topology = new Topology()
                .addSource("inbox", bytes, bytes, "grok.permits.inbox")
                .addSource("retries", bytes, bytes, "grok.retry.1s")
                .addSource("requests", bytes, bytes, "grok.requests")
                .addProcessor("dispatch", node, "inbox", "retries", "requests");
        Map.of(
                        Dispatch.RESPONSES_SINK,
                        "grok.responses",
                        Dispatch.DEAD_LETTERS_SINK,
                        "grok.dlq",
                        Dispatch.retrySink("1s"),
                        "grok.tiers",
                        Dispatch.retrySink("10s"),
                        "grok.tiers")
                .forEach((sink, topic) ->
                        topology.addSink(sink, topic, new ByteArraySerializer(), new OutboundSerializer(), "dispatch"));
        return topology;
    }

    /** Brings back what left for the tiers. */
    void retriesReturn() {
        if (!leftForTiers.isEmpty()) {
            leftForTiers.readRecordsToList().forEach(retries::pipeInput);
        }
    }

    /** The same, with other values under the tickets. */
    void retriesReturn(UnaryOperator<byte[]> change) {
        leftForTiers
                .readRecordsToList()
                .forEach(left ->
                        retries.pipeInput(new TestRecord<>(left.key(), change.apply(left.value()), left.headers())));
    }

    /** A record in the tier of a second, whoever wrote it. */
    void retried(byte[] key, byte[] value, Headers headers) {
        retries.pipeInput(new TestRecord<>(key, value, headers));
    }

    /** Plays the commit: runs what waits for it. */
    void commit() {
        List<Runnable> now = List.copyOf(afterCommit);
        afterCommit.clear();
        now.forEach(Runnable::run);
    }

    /** Plays the brokers: everything that was written is acknowledged. */
    void acknowledge() {
        List<Runnable> now = List.copyOf(afterAcks);
        afterAcks.clear();
        now.forEach(Runnable::run);
    }

    void advance(Duration time) {
        driver.advanceWallClockTime(time);
    }

    <T extends AskMessage> T take(Class<T> type) {
        while (!asks.isEmpty()) {
            AskMessage next = asks.remove();
            if (type.isInstance(next)) {
                return type.cast(next);
            }
        }
        throw new AssertionError("no " + type.getSimpleName() + " was sent");
    }

    /** One request from grant to call. */
    Started call() {
        grant();
        commit();
        return started.remove();
    }

    GrokResponse response() {
        return ResponseCodec.read(responses.readValue());
    }

    TestRecord<byte[], byte[]> responseRecord() {
        return responses.readRecord();
    }

    boolean hasResponse() {
        return !responses.isEmpty();
    }

    TestRecord<byte[], byte[]> deadLetter() {
        return deadLetters.readRecord();
    }

    boolean hasDeadLetter() {
        return !deadLetters.isEmpty();
    }

    /** How many requests the store has an entry of. */
    int entriesKept() {
        RequestStore requests = stored();
        requests.rebuild((offset, entry) -> {});
        return requests.offsets().size();
    }

    /** How many requests the store has a payload of. */
    int payloadsKept() {
        RequestStore requests = stored();
        Set<Long> offsets = new HashSet<>();
        Shelf.payloads(driver.getKeyValueStore(Dispatch.STORE)).forEach((offset, bytes) -> offsets.add(offset));
        requests.rebuild((offset, entry) -> {
            if (requests.payload(offset) != null) {
                offsets.add(offset);
            }
        });
        return offsets.size();
    }

    private RequestStore stored() {
        return new RequestStore(driver.getKeyValueStore(Dispatch.STORE), TOGETHER_BYTES);
    }

    long epoch() {
        return epoch;
    }

    @Override
    public void close() {
        driver.close();
    }
}
