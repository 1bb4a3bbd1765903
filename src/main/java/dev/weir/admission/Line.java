package dev.weir.admission;

import dev.weir.admission.PermitState.Queued;
import dev.weir.event.Priority;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Who waits for a permit of a scope, in order of release: the tenant whose clock is least goes first, as the priority
 * sees it that it serves next. Those that are too large for now can be set aside, so that smaller ones behind them come
 * into sight; they keep their place. Threading: owned by one stream thread.
 */
final class Line {
    private final AdmissionSettings settings;
    private final Tenants tenants;
    private final TreeSet<Tenant> due = new TreeSet<>(
            Comparator.<Tenant>comparingLong(tenant -> tenant.dueMicros).thenComparing(tenant -> tenant.name));
    private final List<Permit> aside = new ArrayList<>();
    private final int[] waiting = new int[Priority.values().length];

    Line(AdmissionSettings settings) {
        this.settings = settings;
        this.tenants = new Tenants(settings);
    }

    /** How many wait. */
    int size() {
        int all = 0;
        for (int each : waiting) {
            all += each;
        }
        return all;
    }

    /** How many of a priority wait. */
    int size(Priority priority) {
        return waiting[priority.ordinal()];
    }

    /** The clocks of the tenants. */
    Tenants tenants() {
        return tenants;
    }

    /** Adds a queued permit. */
    void add(Permit permit, long nowMillis) {
        Queued queued = ReleaseOrder.queued(permit);
        Tenant tenant = tenants.waits(queued.demand().tenant(), nowMillis);
        tenant.order.add(permit);
        count(tenant, queued.priority(), 1);
    }

    /** Adds a permit that waited before, when the clocks were taken back. */
    void addRestored(Permit permit) {
        Queued queued = ReleaseOrder.queued(permit);
        Tenant tenant = tenants.find(permit);
        tenant.order.add(permit);
        due.remove(tenant);
        tenant.countRestored(queued.priority());
        waiting[queued.priority().ordinal()]++;
        tenants.changed(tenant);
        place(tenant);
    }

    /** Takes a permit out, wherever it waits. */
    void remove(Permit permit) {
        if (aside.contains(permit)) {
            callBack();
        }
        Tenant tenant = tenants.find(permit);
        tenant.order.remove(permit);
        count(tenant, ReleaseOrder.queued(permit).priority(), -1);
    }

    /** A permit that waits is granted at that cost. */
    void granted(Permit permit, long costMicros) {
        Tenant tenant = tenants.find(permit);
        due.remove(tenant);
        long itsCost = tenants.charge(tenant, costMicros);
        tenant.granted(ReleaseOrder.queued(permit).priority(), itsCost);
        place(tenant);
    }

    /** A tenant's clock goes on, or back when it was charged too much. */
    void charge(String tenantName, long costMicros) {
        Optional<Tenant> known = tenants.get(tenantName);
        if (known.isPresent()) {
            Tenant tenant = known.get();
            due.remove(tenant);
            tenants.charge(tenant, costMicros);
            place(tenant);
        }
    }

    /** Who is next in those lanes, of all that were not set aside. */
    Optional<Permit> peek(int lanes) {
        for (Tenant tenant : due) {
            Optional<Permit> head = tenant.next(lanes);
            if (head.isPresent()) {
                return head;
            }
        }
        return Optional.empty();
    }

    /** Passes a permit over until {@link #callBack}. */
    void setAside(Permit permit) {
        tenants.find(permit).order.remove(permit);
        aside.add(permit);
    }

    /** The first that was set aside: all others wait for it, or pass it. */
    Optional<Permit> firstAside() {
        return aside.isEmpty() ? Optional.empty() : Optional.of(aside.get(0));
    }

    /** How many were set aside. */
    int aside() {
        return aside.size();
    }

    /** Those that were set aside take their places again. */
    void callBack() {
        aside.forEach(permit -> tenants.find(permit).order.add(permit));
        aside.clear();
    }

    /** The earliest time of receipt among the heads, or the given time when nobody waits. */
    long oldestReceivedAt(long otherwise) {
        long oldest = Long.MAX_VALUE;
        for (Tenant tenant : due) {
            oldest = Math.min(oldest, tenant.order.oldestReceivedAt(Long.MAX_VALUE));
        }
        for (Permit permit : aside) {
            oldest = Math.min(oldest, ReleaseOrder.queued(permit).receivedAtMillis());
        }
        return size() == 0 ? otherwise : oldest;
    }

    private void count(Tenant tenant, Priority priority, int more) {
        due.remove(tenant);
        tenant.count(priority, more);
        waiting[priority.ordinal()] += more;
        tenants.changed(tenant);
        place(tenant);
    }

    private void place(Tenant tenant) {
        if (tenant.waiting() > 0) {
            tenant.dueMicros = settings.rank(tenant.nextPriority(), tenant.clockMicros);
            due.add(tenant);
        }
    }
}
