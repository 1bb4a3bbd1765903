package dev.weir.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.Priority;
import org.junit.jupiter.api.Test;

final class PermitEntryCodecTest {
    private static final Demand DEMAND = new Demand("grok-4", "acme", 1_234, 500, Long.MAX_VALUE, true);

    @Test
    void shouldReadBackWhatItWrites() {
        Seeds.forEach(300, random -> {
            PermitState state = switch (random.nextInt(4)) {
                case 0 ->
                    new PermitState.Queued(
                            Priority.values()[random.nextInt(4)], random.nextLong(), random.nextLong(), DEMAND);
                case 1 -> new PermitState.Granted(random.nextLong(), random.nextLong(), DEMAND);
                case 2 -> new PermitState.Started(random.nextLong(), random.nextLong(), random.nextLong(), DEMAND);
                default -> new PermitState.Settled(random.nextLong(), random.nextLong());
            };
            PermitEntry entry = new PermitEntry(random.nextLong(), state);
            assertThat(PermitEntryCodec.decodePermit(PermitEntryCodec.encode(entry)))
                    .isEqualTo(entry);

            Pause pause = new Pause(random.nextLong(), random.nextLong(), random.nextInt());
            assertThat(PermitEntryCodec.decodePause(PermitEntryCodec.encode(pause)))
                    .isEqualTo(pause);

            Origins.Mark mark = new Origins.Mark(random.nextLong(), random.nextLong());
            assertThat(PermitEntryCodec.decodeMark(PermitEntryCodec.encode(mark)))
                    .isEqualTo(mark);

            Owner owner = new Owner(random.nextLong(), random.nextLong());
            assertThat(PermitEntryCodec.decodeOwner(PermitEntryCodec.encode(owner)))
                    .isEqualTo(owner);
        });
    }

    @Test
    void shouldReadAnOwnerOfAnOlderVersion() {
        byte[] epochOnly = PermitEntryCodec.encode(new long[] {7});

        assertThat(PermitEntryCodec.decodeOwner(epochOnly)).isEqualTo(new Owner(7, 0));
    }

    @Test
    void shouldBeSmall() {
        long now = 1_790_000_000_000L;
        PermitEntry queued = new PermitEntry(now, new PermitState.Queued(Priority.CRITICAL, now, 1_000_000, DEMAND));

        assertThat(PermitEntryCodec.encode(queued)).hasSizeLessThan(80);
    }

    @Test
    void shouldSayWhatToDoWithBytesItCannotRead() {
        assertThatThrownBy(() -> PermitEntryCodec.decodePermit(new byte[] {1, 2, 3}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("delete its changelog");
    }
}
