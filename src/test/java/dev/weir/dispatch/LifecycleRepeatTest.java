package dev.weir.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Priority;
import dev.weir.event.Reason;
import dev.weir.event.StopClass;
import dev.weir.grok.GrokError;
import dev.weir.grok.GrokOutcome;
import dev.weir.grok.RateLimitHeaders;
import dev.weir.retry.RetryPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which failed calls leave it open whether Grok was paid for them. */
final class LifecycleRepeatTest {
    private final Lifecycle lifecycle =
            new Lifecycle(new RetryPolicy(Bench.SETTINGS.retry()), Bench.SETTINGS.lifecycle());

    @Test
    void shouldSayThatACallMayBeRepeatedWhenItsAnswerWasLost() {
        assertThat(possiblyRepeated(Reason.CONNECTION_LOST, null, false)).isTrue();
        assertThat(possiblyRepeated(Reason.TIMEOUT, null, false)).isTrue();
        assertThat(possiblyRepeated(Reason.UNREADABLE_ANSWER, 200, false)).isTrue();
    }

    @Test
    void shouldNotSaySoWhenGrokRefusedOrNeverSawIt() {
        assertThat(possiblyRepeated(Reason.SERVER_ERROR, 503, false)).isFalse();
        assertThat(possiblyRepeated(Reason.CONNECT_FAILED, null, true)).isFalse();
        assertThat(possiblyRepeated(Reason.CONNECTION_LOST, null, true)).isFalse();
    }

    private boolean possiblyRepeated(Reason reason, @Nullable Integer status, boolean nothingSent) {
        Entry running = new Entry(
                "a",
                true,
                0,
                "m",
                "m",
                Priority.NORMAL,
                "",
                0,
                null,
                10,
                null,
                Progress.at(0),
                new Status.InFlight(1),
                null);
        GrokError error = new GrokError(StopClass.TRANSIENT, reason, "gone", status, null, nothingSent);
        GrokOutcome outcome = new GrokOutcome.Stopped(error, null, null, RateLimitHeaders.NONE);
        Move move = lifecycle.finished(running, 1, outcome, 5, 10, 0.5);
        assertThat(move).isInstanceOf(Move.Retry.class);
        return ((Move.Retry) move).next().progress().possiblyRepeated();
    }
}
