package dev.weir;

import dev.weir.GatewayTopology.AdmissionTopics;
import dev.weir.GatewayTopology.DispatchTopics;
import dev.weir.GatewayTopology.RetryTopic;
import dev.weir.admission.AdmissionBoard;
import dev.weir.admission.AdmissionMetrics;
import dev.weir.admission.AdmissionParameters;
import dev.weir.admission.AdmissionSupplier;
import dev.weir.admission.WaitingLines;
import dev.weir.avro.AvroControl;
import dev.weir.client.ForwardTime;
import dev.weir.client.HookedClients;
import dev.weir.client.PermitProducer;
import dev.weir.config.WeirConfig;
import dev.weir.control.ControlFormat;
import dev.weir.control.ControlMetrics;
import dev.weir.control.ControlRelay;
import dev.weir.dispatch.Calls;
import dev.weir.dispatch.Dispatch;
import dev.weir.dispatch.DispatchMetrics;
import dev.weir.dispatch.HandOver;
import dev.weir.event.EventFormat;
import dev.weir.grok.ApiKeySource;
import dev.weir.grok.GrokClient;
import dev.weir.grok.HttpGrokClient;
import dev.weir.ops.Check;
import dev.weir.ops.Health;
import dev.weir.ops.OpsServer;
import dev.weir.status.ScopeReport;
import dev.weir.status.StatusPublisher;
import dev.weir.topic.TopicPlan;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TaskId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One gateway process: starts its parts in order, and stops them gracefully. Threading: start and close from one. */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final WeirConfig config;
    private final Settings settings;
    private final TopicPlan topics;
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Health health = new Health();
    private final RandomGenerator random = new Random();
    private final Deque<Part> parts = new ArrayDeque<>();
    private String operationsUrl = "";

    /** Which topologies the process runs. */
    public enum Role {
        /** Both. */
        ALL,
        /** The quota only. */
        ADMISSION,
        /** The requests only. */
        DISPATCH
    }

    /** Something that was started and must be stopped, in reverse order. */
    private record Part(String name, AutoCloseable stop) {}

    private Gateway(WeirConfig config) {
        this.config = config;
        this.settings = new Settings(config);
        this.topics = topicPlan(config);
    }

    /** The topics of a gateway with that configuration. */
    public static TopicPlan topicPlan(WeirConfig config) {
        return new Settings(config).topics();
    }

    /**
     * Starts a gateway on topics that exist and were checked. When a part cannot start, what was started is stopped
     * again and an IllegalStateException says why.
     */
    public static Gateway start(WeirConfig config, Role role) {
        Gateway gateway = new Gateway(config);
        try {
            gateway.startParts(role);
            return gateway;
        } catch (RuntimeException e) {
            gateway.close();
            throw e;
        }
    }

    /** The address of the operations port, empty when it is off. */
    public String operationsUrl() {
        return operationsUrl;
    }

    /** What is wrong, if anything. */
    public Health health() {
        return health;
    }

    /** All meters of this process. */
    public PrometheusMeterRegistry meters() {
        return meters;
    }

    private void startParts(Role role) {
        InstanceId instance =
                InstanceId.take(config.process().stateDir(), config.process().instanceId());
        parts.push(new Part("instance id", instance));
        StateSpace.require(config.process().stateDir());
        health.ready("state", () -> StateSpace.check(config.process().stateDir()));
        new JvmMemoryMetrics().bindTo(meters);
        StreamsSettings streamsSettings = new StreamsSettings(config, instance.name(), topics);
        PermitProducer permits = new PermitProducer(streamsSettings.permits(), topics.asks(), topics.inbox());
        parts.push(new Part("permit producer", permits));
        if (role != Role.DISPATCH) {
            startAdmission(streamsSettings, permits, instance.name());
        }
        if (role != Role.ADMISSION) {
            startDispatch(streamsSettings, permits);
        }
        config.httpListen().ifPresent(listen -> {
            OpsServer operations = OpsServer.start(
                    listen.host(), listen.port(), config.httpToken().orElse(null), meters, health);
            parts.push(new Part("operations port", operations));
            operationsUrl = "http://" + listen.host() + ":" + operations.port();
        });
    }

    private void startAdmission(StreamsSettings streamsSettings, PermitProducer permits, String instance) {
        HookedClients clients = new HookedClients(false, () -> {});
        AdmissionBoard board = new AdmissionBoard();
        AdmissionParameters parameters = new AdmissionParameters(
                settings.admission(),
                clients,
                clients,
                permits,
                clients,
                TaskId::partition,
                task -> InstantSource.system().millis(),
                () -> System.nanoTime() / 1_000,
                random::nextDouble,
                new AdmissionMetrics(meters, board));
        Topology topology = GatewayTopology.admission(
                new AdmissionTopics(topics.asks(), topics.control(), topics.inbox()),
                new AdmissionSupplier(parameters),
                new ControlRelay(new ControlMetrics(meters), controlFormat()));
        KafkaStreams streams = new KafkaStreams(topology, streamsSettings.admission(), clients, new ForwardTime());
        StatusPublisher publisher = StatusPublisher.connect(
                streamsSettings.permits(),
                new StatusPublisher.Settings(topics.status(), instance),
                board,
                new OwnLines(streams, new WaitingLines(settings.admission(), ScopeReport.MOST_PLACES)),
                InstantSource.system());
        parts.push(new Part("status", publisher));
        publisher.start();
        start("admission", streams);
    }

    private ControlFormat controlFormat() {
        Optional<AvroControl> avro = Formats.commands(config);
        avro.ifPresent(format -> {
            parts.push(new Part("format of commands", format));
            health.ready("commands", () -> format.failure().map(Check::degraded).orElse(Check.up()));
        });
        return avro.isPresent() ? avro.get() : ControlFormat.json();
    }

    private void startDispatch(StreamsSettings streamsSettings, PermitProducer permits) {
        GrokClient client = new HttpGrokClient(settings.grok(), apiKey(), InstantSource.system());
        parts.push(new Part("Grok client", client));
        Calls calls = new Calls(client, settings.callBounds(), System::nanoTime);
        parts.push(new Part("registry of calls", calls));
        Gauge.builder("weir.calls.held", calls, Calls::size)
                .description("Calls that are planned, under way, or wait for the commit of their outcome.")
                .register(meters);
        HandOver handOver = new HandOver(calls, permits);
        parts.push(new Part("hand-over", handOver));
        HookedClients clients = new HookedClients(!config.process().exactlyOnce(), permits::push);
        Dispatch.Wiring wiring = new Dispatch.Wiring(
                calls,
                handOver,
                permits,
                permits::failures,
                clients,
                clients,
                clients.committedOffsets(),
                clients,
                task -> InstantSource.system().millis(),
                new DispatchMetrics(meters),
                random,
                format());
        Dispatch node = new Dispatch(settings.dispatch(topics), wiring);
        Topology topology = GatewayTopology.dispatch(dispatchTopics(), node);
        start("dispatch", new KafkaStreams(topology, streamsSettings.dispatch(), clients, new ForwardTime()));
        parts.push(new Part("calls", () -> drain(calls)));
    }

    private EventFormat format() {
        Formats formats = Formats.open(config, topics.responses());
        parts.push(new Part("formats", formats));
        Gauge.builder("weir.registry.failing", formats, open -> open.failure().isPresent() ? 1 : 0)
                .description("1 while the schema registry cannot answer what it is asked, else 0.")
                .register(meters);
        health.ready("registry", () -> formats.failure().map(Check::degraded).orElse(Check.up()));
        return formats.format();
    }

    private ApiKeySource apiKey() {
        String key = config.requireApiKey();
        config.keyFileWarning().ifPresent(LOG::warn);
        config.clearTextWarnings().forEach(LOG::warn);
        return config.apiKeyFile().map(ApiKeySource::file).orElseGet(() -> ApiKeySource.fixed(key));
    }

    private DispatchTopics dispatchTopics() {
        return new DispatchTopics(
                topics.requests(),
                topics.inbox(),
                topics.responses(),
                topics.deadLetters(),
                config.retry().tiers().stream()
                        .map(tier -> new RetryTopic(tier, topics.retry(tier)))
                        .toList(),
                config.topics().partitions());
    }

    private void start(String name, KafkaStreams streams) {
        StreamsPart part = new StreamsPart(name, streams, config);
        part.watch(meters, health);
        parts.push(new Part(name, part));
        streams.start();
    }

    /** No call starts any more; those under way end and their outcomes are committed, as far as time allows. */
    private void drain(Calls calls) throws InterruptedException {
        calls.drain();
        if (!calls.awaitNone(config.shutdown().drain())) {
            LOG.warn(
                    "{} calls were still running after shutdown.drain.ms = {}; they will be repeated and marked so",
                    calls.size(),
                    config.shutdown().drain().toMillis());
        }
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            Part part = parts.pop();
            try {
                part.stop().close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOG.warn("The {} did not stop cleanly", part.name(), e);
            }
        }
        LOG.info("The gateway has stopped");
    }
}
