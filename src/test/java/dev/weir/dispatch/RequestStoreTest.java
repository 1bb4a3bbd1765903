package dev.weir.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Blob;
import dev.weir.event.EventHeader;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/** Where entries and payloads lie, and that neither disturbs the other. */
final class RequestStoreTest {
    private static final int TOGETHER_BYTES = 1_000;
    private static final Payload SMALL = payload(10);
    private static final Payload LARGE = payload(TOGETHER_BYTES);

    private final KeyValueStore<Bytes, byte[]> store = Stored.inMemory();
    private final RequestStore requests = new RequestStore(store, TOGETHER_BYTES);

    @Test
    void shouldStoreASmallPayloadAndItsEntryAsOneRecord() {
        requests.putTogether(7, entry("a"), SMALL);

        assertThat(store.approximateNumEntries()).isEqualTo(1);
        assertThat(requests.entry(7)).isEqualTo(entry("a"));
        assertThat(requests.payload(7)).isEqualTo(SMALL);
    }

    @Test
    void shouldKeepThePayloadWhenTheEntryChanges() {
        openBoth();

        requests.put(7, entry("longer than before"));
        requests.put(8, entry(""));

        assertThat(requests.entry(7)).isEqualTo(entry("longer than before"));
        assertThat(requests.payload(7)).isEqualTo(SMALL);
        assertThat(requests.entry(8)).isEqualTo(entry(""));
        assertThat(requests.payload(8)).isEqualTo(LARGE);
        assertThat(store.approximateNumEntries()).isEqualTo(3);
    }

    @Test
    void shouldTellASuccessorWhereThePayloadsAre() {
        requests.putTogether(7, entry("a"), SMALL);
        requests.putApart(300, LARGE);
        requests.put(300, entry("b"));
        requests.putAlone(9, entry("c"));
        requests.putEpoch(5);

        RequestStore successor = new RequestStore(store, TOGETHER_BYTES);
        List<Long> offsets = new ArrayList<>();
        successor.rebuild((offset, entry) -> offsets.add(offset));

        assertThat(successor.offsets()).isEqualTo(offsets);
        assertThat(offsets).containsExactly(7L, 9L, 300L);
        assertThat(successor.payload(7)).isEqualTo(SMALL);
        assertThat(successor.payload(300)).isEqualTo(LARGE);
        assertThat(successor.payload(9)).isNull();
        assertThat(successor.epoch()).isEqualTo(5);
        assertThat(successor.entry(-1)).as("the epoch").isNull();
    }

    @Test
    void shouldLeaveNothingBehind() {
        openBoth();

        requests.erase(7);
        requests.erase(8);

        assertThat(store.approximateNumEntries()).isZero();
        assertThat(requests.payload(8)).isNull();
    }

    @Test
    void shouldEraseThePayloadAloneWhereverItLies() {
        openBoth();

        requests.putAlone(7, entry("a"));
        requests.putAlone(8, entry("b"));

        assertThat(requests.payload(7)).isNull();
        assertThat(requests.payload(8)).isNull();
        assertThat(store.approximateNumEntries()).isEqualTo(2);
    }

    private static Payload payload(int bytes) {
        return new Payload(
                Blob.utf8("key"), Blob.utf8("x".repeat(bytes)), List.of(new EventHeader("h", Blob.utf8("v"))));
    }

    /** A small request at 7 and a large one at 8. */
    private void openBoth() {
        requests.putTogether(7, entry("a"), SMALL);
        requests.putApart(8, LARGE);
        requests.put(8, entry("b"));
    }

    private static Entry entry(String id) {
        return Stored.entry(id, new Status.Waiting());
    }
}
