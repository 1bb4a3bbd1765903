package dev.weir.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Priority;
import dev.weir.event.ResponseStatus;
import dev.weir.retry.RetryPolicy;
import org.junit.jupiter.api.Test;

final class LifecycleCancelTest {
    private final Lifecycle lifecycle =
            new Lifecycle(new RetryPolicy(Bench.SETTINGS.retry()), Bench.SETTINGS.lifecycle());

    @Test
    void shouldKeepACancelUntilThePayloadIsBackFromItsTier() {
        Entry retrying = entry(new Status.Retrying(5_000, null));

        Move held = lifecycle.cancelled(retrying, "no more", 100);
        assertThat(held).isInstanceOf(Move.Hold.class);
        Entry marked = ((Move.Hold) held).next();
        assertThat(EntryCodec.decodeEntry(EntryCodec.encode(marked)))
                .as("stored and read again")
                .isEqualTo(marked);

        assertThat(lifecycle.returned(marked, 2, 200)).as("of another try").isInstanceOf(Move.Stay.class);
        Move end = lifecycle.returned(marked, 1, 200);
        assertThat(end).isInstanceOfSatisfying(Move.End.class, how -> {
            assertThat(how.status()).isEqualTo(ResponseStatus.CANCELLED);
            assertThat(how.error().message()).isEqualTo("no more");
            assertThat(how.last().progress().retryMillis()).isEqualTo(200);
        });
    }

    @Test
    void shouldEndEveryOtherStatusAtOnce() {
        for (Status status : new Status[] {
            new Status.Waiting(), new Status.Delayed(9), new Status.InFlight(1), new Status.Following(3)
        }) {
            assertThat(lifecycle.cancelled(entry(status), "no more", 100))
                    .as(status.toString())
                    .isInstanceOfSatisfying(
                            Move.End.class, end -> assertThat(end.status()).isEqualTo(ResponseStatus.CANCELLED));
        }
    }

    private static Entry entry(Status status) {
        return new Entry("a", true, 0, "m", "m", Priority.NORMAL, "", 0, null, 10, null, Progress.at(0), status, null);
    }
}
