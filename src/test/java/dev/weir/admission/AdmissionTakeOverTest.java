package dev.weir.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.permit.AskMessage;
import dev.weir.permit.CallEnd;
import dev.weir.permit.InboxMessage;
import dev.weir.permit.PermitCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One owner after another on the same store. */
final class AdmissionTakeOverTest {
    private static final long START = 1_790_000_000_000L;

    private final FakeHooks hooks = new FakeHooks();
    private final Talk talk = new Talk(0, 5);
    private final AdmissionBoard board = new AdmissionBoard();
    private final KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(AdmissionSupplier.STORE), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    private MockProcessorContext<Void, Void> context;
    private AdmissionProcessor owner;
    private AdmissionSettings settings = Talk.settings(2, 10);
    private long now = START;
    private long wallAheadMillis;

    @BeforeEach
    void start() {
        context = new MockProcessorContext<>();
        store.init(context.getStateStoreContext(), store);
        own();
        tick();
    }

    @Test
    void shouldWriteNothingWhileItStarts() {
        List<KeyValue<Bytes, byte[]>> before = contents();
        now += 1_000;

        own();

        assertThat(contents()).usingRecursiveComparison().isEqualTo(before);
        tick();
        assertThat(contents()).usingRecursiveComparison().isNotEqualTo(before);
    }

    @Test
    void shouldSendAgainUnderAHigherEpochWhatNobodyReported() {
        tell(talk.ask(1));
        tell(talk.ask(2));
        long firstEpoch = hooks.sent.get(0).grant().ownerEpoch();
        tell(talk.started(2, 0));
        hooks.sent.clear();
        now -= 60_000;

        own();
        assertThat(hooks.sent).isEmpty();
        tick();

        assertThat(hooks.sent).hasSize(1);
        assertThat(hooks.sent.get(0).grant().key()).isEqualTo(talk.key(1));
        assertThat(hooks.sent.get(0).grant().ownerEpoch()).isGreaterThan(firstEpoch);
    }

    @Test
    void shouldCountWhatRanBeforeInTheWindow() {
        for (long offset = 1; offset <= 3; offset++) {
            tell(talk.ask(offset));
        }
        tell(talk.started(1, 0));
        tell(talk.answered(2, 0));
        assertThat(hooks.takeOffsets()).containsExactly(1L, 2L);

        now += 500;
        own();
        tick();
        assertThat(hooks.takeOffsets()).isEmpty();

        now += 510;
        tick();
        assertThat(hooks.takeOffsets())
                .as("the former owner's clock may be behind")
                .isEmpty();

        now += 500;
        tick();
        assertThat(hooks.takeOffsets()).containsExactly(3L);
    }

    @Test
    void shouldCountWhatRanBeforeTheWallClockWentAhead() {
        for (long offset = 1; offset <= 3; offset++) {
            tell(talk.ask(offset));
        }
        tell(talk.started(1, 0));
        tell(talk.answered(2, 0));
        assertThat(hooks.takeOffsets()).containsExactly(1L, 2L);
        wallAheadMillis = 10_000;
        now += 100;
        tick();

        for (int owners = 0; owners < 3; owners++) {
            own();
            now += 100;
            tick();
            assertThat(hooks.takeOffsets()).isEmpty();
        }

        now += 1_510;
        tick();
        assertThat(hooks.takeOffsets()).containsExactly(3L);
    }

    @Test
    void shouldStayPaused() {
        tell(talk.ask(1));
        tell(talk.settle(1, CallEnd.THROTTLED, 0L, 60_000L));
        tell(talk.ask(2));
        hooks.sent.clear();

        own();
        now += 59_999;
        tick();
        hooks.commit();
        tick();
        assertThat(hooks.takeOffsets()).isEmpty();

        now += 1;
        tick();
        assertThat(hooks.takeOffsets()).containsExactly(2L);
    }

    @Test
    void shouldStayOpenWhenAProbeWasAnsweredInDoubt() {
        haltAndProbe();
        now += 4_000;
        tell(talk.answered(2, 0));

        own();
        now += 2_000;
        tell(talk.ask(3));
        tick();

        assertThat(hooks.takeOffsets()).containsExactly(3L);
    }

    @Test
    void shouldProbeAgainWhenTheProbeWasPurged() {
        haltAndProbe();
        Talk later = new Talk(0, 6);
        tell(later.hello());
        tell(later.ask(3));
        tell(later.helloDone());
        assertThat(hooks.takeOffsets()).isEmpty();

        now += 2_100;
        tick();

        assertThat(hooks.takeOffsets()).containsExactly(3L);
    }

    @Test
    void shouldRefuseWhateverWriteIsUnderWay() {
        settings = Talk.settings(new ScopeLimits(0, 1_000, 10, 0), 0);
        own();
        hooks.acknowledging = false;

        tell(talk.ask(1, 1_001));

        assertThat(hooks.refusals).extracting(InboxMessage.Refusal::key).containsExactly(talk.key(1));
    }

    private void haltAndProbe() {
        tell(talk.ask(1));
        tell(talk.settle(1, CallEnd.HALTED, 0L, null));
        tell(talk.ask(2));
        hooks.sent.clear();
        now += 1_100;
        tick();
        assertThat(hooks.takeOffsets()).containsExactly(2L);
    }

    @Test
    void shouldStillKnowWhatItHeard() {
        tell(talk.hello());
        AskMessage old = new Talk(0, 4).ask(9);

        own();
        tell(old);

        assertThat(hooks.sent).isEmpty();
    }

    /** A new owner; the old one is simply gone. */
    private void own() {
        context = new MockProcessorContext<>();
        context.addStateStore(store);
        context.setCurrentSystemTimeMs(now + wallAheadMillis);
        hooks.steadyMillis = now;
        owner = new AdmissionProcessor(
                hooks.parameters(settings, new AdmissionMetrics(new SimpleMeterRegistry(), board)));
        owner.init(context);
    }

    private void tell(AskMessage message) {
        context.setCurrentSystemTimeMs(now + wallAheadMillis);
        hooks.steadyMillis = now;
        owner.process(new Record<>(new byte[0], PermitCodec.encode(message), 0));
    }

    private void tick() {
        context.setCurrentSystemTimeMs(now + wallAheadMillis);
        hooks.steadyMillis = now;
        List.copyOf(context.scheduledPunctuators()).stream()
                .filter(scheduled -> !scheduled.cancelled())
                .filter(scheduled -> scheduled.getType() == PunctuationType.WALL_CLOCK_TIME)
                .forEach(scheduled -> scheduled.getPunctuator().punctuate(now));
    }

    private List<KeyValue<Bytes, byte[]>> contents() {
        List<KeyValue<Bytes, byte[]>> contents = new ArrayList<>();
        try (var all = store.all()) {
            all.forEachRemaining(contents::add);
        }
        return contents;
    }
}
