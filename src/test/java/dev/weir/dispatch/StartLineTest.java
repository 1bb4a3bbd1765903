package dev.weir.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.Blob;
import dev.weir.grok.GrokCall;
import dev.weir.permit.LeaseKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class StartLineTest {
    private final List<Long> started = new ArrayList<>();
    private final StartLine line = new StartLine(1, call -> {
        started.add(call.plan().key().offset());
        return call.plan().key().offset() > 0;
    });

    @Test
    void shouldStartThoseWithAPermitFirstAndOthersAsTheyCame() {
        line.enter(call(1, false));
        line.enter(call(2, false));
        line.enter(call(3, false));
        line.enter(call(4, true));
        assertThat(started).containsExactly(1L);

        line.leave();
        line.leave();

        assertThat(started).containsExactly(1L, 4L, 2L);
    }

    @Test
    void shouldTakeNoSlotForACallThatDoesNotRun() {
        line.enter(call(0, true));
        line.enter(call(2, true));

        assertThat(started).containsExactly(0L, 2L);
    }

    @Test
    void shouldTryEveryoneOnceItIsClosed() {
        line.enter(call(1, true));
        line.enter(call(2, false));
        line.close();
        line.enter(call(3, false));

        assertThat(started).containsExactly(1L, 2L, 3L);
    }

    @Test
    void shouldGoOnAfterAStartThatFailed() {
        StartLine failing = new StartLine(2, call -> {
            if (call.plan().key().offset() == 1) {
                throw new IllegalStateException("on purpose");
            }
            return started.add(call.plan().key().offset());
        });
        Call first = call(1, true);
        assertThatThrownBy(() -> failing.enter(first)).hasMessage("on purpose");

        failing.enter(call(2, true));

        assertThat(started).containsExactly(2L);
    }

    /** A call that ends before its start has returned would nest as deep as the line is long. */
    @Test
    void shouldNotNestWhereCallsEndAtOnce() {
        int count = 100_000;
        AtomicInteger ran = new AtomicInteger();
        StartLine[] itself = new StartLine[1];
        itself[0] = new StartLine(1, call -> {
            ran.incrementAndGet();
            itself[0].leave();
            return true;
        });
        Call call = call(1, false);
        StartLine blocked = itself[0];
        blocked.leave();
        for (int i = 0; i < count; i++) {
            blocked.enter(call);
        }

        assertThat(ran).hasValue(count);
    }

    @Test
    void shouldNeverRunMoreThanThereAreSlotsAndForgetNobody() throws InterruptedException {
        int threads = 4;
        int each = 20_000;
        int slots = 3;
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch over = new CountDownLatch(threads * each);
        ExecutorService ends = Executors.newFixedThreadPool(2);
        ExecutorService brings = Executors.newFixedThreadPool(threads);
        StartLine[] itself = new StartLine[1];
        itself[0] = new StartLine(slots, call -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            ends.execute(() -> {
                running.decrementAndGet();
                itself[0].leave();
                over.countDown();
            });
            return true;
        });
        Call call = call(1, false);
        for (int i = 0; i < threads; i++) {
            brings.execute(() -> {
                for (int n = 0; n < each; n++) {
                    itself[0].enter(call);
                }
            });
        }

        assertThat(over.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(most.get()).isLessThanOrEqualTo(slots);
        brings.shutdown();
        ends.shutdown();
    }

    private static Call call(long offset, boolean permitted) {
        LeaseKey key = new LeaseKey(0, offset, 1);
        return new Call(new CallPlan(key, "m", "m", "", permitted, new GrokCall("id", "m", null, Blob.EMPTY)), 0);
    }
}
