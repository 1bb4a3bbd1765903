package dev.weir.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.weir.event.Priority;
import dev.weir.mutation.Mutations;
import dev.weir.mutation.Rounds;
import dev.weir.mutation.Trees;
import dev.weir.permit.AskMessage;
import dev.weir.permit.CallEnd;
import dev.weir.permit.LeaseKey;
import dev.weir.permit.Origin;
import dev.weir.permit.PermitCodec;
import dev.weir.permit.QuotaObservation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in its topic: admission goes on, and grants what honest tasks ask. */
final class AdmissionMutationTest {
    private static final long START = 1_790_000_000_000L;
    private static final int STRAY = 9;

    @TempDir
    private Path folder;

    @Test
    void shouldGrantEveryHonestAskAmongMutatedMessages() {
        AdmissionSettings limitless = Talk.settings(1_000, 1_000);
        AdmissionSettings tokens = Talk.settings(new ScopeLimits(1_000, 1_000_000_000, 1_000, 10), 100);
        Rounds.play(getClass(), 20, (mutations, inputs) -> {
            try (Play play = new Play(mutations, mutations.chance(50) ? limitless : tokens)) {
                for (int i = 0; i < inputs; i++) {
                    play.step(i);
                }
                play.finish();
            }
        });
    }

    private final class Play implements AutoCloseable {
        private final FakeHooks hooks = new FakeHooks();
        private final Talk honest = new Talk(4, 5);
        private final List<Long> asked = new ArrayList<>();
        private final List<Long> granted = new ArrayList<>();
        private final Mutations mutations;
        private final AdmissionSettings settings;
        private final Trees trees;
        private final TopologyTestDriver driver;
        private final TestInputTopic<byte[], byte[]> asks;
        private long seq;

        Play(Mutations mutations, AdmissionSettings settings) {
            this.mutations = mutations;
            this.settings = settings;
            this.trees = new Trees(JsonMapper.builder(new CBORFactory()).build(), mutations);
            AdmissionParameters parameters =
                    hooks.parameters(settings, new AdmissionMetrics(new SimpleMeterRegistry(), new AdmissionBoard()));
            Topology topology = new Topology()
                    .addSource("asks", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "permits.asks")
                    .addProcessor("admission", new AdmissionSupplier(parameters), "asks");
            Properties config = new Properties();
            config.put(StreamsConfig.APPLICATION_ID_CONFIG, "admission-mutation");
            config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
            config.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
            driver = new TopologyTestDriver(topology, config, Instant.ofEpochMilli(START));
            asks = driver.createInputTopic("permits.asks", new ByteArraySerializer(), new ByteArraySerializer());
        }

        void step(int i) {
            asks.pipeInput(mutations.noise(3), draw());
            if (mutations.chance(20)) {
                long offset = 1_000_000 + i;
                asked.add(offset);
                tell(honest.ask(offset, Priority.NORMAL, START));
            }
            pass(5L * mutations.random().nextInt(10));
        }

        private byte[] draw() {
            while (true) {
                byte[] valid = PermitCodec.encode(template());
                byte[] bytes = mutations.chance(60) ? trees.change(valid) : mutations.bytes(valid);
                if (PermitCodec.decodeAsks(bytes).messages().stream().noneMatch(this::isForged)) {
                    return bytes;
                }
            }
        }

        /** A message that reads as the word of the honest task, or of its scope, is no bad input but a forgery. */
        private boolean isForged(AskMessage message) {
            return (message instanceof AskMessage.FromDispatch told
                            && told.origin().partition() == 4)
                    || (message instanceof AskMessage.Ask ask && ask.scope().equals(Talk.SCOPE))
                    || (message instanceof AskMessage.Settle settle
                            && settle.scope().equals(Talk.SCOPE));
        }

        private AskMessage template() {
            Origin origin = new Origin(STRAY, 5, ++seq);
            LeaseKey key = new LeaseKey(
                    STRAY,
                    mutations.random().nextInt(10),
                    1 + mutations.random().nextInt(2));
            String scope = mutations.chance(80) ? "other" : "third";
            QuotaObservation observed = new QuotaObservation(5L, 4L, 100L, 50L, 900L, 60_000L);
            return mutations.one(List.of(
                    new AskMessage.Hello(origin),
                    new AskMessage.HelloDone(origin),
                    new AskMessage.Ask(origin, scope, key, "m", Priority.HIGH, "t", START, START + 60_000, 10, 20L, 0),
                    new AskMessage.Ask(origin, scope, key, "m", Priority.LOW, "", START, null, 10, null, 1),
                    new AskMessage.Started(origin, scope, 0, List.of(new AskMessage.StartedCall(key, 5, 3L))),
                    new AskMessage.Settle(
                            origin,
                            scope,
                            key,
                            "m",
                            "t",
                            mutations.one(List.of(CallEnd.values())),
                            5L,
                            6L,
                            7L,
                            8L,
                            9L,
                            observed),
                    new AskMessage.Withdraw(origin, scope, key),
                    new AskMessage.Resume(scope)));
        }

        void finish() {
            for (int i = 0; i < 100 && !granted.containsAll(asked); i++) {
                pass(100);
            }
            assertThat(granted).containsExactlyElementsOf(asked);
            KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(AdmissionSupplier.STORE);
            long now = START + 10_000_000;
            Admission successor = new Admission(settings, new MapLog());
            new StoreLog(store).restoreInto(successor, now);
            successor.release(now);
            successor.statuses(now);
            successor.nextWake(now);
        }

        /** Honest calls are over at once, so that their limits bind nobody. */
        private void pass(long millis) {
            for (long passed = 0; passed <= millis; passed += 5) {
                driver.advanceWallClockTime(Duration.ofMillis(5));
                for (FakeHooks.Sent sent : List.copyOf(hooks.sent)) {
                    LeaseKey key = sent.grant().key();
                    if (key.origin() == 4 && !granted.contains(key.offset())) {
                        granted.add(key.offset());
                        tell(honest.answered(key.offset(), 0));
                    }
                }
                hooks.sent.clear();
                hooks.refusals.clear();
                hooks.commit();
            }
        }

        private void tell(AskMessage message) {
            asks.pipeInput(Talk.SCOPE.getBytes(UTF_8), PermitCodec.encode(message));
        }

        @Override
        public void close() {
            driver.close();
        }
    }
}
