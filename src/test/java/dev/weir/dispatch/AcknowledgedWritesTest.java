package dev.weir.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.dispatch.Bench.Started;
import dev.weir.event.Reason;
import dev.weir.event.StopClass;
import dev.weir.grok.GrokError;
import dev.weir.grok.GrokOutcome;
import dev.weir.grok.RateLimitHeaders;
import dev.weir.permit.AskMessage;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What waits for acknowledgements, and what for commits, where there are no transactions. */
final class AcknowledgedWritesTest {
    private static final Duration TICK = Duration.ofMillis(20);
    private static final Duration BACKOFF = Duration.ofSeconds(12);

    private final Bench bench = Bench.withoutTransactions();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void shouldCallOnceTheWriteAheadIsAcknowledgedWithoutACommit() {
        bench.publish(Bench.BODY);
        bench.grant();
        bench.advance(TICK);
        bench.commit();
        assertThat(bench.started).isEmpty();

        bench.acknowledge();

        assertThat(bench.started).hasSize(1);
    }

    @Test
    void shouldForgetACallOnceItsRequestIsErased() {
        answerOne();
        assertThat(bench.calls.size()).isEqualTo(1);

        bench.acknowledge();
        bench.advance(TICK);

        assertThat(bench.calls.size()).isZero();
        assertThat(bench.entriesKept()).isZero();
    }

    @Test
    void shouldKeepTheRequestUntilItsOffsetIsCommitted() {
        bench.firstUncommitted = 0;
        answerOne();
        bench.acknowledge();
        bench.advance(TICK);

        assertThat(bench.calls.size())
                .as("an orderly stop waits for the erasure")
                .isEqualTo(1);
        assertThat(bench.afterCommit).as("a commit was asked for").isNotEmpty();
        bench.firstUncommitted = 1;
        bench.advance(TICK);
        assertThat(bench.calls.size()).isZero();
        assertThat(bench.entriesKept()).isZero();
    }

    @Test
    void shouldKeepWhatASuccessorFindsUntilTheOutcomeIsAcknowledged() {
        answerOne();
        bench.commit();
        bench.advance(TICK);

        assertThat(bench.entriesKept()).isEqualTo(1);
    }

    @Test
    void shouldShareACommitInACrowd() {
        bench.crowded = true;
        bench.publish(Bench.BODY);
        bench.grant();
        assertThat(bench.afterAcks).isEmpty();
        assertThat(bench.started).isEmpty();

        bench.commit();

        assertThat(bench.started).hasSize(1);
    }

    @Test
    void shouldGoOnWithAPayloadFromATierOnceItIsDurableHere() {
        bench.publish(Bench.BODY);
        bench.grant();
        bench.acknowledge();
        bench.started
                .remove()
                .stop(new GrokOutcome.Stopped(
                        new GrokError(StopClass.TRANSIENT, Reason.SERVER_ERROR, "busy", 503, null, false),
                        null,
                        null,
                        RateLimitHeaders.NONE));
        bench.advance(TICK);
        bench.asks.clear();
        bench.advance(BACKOFF);
        bench.advance(TICK);
        assertThat(bench.asks).noneMatch(AskMessage.Ask.class::isInstance);

        bench.acknowledge();
        bench.advance(TICK);
        bench.advance(TICK);

        assertThat(bench.take(AskMessage.Ask.class).key().tryNumber()).isEqualTo(2);
    }

    private void answerOne() {
        bench.publish(Bench.BODY);
        bench.grant();
        bench.acknowledge();
        Started call = bench.started.remove();
        call.answer("hello");
        bench.advance(TICK);
        assertThat(bench.response().content()).isEqualTo("hello");
        bench.advance(TICK);
    }
}
