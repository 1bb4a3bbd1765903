package dev.weir.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Reason;
import dev.weir.event.ResponseStatus;
import dev.weir.event.StopClass;
import dev.weir.grok.GrokError;
import dev.weir.grok.GrokOutcome;
import dev.weir.grok.RateLimitHeaders;
import dev.weir.permit.AskMessage;
import dev.weir.permit.CallEnd;
import dev.weir.permit.InboxMessage;
import dev.weir.permit.PermitCodec;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls in a scope whose quota is off. */
final class FreeCallTest {
    private static final Duration TICK = Duration.ofMillis(20);
    private static final int SLOTS = 2;

    private final Bench bench = new Bench(SLOTS);

    @BeforeEach
    void shouldBeginWithPermits() {
        for (int i = 0; i < Bench.SETTINGS.slots().answeredInARow(); i++) {
            publish("normal");
            bench.call().answer("hello");
            bench.advance(TICK);
            bench.commit();
            assertThat(bench.response().status()).isEqualTo(ResponseStatus.SUCCEEDED);
        }
        bench.asks.clear();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void shouldCallWithoutAPermit() {
        publish("normal");
        assertThat(bench.started).as("the write ahead is not committed").isEmpty();
        bench.commit();

        bench.started.remove().answer("hello");
        bench.advance(TICK);
        bench.commit();

        assertThat(bench.response().status()).isEqualTo(ResponseStatus.SUCCEEDED);
        assertThat(bench.asks).isEmpty();
        assertThat(bench.calls.size()).isZero();
    }

    @Test
    void shouldLetTheUrgentGoFirstWhereSlotsAreShort() {
        publish("normal");
        publish("normal");
        publish("low");
        publish("critical");
        bench.commit();
        assertThat(bench.started).hasSize(SLOTS);

        bench.started.remove().answer("hello");
        bench.advance(TICK);
        bench.commit();
        bench.advance(TICK);
        bench.commit();

        assertThat(bench.started).hasSize(SLOTS);
        assertThat(bench.started.removeLast().call().clientRequestId()).isEqualTo("grok.requests-0-5/1");
        assertThat(bench.asks).isEmpty();
    }

    @Test
    void shouldTellAdmissionAndAllPartitionsOfTroubleAndAskFromThenOn() {
        publish("normal");
        bench.commit();

        bench.started.remove().stop(refused());
        bench.advance(TICK);

        assertThat(bench.take(AskMessage.Settle.class).end()).isEqualTo(CallEnd.HALTED);
        assertThat(bench.handedOver).contains(new InboxMessage.Trouble("grok-free"));
        publish("normal");
        bench.commit();
        assertThat(bench.take(AskMessage.Ask.class).scope()).isEqualTo("grok-free");
        assertThat(bench.started).isEmpty();
    }

    @Test
    void shouldAskOnceAnotherPartitionHasMetTrouble() {
        publish("normal");
        publish("normal");
        publish("normal");
        bench.commit();
        assertThat(bench.started).hasSize(SLOTS);
        assertThat(bench.asks).isEmpty();

        bench.inbox(PermitCodec.encode(new InboxMessage.Trouble("grok-free")));

        assertThat(bench.take(AskMessage.Ask.class).key().offset())
                .as("the one that waits for a slot")
                .isEqualTo(4);
    }

    @Test
    void shouldWithdrawNothingThatWasNotAskedFor() {
        publish("normal");
        publish("normal");
        publish("normal");
        bench.commit();

        bench.inbox(PermitCodec.encode(new InboxMessage.Cancel("grok.requests-0-4", null)));

        assertThat(bench.response().status()).isEqualTo(ResponseStatus.CANCELLED);
        assertThat(bench.asks).isEmpty();
    }

    private void publish(String priority) {
        bench.publish("{\"priority\":\"" + priority
                + "\",\"body\":{\"model\":\"grok-free\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}}");
    }

    private static GrokOutcome.Stopped refused() {
        GrokError error = new GrokError(StopClass.HALTED, Reason.INVALID_KEY, "no such key", 401, null, false);
        return new GrokOutcome.Stopped(error, null, null, RateLimitHeaders.NONE);
    }
}
