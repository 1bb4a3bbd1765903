package dev.weir.admission;

import dev.weir.permit.LeaseKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Which grants go to dispatch, for the first time or again: all while calls go out freely, otherwise only that of the
 * single call behind the door. What was granted before and is held back goes when calls go out again; until then its
 * lease does not run out. Threading: owned by one stream thread.
 */
final class Sending {
    private final Leases leases;
    private final Gatekeeper gate;
    private final PermitBook book;

    Sending(Leases leases, Gatekeeper gate, PermitBook book) {
        this.leases = leases;
        this.gate = gate;
        this.book = book;
    }

    /** Takes the grants to be sent now. */
    List<Permit> take(long nowMillis) {
        List<Permit> due = leases.toSend(nowMillis);
        List<Permit> going = gate.isOpen(nowMillis) ? due : single(due, nowMillis);
        going.forEach(permit -> leases.sent(permit, nowMillis));
        return going;
    }

    /** When {@link #take} has something; {@link RequestWindow#NEVER} while that depends on events. */
    long nextAt(long nowMillis) {
        long due = leases.nextToSend();
        if (gate.isOpen(nowMillis)) {
            return due;
        }
        long single = gate.probe().flatMap(book::find).map(leases::sendAt).orElse(RequestWindow.NEVER);
        long others = Math.max(due, gate.opensAt(nowMillis));
        return Math.min(others, Math.max(single, gate.pause().untilMillis()));
    }

    /**
     * Holds all back but the single call; when there may be one and nobody else was granted, it is the first of all.
     */
    private List<Permit> single(List<Permit> due, long nowMillis) {
        if (!due.isEmpty() && gate.closed(nowMillis) == Binding.NONE) {
            gate.probesWith(due.get(0).key);
        }
        boolean paused = gate.pause().holds(nowMillis);
        LeaseKey single = gate.probe().orElse(null);
        List<Permit> going = new ArrayList<>();
        for (Permit permit : due) {
            if (!paused && permit.key.equals(single)) {
                going.add(permit);
            } else {
                permit.heldMillis = nowMillis;
            }
        }
        return going;
    }
}
