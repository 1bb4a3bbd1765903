package dev.weir.admission;

import dev.weir.admission.PermitState.Granted;
import dev.weir.admission.PermitState.Queued;
import dev.weir.admission.PermitState.Started;
import dev.weir.event.Priority;
import java.util.EnumMap;
import java.util.Map;

/** How a scope stands: what keeps the first in line waiting, until when, and what a request has to expect. */
final class Outlook {
    private static final long MICROS = 1_000;

    private final String scope;
    private final Line line;
    private final Quota quota;
    private final TokenEstimates estimates;
    private final Gatekeeper gate;
    private final Chooser chooser;

    Outlook(String scope, Line line, Quota quota, TokenEstimates estimates, Gatekeeper gate, Chooser chooser) {
        this.scope = scope;
        this.line = line;
        this.quota = quota;
        this.estimates = estimates;
        this.gate = gate;
        this.chooser = chooser;
    }

    /** What keeps the first in line waiting. */
    Binding binding(long nowMillis) {
        if (line.size() == 0) {
            return Binding.NONE;
        }
        Binding closed = gate.closed(nowMillis);
        if (closed != Binding.NONE) {
            return closed;
        }
        int lanes = gate.lanes(nowMillis);
        boolean onlyRetries = line.aside() == 0 && line.peek(lanes).isEmpty();
        return onlyRetries ? Binding.RETRY_BUDGET : chooser.binding(lanes, nowMillis);
    }

    /** When the first in line may go as far as is known; {@link RequestWindow#NEVER} while that depends on an event. */
    long headMayGoAt(long nowMillis) {
        gate.adjust(nowMillis);
        long opens = gate.opensAt(nowMillis);
        return opens > nowMillis ? opens : chooser.startsAt(gate.lanes(nowMillis), nowMillis);
    }

    /** When to look at the line again. */
    long nextLook(long nowMillis) {
        gate.adjust(nowMillis);
        long opens = gate.opensAt(nowMillis);
        return opens > nowMillis
                ? opens
                : Math.min(gate.changesAt(nowMillis), chooser.nextAt(gate.lanes(nowMillis), nowMillis));
    }

    AdmissionStatus status(long nowMillis) {
        gate.adjust(nowMillis);
        Map<Priority, Integer> queued = new EnumMap<>(Priority.class);
        for (Priority priority : Priority.values()) {
            queued.put(priority, line.size(priority));
        }
        long oldest = line.oldestReceivedAt(nowMillis);
        return new AdmissionStatus(
                scope,
                quota.ceiling(),
                queued,
                quota.leases().size(),
                quota.requests().used(nowMillis),
                quota.requestLimit(),
                quota.tokenLimit(),
                quota.tokens().used(nowMillis),
                quota.tokens().reserved(),
                estimates.errorPermille(),
                binding(nowMillis),
                gate.pause().holds(nowMillis) ? gate.pause().untilMillis() : 0,
                line.size() == 0 ? 0 : headMayGoAt(nowMillis),
                Math.max(0, Saturating.subtract(nowMillis, oldest)),
                nowMillis);
    }

    /** What a request has to expect. */
    Explanation explain(Permit permit, long nowMillis) {
        if (permit.state() instanceof Queued queued) {
            return explain(permit, queued, nowMillis);
        }
        String state =
                permit.state() instanceof Granted ? "granted" : permit.state() instanceof Started ? "running" : "over";
        return new Explanation(scope, permit.key, state, 0, Binding.NONE, 0);
    }

    private Explanation explain(Permit permit, Queued queued, long nowMillis) {
        long costMicros = quota.costMicros(chooser.reservation(queued));
        Tenant tenant = line.tenants().find(permit);
        long beforeInTenant = tenant.before(permit, costMicros);
        long position = 1 + beforeInTenant;
        for (Tenant other : line.tenants().active()) {
            position += other == tenant ? 0 : passing(other, tenant, beforeInTenant + 1, costMicros);
        }
        boolean waitsForOthers = position > 1 && beforeInTenant == 0;
        Binding binding = binding(nowMillis);
        if (gate.closed(nowMillis) == Binding.NONE) {
            boolean held = !Lanes.has(gate.lanes(nowMillis), Lanes.of(queued));
            binding = held ? Binding.RETRY_BUDGET : waitsForOthers ? Binding.TENANT_SHARE : binding;
        }
        long head = headMayGoAt(nowMillis);
        long start = Saturating.add(Math.max(head, nowMillis), (position - 1) * costMicros / MICROS);
        return new Explanation(scope, permit.key, "waiting", position, binding, start);
    }

    /** How many of another tenant go before the n-th of a tenant. */
    private static long passing(Tenant other, Tenant tenant, long n, long costMicros) {
        long ahead = Saturating.subtract(tenant.dueMicros, other.dueMicros) / Math.max(1, costMicros);
        long byShare = (n - 1) * other.weight / tenant.weight;
        return Math.max(0, Math.min(other.waiting(), Saturating.add(byShare, ahead + (ahead > 0 ? 1 : 0))));
    }
}
