package dev.weir.admission;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tenants of a line and their clocks. A clock advances by what its tenant is granted, over its share of the weights
 * of all who wait, so that clocks go at the pace of time when the quota is used up. Who comes back after a rest starts
 * with the least of those who wait: rest earns nothing, and costs nothing. When nobody waits all are quits. Threading:
 * owned by one stream thread.
 */
final class Tenants {
    private static final String CLOCK = "tenant:";
    private static final String HIGHEST = "tenants";
    private static final int FORGET_FROM = 1_000;

    private final AdmissionSettings settings;
    private final Map<String, Tenant> byName = new HashMap<>();
    /** Those who wait. */
    private final Map<String, Tenant> active = new LinkedHashMap<>();

    private final Set<String> unremembered = new TreeSet<>();
    private final Set<String> remembered = new TreeSet<>();
    private long activeWeight;
    private long highestMicros;

    Tenants(AdmissionSettings settings) {
        this.settings = settings;
    }

    /** A tenant that waits from now on, if it did not before. */
    Tenant waits(String name, long nowMillis) {
        Tenant tenant = tenant(name);
        if (!active.containsKey(name)) {
            tenant.clockMicros = Math.max(tenant.clockMicros, least(nowMillis * 1_000));
        }
        return tenant;
    }

    Optional<Tenant> get(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The tenant of a permit that waits. */
    Tenant find(Permit permit) {
        return tenant(permit.state().demand().tenant());
    }

    /** The weights of all who wait together. */
    long activeWeight() {
        return activeWeight;
    }

    /** All who wait. */
    Iterable<Tenant> active() {
        return active.values();
    }

    /** One more or one fewer of the tenant waits. */
    void changed(Tenant tenant) {
        boolean waits = tenant.waiting() > 0;
        if (waits && active.putIfAbsent(tenant.name, tenant) == null) {
            activeWeight += tenant.weight;
            unremembered.add(tenant.name);
        } else if (!waits && active.remove(tenant.name) != null) {
            activeWeight -= tenant.weight;
            forget();
        }
    }

    /**
     * The tenant is granted something of that cost, or gets some of it back.
     *
     * @return the cost over its share
     */
    long charge(Tenant tenant, long costMicros) {
        long all = Math.max(activeWeight, tenant.weight);
        long cost = costMicros * all / tenant.weight;
        tenant.clockMicros = Saturating.add(tenant.clockMicros, cost);
        highestMicros = Math.max(highestMicros, tenant.clockMicros);
        unremembered.add(tenant.name);
        return cost;
    }

    /** Has what changed since the last call remembered. */
    void remember(String scope, PermitLog log, long nowMillis) {
        if (unremembered.isEmpty()) {
            return;
        }
        for (String name : unremembered) {
            Tenant tenant = byName.get(name);
            if (tenant != null) {
                remembered.add(name);
                log.remember(scope, CLOCK + name, tenant.numbers());
            } else if (remembered.remove(name)) {
                log.remember(scope, CLOCK + name);
            }
        }
        unremembered.clear();
        if (highestMicros > nowMillis * 1_000) {
            log.remember(scope, HIGHEST, highestMicros);
        }
    }

    /** Takes back what was remembered, if it is of this kind. */
    void restore(String what, long... numbers) {
        if (what.equals(HIGHEST)) {
            highestMicros = numbers[0];
        } else if (what.startsWith(CLOCK)) {
            String name = what.substring(CLOCK.length());
            tenant(name).restore(numbers);
            remembered.add(name);
        }
    }

    private Tenant tenant(String name) {
        return byName.computeIfAbsent(name, missing -> new Tenant(missing, settings));
    }

    private long least(long nowMicros) {
        if (active.isEmpty()) {
            return Math.max(highestMicros, nowMicros);
        }
        long least = Long.MAX_VALUE;
        for (Tenant tenant : active.values()) {
            least = Math.min(least, tenant.clockMicros);
        }
        return least;
    }

    /** Drops the clocks that no longer matter. */
    private void forget() {
        if (active.isEmpty()) {
            unremembered.addAll(byName.keySet());
            byName.clear();
        } else if (byName.size() > FORGET_FROM + 2 * active.size()) {
            long least = least(0);
            byName.values().removeIf(tenant -> {
                boolean gone = !active.containsKey(tenant.name) && tenant.clockMicros <= least;
                if (gone) {
                    unremembered.add(tenant.name);
                }
                return gone;
            });
        }
    }
}
