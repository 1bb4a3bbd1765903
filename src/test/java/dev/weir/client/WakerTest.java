package dev.weir.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.MockConsumer;
import org.junit.jupiter.api.Test;

/** Who is interrupted by a wake, and when. */
final class WakerTest {
    private final Waker waker = new Waker();
    private int wakeups;
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest") {
        @Override
        public synchronized void wakeup() {
            wakeups++;
        }
    };

    @Test
    void shouldInterruptAWaitOnceHoweverOftenItIsRun() {
        waker.enter(consumer);

        waker.run();
        waker.run();

        assertThat(wakeups).isEqualTo(1);
        assertThat(waker.leave(true)).isTrue();
    }

    @Test
    void shouldNotInterruptWorkButMakeTheNextWaitNone() {
        waker.run();

        assertThat(wakeups).isZero();
        assertThat(waker.enter(consumer)).isTrue();
        assertThat(waker.leave(true)).isFalse();
        assertThat(waker.enter(consumer)).isFalse();
    }

    @Test
    void shouldKeepAWakeUntilAWaitAfterWhichTasksTick() {
        waker.run();
        waker.enter(consumer);
        waker.leave(false);

        assertThat(waker.enter(consumer)).isTrue();
        waker.leave(true);
        assertThat(waker.enter(consumer)).isFalse();
    }

    @Test
    void shouldNotInterruptACommitWithinAPoll() {
        waker.enter(consumer);
        waker.suspend();

        waker.run();

        assertThat(wakeups).isZero();
        assertThat(waker.leave(true)).isFalse();
    }
}
