package dev.weir.bench;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.GroupState;

/** The groups of consumers at the broker. */
final class Groups {
    private static final Set<GroupState> LEFT = Set.of(GroupState.EMPTY, GroupState.DEAD);

    private Groups() {}

    /** How many of them have members. A stopped process that does not say goodbye is one until its session ends. */
    static int withMembers(Bed bed) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bed.bootstrap()))) {
            return (int) admin.listGroups().all().get().stream()
                    .map(GroupListing::groupState)
                    .filter(state -> state.filter(LEFT::contains).isEmpty())
                    .count();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker does not tell of its groups", e);
        }
    }
}
