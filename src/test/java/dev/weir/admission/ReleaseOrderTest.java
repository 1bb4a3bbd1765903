package dev.weir.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.Priority;
import dev.weir.permit.LeaseKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReleaseOrderTest {
    private long arrivals;

    @Test
    void shouldAnswerLikeASortedListUnderRandomChanges() {
        Seeds.forEach(200, random -> {
            ReleaseOrder order = new ReleaseOrder();
            List<Permit> expected = new ArrayList<>();
            for (int step = 0; step < 400; step++) {
                if (expected.isEmpty() || random.nextInt(5) < 3) {
                    Permit permit = permit(Priority.values()[random.nextInt(4)], random.nextInt(1_000_000));
                    order.add(permit);
                    expected.add(permit);
                } else {
                    Permit gone = expected.remove(random.nextInt(expected.size()));
                    order.remove(gone);
                }
                assertThat(order.size()).isEqualTo(expected.size());
                assertThat(order.longestWaiting(Lanes.ALL))
                        .isEqualTo(expected.stream().min(lineOrder()));
            }
            expected.sort(lineOrder());
            expected.forEach(next -> {
                assertThat(order.longestWaiting(Lanes.ALL)).contains(next);
                order.remove(next);
            });
        });
    }

    @Test
    void shouldServeEqualRanksInOrderOfArrival() {
        ReleaseOrder order = new ReleaseOrder();
        Permit first = permit(Priority.NORMAL, 7);
        Permit second = permit(Priority.NORMAL, 7);
        order.add(second);
        order.add(first);

        assertThat(order.longestWaiting(Lanes.ALL)).contains(first);
    }

    @Test
    void shouldTellTheOldestOfAllPriorities() {
        ReleaseOrder order = new ReleaseOrder();
        order.add(permit(Priority.CRITICAL, 50_000));
        order.add(permit(Priority.LOW, 20_000));

        assertThat(order.oldestReceivedAt(99)).isEqualTo(20_000);
        assertThat(new ReleaseOrder().oldestReceivedAt(99)).isEqualTo(99);
    }

    @Test
    void shouldRefuseToAddOrRemoveTwice() {
        ReleaseOrder order = new ReleaseOrder();
        Permit permit = permit(Priority.HIGH, 1);
        order.add(permit);

        assertThatThrownBy(() -> order.add(permit)).isInstanceOf(IllegalStateException.class);
        order.remove(permit);
        assertThatThrownBy(() -> order.remove(permit)).isInstanceOf(IllegalStateException.class);
    }

    private static Comparator<Permit> lineOrder() {
        return Comparator.<Permit>comparingLong(
                        permit -> ReleaseOrder.queued(permit).receivedAtMillis())
                .thenComparing(permit -> permit.key.offset());
    }

    private Permit permit(Priority priority, long receivedAtMillis) {
        long arrival = ++arrivals;
        return new Permit(
                new LeaseKey(0, arrival, 1),
                new PermitEntry(1, new PermitState.Queued(priority, receivedAtMillis, arrival, Demand.UNKNOWN)));
    }
}
