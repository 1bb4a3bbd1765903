package dev.weir.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Blob;
import dev.weir.grok.CallObserver;
import dev.weir.grok.GrokCall;
import dev.weir.grok.GrokClient;
import dev.weir.grok.GrokOutcome;
import dev.weir.grok.RateLimitHeaders;
import dev.weir.permit.LeaseKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class CallsTest {
    private static final long LATEST = Long.MAX_VALUE;

    private final AtomicLong nanos = new AtomicLong();
    private final List<CallObserver> observers = new ArrayList<>();
    private final GrokClient client = new GrokClient() {
        @Override
        public void call(GrokCall call, CallObserver observer) {
            observers.add(observer);
        }

        @Override
        public void close() {}
    };
    private final Calls calls = new Calls(client, new CallBounds(2, 100, Duration.ofSeconds(10)), nanos::get);

    @Test
    void shouldNotStartACallThatComesTooLate() {
        calls.reserve(plan(1));
        nanos.set(5_000);
        calls.start(key(1), 1_000, 4_999);

        Call missed = calls.pollMissed(0);
        assertThat(missed).isNotNull();
        assertThat(calls.pollMissed(0)).isNull();
        assertThat(calls.size()).as("until that is durable").isEqualTo(1);
        calls.forget(missed);
        assertThat(calls.size()).isZero();
    }

    @Test
    void shouldGiveUpACallWhoseWriteAheadNeverBecomesDurable() {
        calls.reserve(plan(1));
        nanos.set(Duration.ofMinutes(3).toNanos());
        calls.sweep(0);
        assertThat(calls.pollMissed(0)).isNull();

        nanos.incrementAndGet();
        calls.sweep(0);

        assertThat(calls.pollMissed(0)).isNotNull();
        calls.start(key(1), 0, LATEST);
        assertThat(observers).isEmpty();
    }

    @Test
    void shouldTellTheNextOwnerOfACallThatCameTooLate() {
        calls.reserve(plan(1));
        nanos.set(5_000);
        calls.start(key(1), 1_000, 4_999);
        calls.reserve(plan(2));

        assertThat(calls.release(0, done -> {}).neverStarted()).containsExactly(key(1), key(2));
        assertThat(calls.pollMissed(0)).isNull();
    }

    @Test
    void shouldGiveNoMoreSlotsThanThereAre() {
        assertThat(calls.reserve(plan(1))).isTrue();
        assertThat(calls.reserve(plan(2))).isTrue();
        assertThat(calls.reserve(plan(3))).isFalse();

        assertThat(calls.takeBack(key(1))).isTrue();
        assertThat(calls.reserve(plan(3))).isTrue();
    }

    @Test
    void shouldGiveASlotToTheNextOnceItsCallHasEndedAndKeepTheAnswer() {
        calls.reserve(plan(1));
        calls.reserve(plan(2));
        calls.start(key(1), 0, LATEST);
        observers.get(0).finished(answer(10));

        assertThat(calls.reserve(plan(3))).isTrue();
        assertThat(calls.reserve(plan(4))).isFalse();
        assertThat(calls.pollDone(0)).isNotNull();
        assertThat(calls.size()).isEqualTo(3);
    }

    @Test
    void shouldHoldNoMoreThanTwoCallsForEachSlot() {
        for (int i = 1; i <= 4; i++) {
            calls.reserve(plan(i));
            calls.start(key(i), 0, LATEST);
            observers.get(i - 1).finished(answer(1));
        }

        assertThat(calls.reserve(plan(5))).isFalse();
        calls.forget(found(1));
        assertThat(calls.reserve(plan(5))).isTrue();
    }

    @Test
    void shouldStartNothingMoreOnceItDrains() {
        calls.reserve(plan(1));
        calls.drain();
        calls.start(key(1), 0, LATEST);

        assertThat(observers).isEmpty();
        assertThat(calls.pollMissed(0)).isNotNull();
    }

    @Test
    void shouldTellOfAMissedCallAgainWhenThatWasLostWithItsTransaction() {
        calls.reserve(plan(1));
        nanos.set(5_000);
        calls.start(key(1), 0, 4_999);
        assertThat(calls.pollMissed(0)).isNotNull();

        calls.adopt(0);

        assertThat(calls.pollMissed(0)).isNotNull();
    }

    /** More are reserved than there are slots once many have ended. */
    @Test
    void shouldTakeBackACallThatWaitsInLineForTooLong() {
        Calls many = new Calls(client, new CallBounds(4, 100, Duration.ofSeconds(10)), nanos::get);
        for (int i = 1; i <= 20; i++) {
            many.reserve(plan(i));
            many.start(key(i), 0, LATEST);
            observers.get(i - 1).finished(answer(1));
            many.forget(many.pollDone(0));
        }
        for (int i = 21; i <= 25; i++) {
            assertThat(many.reserve(plan(i))).isTrue();
            many.start(key(i), 0, 1_000);
        }
        assertThat(observers).hasSize(24);
        nanos.set(1_001);
        many.sweep(0);
        observers.get(23).finished(answer(1));

        Call missed = many.pollMissed(0);
        assertThat(missed).isNotNull();
        assertThat(missed.plan().key()).isEqualTo(key(25));
        assertThat(observers).as("it is not started later").hasSize(24);
    }

    @Test
    void shouldNotTellOfACallThatWasTakenBackByItsOwner() {
        calls.reserve(plan(1));
        nanos.set(5_000);
        calls.start(key(1), 0, 4_999);

        assertThat(calls.takeBack(key(1))).isTrue();
        calls.reserve(plan(1));

        assertThat(calls.pollMissed(0)).isNull();
        assertThat(calls.size()).isEqualTo(1);
    }

    @Test
    void shouldStartACallOnceAndNeverAfterItWasTakenBack() {
        calls.reserve(plan(1));
        calls.start(key(1), 0, LATEST);
        calls.start(key(1), 0, LATEST);
        calls.reserve(plan(2));
        calls.takeBack(key(2));
        calls.start(key(2), 0, LATEST);

        assertThat(observers).hasSize(1);
        assertThat(calls.takeBack(key(1))).isFalse();
    }

    @Test
    void shouldKeepAResultUntilItsOutcomeIsCommitted() {
        calls.reserve(plan(1));
        calls.start(key(1), 0, LATEST);
        observers.get(0).finished(answer(10));
        assertThat(calls.pollDone(0)).isNotNull();
        assertThat(calls.pollDone(0)).isNull();

        calls.adopt(0);
        assertThat(calls.pollDone(0)).isNotNull();
        calls.forget(found(1));
        calls.adopt(0);
        assertThat(calls.pollDone(0)).isNull();
        assertThat(calls.isBusy(0)).isFalse();
    }

    @Test
    void shouldStartNothingWhileUnfetchedAnswersFillTheirBudget() {
        calls.reserve(plan(1));
        calls.start(key(1), 0, LATEST);
        observers.get(0).finished(answer(101));

        assertThat(calls.reserve(plan(2))).isFalse();
        calls.forget(found(1));
        assertThat(calls.reserve(plan(2))).isTrue();
    }

    @Test
    void shouldEndWhatIsPastTheHardDeadlineAndIgnoreItsLateAnswer() {
        calls.reserve(plan(1));
        calls.start(key(1), 0, LATEST);
        nanos.set(Duration.ofSeconds(11).toNanos());
        calls.sweep(0);
        observers.get(0).finished(answer(1));

        Call call = calls.pollDone(0);
        assertThat(call).isNotNull();
        assertThat(call.outcome()).isInstanceOf(GrokOutcome.Stopped.class);
        assertThat(calls.pollDone(0)).isNull();
    }

    @Test
    void shouldReserveNothingWhileDraining() {
        calls.drain();

        assertThat(calls.reserve(plan(1))).isFalse();
    }

    private Call found(long offset) {
        Call call = calls.find(key(offset));
        assertThat(call).isNotNull();
        return call;
    }

    private static GrokOutcome answer(int bytes) {
        return new GrokOutcome.Answered("m", "c", Blob.of(new byte[bytes]), null, RateLimitHeaders.NONE);
    }

    private static CallPlan plan(long offset) {
        return new CallPlan(key(offset), "m", "m", "", true, new GrokCall("id", "m", null, Blob.EMPTY));
    }

    private static LeaseKey key(long offset) {
        return new LeaseKey(0, offset, 1);
    }
}
