package dev.weir.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Priority;
import dev.weir.permit.LeaseKey;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WaitingLinesTest {
    private KeyValueStore<Bytes, byte[]> store;
    private StoreLog log;

    @BeforeEach
    void open() {
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
        store = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("permits"), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        log = new StoreLog(store);
        log.put(new Owner(7, 0));
        log.put(3, new Origins.Mark(1, 1));
        log.put("a", new Pause(1, 2, 3));
    }

    private KeyValueStore<Bytes, byte[]> store() {
        log.write();
        return store;
    }

    @Test
    void shouldReadEachLineInTheOrderOfPriorityAndAge() {
        ask("a", 0, 1, Priority.NORMAL, 1_000, 1);
        ask("a", 1, 2, Priority.NORMAL, 900, 2);
        ask("a", 0, 3, Priority.CRITICAL, 2_000, 3);
        ask("b", 2, 4, Priority.LOW, 500, 4);
        log.put("a", new LeaseKey(0, 9, 1), new PermitEntry(7, new PermitState.Granted(5, 0, Demand.UNKNOWN)));
        log.put("a", new LeaseKey(0, 8, 1), new PermitEntry(7, new PermitState.Settled(5, 0)));

        var lines = new WaitingLines(Talk.settings(2, 10), 10).read(store());

        assertThat(lines).containsOnlyKeys("a", "b");
        assertThat(lines.get("a")).containsExactly("0-3", "1-2", "0-1");
        assertThat(lines.get("b")).containsExactly("2-4");
    }

    @Test
    void shouldLetTenantsTakeTurnsByTheirWeights() {
        for (int i = 0; i < 6; i++) {
            ask("a", 0, i, "heavy", i);
            ask("a", 1, i, "light", 100 + i);
        }
        AdmissionSettings settings =
                Talk.settings(new ScopeLimits(2, 10), 1_000, AdmissionSettings.DEFAULT_OFFSETS, Map.of("heavy", 3));

        assertThat(new WaitingLines(settings, 8).read(store()).get("a"))
                .containsExactly("0-0", "0-1", "0-2", "1-0", "0-3", "0-4", "0-5", "1-1");
    }

    @Test
    void shouldKeepTheFirstOfALongLine() {
        for (int i = 0; i < 100; i++) {
            ask("a", 0, i, Priority.NORMAL, 1_000 - i, i);
        }

        assertThat(new WaitingLines(Talk.settings(2, 10), 3).read(store()).get("a"))
                .containsExactly("0-99", "0-98", "0-97");
    }

    private void ask(String scope, int partition, long offset, String tenant, long arrival) {
        Demand demand = new Demand("m", tenant, 10, Demand.UNBOUNDED, RequestWindow.NEVER, false);
        log.put(
                scope,
                new LeaseKey(partition, offset, 1),
                new PermitEntry(7, new PermitState.Queued(Priority.NORMAL, 1_000, arrival, demand)));
    }

    private void ask(String scope, int partition, long offset, Priority priority, long received, long arrival) {
        PermitState.Queued queued = new PermitState.Queued(priority, received, arrival, Demand.UNKNOWN);
        log.put(scope, new LeaseKey(partition, offset, 1), new PermitEntry(7, queued));
    }
}
