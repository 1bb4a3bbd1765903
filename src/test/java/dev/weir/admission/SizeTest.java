package dev.weir.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Priority;
import dev.weir.permit.AskMessage;
import dev.weir.permit.LeaseKey;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What many waiting asks cost: measured with fewer than a million, as all of it grows with their number. */
final class SizeTest {
    private static final int ASKS = 200_000;
    private static final int HEAP_PER_ASK = 300;

    /** A log that keeps nothing: the store is not what is measured. */
    private static final class NoLog implements PermitLog {
        @Override
        public void put(String scope, LeaseKey key, PermitEntry entry) {}

        @Override
        public void delete(String scope, LeaseKey key) {}

        @Override
        public void put(String scope, Pause pause) {}

        @Override
        public void put(int origin, Origins.Mark mark) {}

        @Override
        public void remember(String scope, String what, long... numbers) {}
    }

    @Test
    void shouldTakeAtMost300BytesOfHeapForAWaitingAsk() {
        long before = used();
        Admission admission = filled(ASKS);
        long each = (used() - before) / ASKS;

        assertThat(admission.statuses(0).get(0).queued()).isEqualTo(ASKS);
        assertThat(each).as("bytes for an ask").isLessThanOrEqualTo(HEAP_PER_ASK);
    }

    @Test
    void shouldReleaseFastHoweverManyWait() {
        Talk talk = new Talk(0, 1);
        Admission admission = new Admission(settings(), new NoLog());
        fill(admission, talk, ASKS);
        long[] nanos = new long[1_000];
        for (int tick = 0; tick < nanos.length; tick++) {
            long now = tick * 1_020L;
            long from = System.nanoTime();
            List<Admission.Issue> granted = admission.release(now);
            nanos[tick] = System.nanoTime() - from;
            assertThat(granted).hasSize(50);
            granted.forEach(issue -> admission.take(talk.answered(issue.key().offset(), 0), now, 0.5));
        }
        Arrays.sort(nanos);
        assertThat(nanos[nanos.length / 2]).as("half of the ticks of 50 grants").isLessThan(2_000_000);
    }

    @Test
    void shouldBeRebuiltInSecondsAndDecideTheSame() {
        MapLog log = new MapLog();
        AdmissionSettings settings = settings();
        Talk talk = new Talk(0, 1);
        Admission admission = new Admission(settings, log);
        fill(admission, talk, 50_000);
        granted(admission, 0).forEach(offset -> admission.take(talk.answered(offset, 0), 0, 0.5));
        admission.release(0);
        long from = System.nanoTime();
        Admission rebuilt = log.copy().successor(settings, 1);
        assertThat(System.nanoTime() - from).isLessThan(10_000_000_000L);
        rebuilt.release(1);

        for (long now = 2; now < 60; now++) {
            List<Long> granted = granted(admission, now * 1_020);
            assertThat(granted(rebuilt, now * 1_020)).isEqualTo(granted);
            for (long offset : granted) {
                AskMessage over = talk.answered(offset, 0);
                admission.take(over, now * 1_020, 0.5);
                rebuilt.take(over, now * 1_020, 0.5);
            }
        }
    }

    private static List<Long> granted(Admission admission, long now) {
        return admission.release(now).stream()
                .filter(issue -> !issue.again())
                .map(issue -> issue.key().offset())
                .toList();
    }

    private static Admission filled(int count) {
        Admission admission = new Admission(settings(), new NoLog());
        fill(admission, new Talk(0, 1), count);
        return admission;
    }

    private static void fill(Admission admission, Talk talk, int count) {
        Random random = new Random(1);
        for (int offset = 0; offset < count; offset++) {
            // A text of its own each time, as it comes from a message.
            String tenant = new String("tenant-" + random.nextInt(20));
            Priority priority = Priority.values()[random.nextInt(4)];
            admission.take(talk.ask(offset, priority, offset, tenant, 1_000 + random.nextInt(1_000)), 0, 0.5);
        }
    }

    private static AdmissionSettings settings() {
        return Talk.settings(new ScopeLimits(50, 0, 1_000_000, 0), 0);
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
