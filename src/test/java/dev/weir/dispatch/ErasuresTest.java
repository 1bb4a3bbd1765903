package dev.weir.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Blob;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/** What stays in the stores until its end is durable, when there are no transactions. */
final class ErasuresTest {
    private static final int TOGETHER_BYTES = 1_000;
    private static final Payload PAYLOAD = payload(TOGETHER_BYTES);
    private static final Payload SMALL = payload(10);

    private final KeyValueStore<Bytes, byte[]> store = Stored.inMemory();
    private final Shelf<Long> entries = Shelf.entries(store);
    private final Shelf<Long> payloads = Shelf.payloads(store);
    private final List<Runnable> whenDurable = new ArrayList<>();
    private long firstUncommitted = 10;
    private final Ledger ledger = ledger();

    @Test
    void shouldHideWhatHasEndedAndEraseItOnlyOnceTheEndIsDurable() {
        open(7, new Status.Waiting());

        ledger.remove(7);
        ledger.erase();

        assertThat(ledger.entry(7)).isNull();
        assertThat(ledger.offsets()).isEmpty();
        assertThat(ledger.waiting()).isZero();
        assertThat(ledger.isErasing()).isTrue();
        assertThat(entries.get(7L)).isNotNull();
        becomeDurable();
        ledger.erase();
        assertThat(entries.get(7L)).isNull();
        assertThat(payloads.get(7L)).isNull();
        assertThat(ledger.isErasing()).isFalse();
    }

    /** Otherwise a successor, who reads the record again, would take it for a new one. */
    @Test
    void shouldNotEraseARecordWhoseOffsetIsNotCommitted() {
        open(10, new Status.Waiting());
        ledger.remove(10);
        becomeDurable();

        ledger.erase();

        assertThat(entries.get(10L)).isNotNull();
        assertThat(ledger.isErasing(10)).isTrue();
        assertThat(ledger.awaitsCommit()).isTrue();
        firstUncommitted = 11;
        ledger.erase();
        assertThat(entries.get(10L)).isNull();
        assertThat(ledger.isErasing(10)).isFalse();
        assertThat(ledger.awaitsCommit()).isFalse();
    }

    /** A predecessor was lost while it opened the request; its record comes again. */
    @Test
    void shouldMakeRoomForARecordWhosePayloadIsNotDurable() {
        open(10, new Status.Waiting());
        payloads.delete(10L);

        Ledger successor = ledger();
        assertThat(successor.rebuild((offset, entry) -> {})).isEmpty();
        successor.erase();

        assertThat(successor.isErasing(10)).isFalse();
        assertThat(entries.get(10L)).isNull();
    }

    /** Else a commit would be asked for again and again, with nothing to commit. */
    @Test
    void shouldAwaitNoCommitForWhatIsOpenedAgain() {
        open(10, new Status.Undecoded(1, 1));
        ledger.remove(10);
        becomeDurable();
        ledger.erase();
        assertThat(ledger.awaitsCommit()).isTrue();

        open(10, new Status.Waiting());
        ledger.erase();

        assertThat(ledger.awaitsCommit()).isFalse();
        assertThat(ledger.entry(10)).isNotNull();
    }

    /** Its last writes may come after it. */
    @Test
    void shouldWaitForWhatIsWrittenBeforeTheNextLook() {
        open(7, new Status.Waiting());
        ledger.remove(7);
        assertThat(whenDurable).isEmpty();

        ledger.erase();

        assertThat(whenDurable).hasSize(1);
    }

    @Test
    void shouldEraseAPayloadThatHasLeftWhateverIsCommitted() {
        open(10, new Status.Waiting());
        ledger.putWithoutPayload(10, entry(new Status.Retrying(1, null)));
        becomeDurable();

        ledger.erase();

        assertThat(payloads.get(10L)).isNull();
    }

    @Test
    void shouldFindTheRequestAgainWhenTheProcessIsLostBefore() {
        open(7, new Status.Waiting());
        ledger.remove(7);

        Ledger successor = ledger();

        assertThat(successor.rebuild((offset, entry) -> {})).containsExactly(7L);
        assertThat(successor.payload(7)).isEqualTo(PAYLOAD);
    }

    @Test
    void shouldTakeAnEntryWithoutPayloadForOneThatHasEnded() {
        open(7, new Status.Waiting());
        open(8, new Status.Retrying(1, null));
        payloads.delete(7L);
        payloads.delete(8L);

        Ledger successor = ledger();

        assertThat(successor.rebuild((offset, entry) -> {})).containsExactly(8L);
        assertThat(successor.entry(7)).isNull();
        successor.erase();
        assertThat(entries.get(7L)).isNull();
    }

    @Test
    void shouldKeepAPayloadThatCameBackBeforeItWasErased() {
        open(7, new Status.Waiting());
        ledger.putWithoutPayload(7, entry(new Status.Retrying(1, null)));
        becomeDurable();
        open(7, new Status.Waiting());

        ledger.erase();

        assertThat(payloads.get(7L)).isNotNull();
        assertThat(ledger.isErasing()).isFalse();
    }

    /** A record whose schema was not known is taken for another one once it is. */
    @Test
    void shouldKeepWhatIsOpenedAgainAtAnOffsetThatHasEnded() {
        open(7, new Status.Undecoded(1, 1));
        ledger.remove(7);
        open(7, new Status.Waiting());

        becomeDurable();
        ledger.erase();

        assertThat(ledger.entry(7)).isNotNull();
        assertThat(ledger.waiting()).isEqualTo(1);
        assertThat(ledger.payload(7)).isEqualTo(PAYLOAD);
        assertThat(entries.get(7L)).isNotNull();
        assertThat(ledger.isErasing()).isFalse();
    }

    /** It may be cancelled or expired by then. */
    @Test
    void shouldCountOneThatEndsAgainBeforeItHasAnEntryOnce() {
        open(7, new Status.Undecoded(1, 1));
        open(8, new Status.Waiting());
        ledger.remove(7);
        ledger.putPayload(7, PAYLOAD);

        ledger.remove(7);

        assertThat(ledger.waiting()).isEqualTo(1);
        assertThat(ledger.entry(7)).isNull();
        becomeDurable();
        ledger.erase();
        assertThat(entries.get(7L)).isNull();
    }

    @Test
    void shouldWaitForTheSecondEndOfAnOffsetThatWasOpenedAgain() {
        open(7, new Status.Undecoded(1, 1));
        ledger.remove(7);
        becomeDurable();
        open(7, new Status.Waiting());
        ledger.remove(7);

        ledger.erase();

        assertThat(entries.get(7L)).isNotNull();
        becomeDurable();
        ledger.erase();
        assertThat(entries.get(7L)).isNull();
    }

    @Test
    void shouldEraseAPayloadThatHasLeft() {
        open(7, new Status.Waiting());
        ledger.putWithoutPayload(7, entry(new Status.Retrying(1, null)));
        assertThat(payloads.get(7L)).isNotNull();
        becomeDurable();

        ledger.erase();

        assertThat(payloads.get(7L)).isNull();
        assertThat(ledger.entry(7)).isNotNull();
    }

    @Test
    void shouldLeaveASmallPayloadWithItsEntryUntilItComesBack() {
        open(7, new Status.Waiting(), SMALL);
        ledger.putWithoutPayload(7, entry(new Status.Retrying(1, null)));

        assertThat(ledger.isErasing()).isFalse();
        assertThat(payloads.get(7L)).isNull();
        Ledger successor = ledger();
        assertThat(successor.rebuild((offset, entry) -> {})).containsExactly(7L);
        assertThat(successor.payload(7)).isEqualTo(SMALL);
    }

    @Test
    void shouldOpenASmallOneAgainAtAnOffsetThatHasEnded() {
        open(7, new Status.Undecoded(1, 1), SMALL);
        ledger.remove(7);
        open(7, new Status.Waiting(), SMALL);

        becomeDurable();
        ledger.erase();

        assertThat(ledger.entry(7).status()).isInstanceOf(Status.Waiting.class);
        assertThat(ledger.payload(7)).isEqualTo(SMALL);
        assertThat(ledger.waiting()).isEqualTo(1);
        assertThat(ledger.isErasing()).isFalse();
    }

    private void open(long offset, Status status) {
        open(offset, status, PAYLOAD);
    }

    private void open(long offset, Status status, Payload payload) {
        ledger.putPayload(offset, payload);
        ledger.put(offset, entry(status));
    }

    private static Entry entry(Status status) {
        return Stored.entry("id", status);
    }

    private static Payload payload(int bytes) {
        return new Payload(null, Blob.utf8("x".repeat(bytes)), List.of());
    }

    private void becomeDurable() {
        ledger.erase();
        List<Runnable> now = List.copyOf(whenDurable);
        whenDurable.clear();
        now.forEach(Runnable::run);
    }

    private Ledger ledger() {
        RequestStore requests = new RequestStore(store, TOGETHER_BYTES);
        Erasures erasures = Erasures.behind(requests, whenDurable::add, () -> firstUncommitted);
        return new Ledger(requests, 1_000, erasures, entry -> Long.MAX_VALUE);
    }
}
