package dev.weir.admission;

import dev.weir.admission.PermitState.Granted;
import dev.weir.admission.PermitState.Queued;
import dev.weir.admission.PermitState.Settled;
import dev.weir.admission.PermitState.Started;
import dev.weir.permit.AskMessage;
import dev.weir.permit.CallEnd;
import dev.weir.permit.LeaseKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One quota: what messages mean for its permits, and which asks may go. Every message may come twice or late. What a
 * grant must pass is asked in the gate and the chooser. Threading: owned by one stream thread.
 */
final class Scope {
    /** A report of a start takes a round trip; after this long it, or the grant, must be lost. */
    private static final long RESEND_MILLIS = 2_000;
    /** Forgetting what left the window is not urgent: it may wait for its neighbours. */
    private static final long FORGET_SLACK_MILLIS = 500;

    private final String name;
    private final PermitLog log;
    private final Leases leases;
    private final Quota quota;
    private final PermitBook book;
    private final TokenEstimates estimates;
    private final Chooser chooser;
    private final List<Refused> refused = new ArrayList<>();
    private final Gatekeeper gate;
    private final Outlook outlook;
    private final Sending sending;

    Scope(String name, AdmissionSettings settings, PermitLog log) {
        this.name = name;
        this.log = log;
        this.leases = new Leases(settings.leaseDuration().toMillis(), RESEND_MILLIS);
        this.quota = new Quota(
                settings.limits().apply(name), leases, settings.windowGuard().toMillis(), settings.burstPercent());
        this.book = new PermitBook(name, settings, log, quota);
        this.estimates = new TokenEstimates(settings.tokens());
        this.chooser = new Chooser(book.line(), quota, estimates, Lead.atMost(settings.lead()));
        this.gate = new Gatekeeper(name, settings, log, quota);
        this.outlook = new Outlook(name, book.line(), quota, estimates, gate, chooser);
        this.sending = new Sending(leases, gate, book);
    }

    /** An ask that is too large ever to be granted: its lease, the epoch that asked, and by how much. */
    record Refused(LeaseKey key, long askEpoch, String message) {}

    String name() {
        return name;
    }

    void restore(LeaseKey key, PermitEntry stored, long nowMillis) {
        book.restore(key, stored, nowMillis);
    }

    void restore(Pause stored, long nowMillis) {
        gate.restore(stored, nowMillis);
    }

    void restore(String what, long nowMillis, long... numbers) {
        gate.restore(what, nowMillis, numbers);
        estimates.restore(what, numbers);
        book.line().tenants().restore(what, numbers);
        chooser.restore(what, nowMillis, numbers);
    }

    /** Everything was restored. */
    void restored() {
        book.restored();
    }

    /** Puts an ask in line, or makes its epoch the owner of what is known of it. */
    void ask(AskMessage.Ask ask, long nowMillis) {
        long epoch = ask.origin().epoch();
        Permit known = book.find(ask.key()).orElse(null);
        Demand demand = Demand.of(ask);
        Optional<String> tooLarge =
                estimates.tooLarge(demand, name, quota.ceiling().tokensPerMinute());
        if (known == null && tooLarge.isPresent()) {
            refused.add(new Refused(ask.key(), epoch, tooLarge.get()));
        } else if (known == null) {
            book.add(ask.key(), new PermitEntry(epoch, queued(ask)), nowMillis);
        } else if (known.state() instanceof Queued queued) {
            book.become(known, new PermitEntry(epoch, queued.askedAgain(ask)), nowMillis);
        } else if (known.state() instanceof Granted) {
            known.grantedToOlderEpochToo = epoch != known.entry.askEpoch();
            book.own(known, epoch);
            leases.sendAgain(known);
        } else if (epoch > known.entry.askEpoch()) {
            // The new owner knows of no call, so it wants one; the start of the old one, known or only possible, stays
            // in the window.
            book.become(known, new PermitEntry(epoch, queued(ask)), nowMillis);
        }
    }

    /** A call was made, that long ago. */
    void started(long epoch, AskMessage.StartedCall call, long nowMillis) {
        long start = startBefore(nowMillis, call.ageMillis());
        Permit permit = book.find(call.key()).orElse(null);
        if (permit == null) {
            book.add(call.key(), new PermitEntry(epoch, new Started(start, start, 0, Demand.UNKNOWN)), nowMillis);
        } else if (permit.state() instanceof Granted granted) {
            long notBeforeGrant = Math.max(start, granted.atMillis());
            chooser.started(permit, granted.atMillis(), call.spareMillis());
            book.become(permit, new PermitEntry(epoch, granted.startedAt(notBeforeGrant)), nowMillis);
        } else if (permit.state() instanceof Queued queued) {
            long tokens = chooser.reservation(queued);
            book.become(permit, new PermitEntry(epoch, new Started(start, start, tokens, queued.demand())), nowMillis);
        } else if (permit.state() instanceof Started) {
            book.own(permit, epoch);
        }
    }

    /**
     * A permit has ended.
     *
     * @param draw a uniform draw from [0, 1)
     */
    void settle(AskMessage.Settle settle, long nowMillis, double draw) {
        Permit permit = book.find(settle.key()).orElse(null);
        if (permit != null && permit.state() instanceof Settled) {
            return;
        }
        Long age = settle.ageMillis();
        if (age == null && settle.end() == CallEnd.UNUSED && permit != null && isAboutAnOlderGrant(permit)) {
            return;
        }
        if (age == null && permit != null && permit.state() instanceof Granted unused) {
            quota.returned(unused.tokens());
        }
        Long reported = age == null ? null : (Long) startBefore(nowMillis, age);
        long granted = grantTime(permit, reported == null ? nowMillis : reported);
        long held = permit == null ? 0 : permit.state().tokens();
        gate.ended(settle, granted, held, nowMillis, draw);
        Long start = startTime(permit, reported);
        long tokens = quota.countsTokens() ? TokenEstimates.used(settle, held) : 0;
        if (quota.countsTokens() && permit != null) {
            Demand demand = permit.state().demand();
            long reserved = permit.state().tokens();
            estimates.learn(demand, reserved, settle);
            book.line().charge(demand.tenant(), quota.costMicros(tokens) - quota.costMicros(reserved));
            quota.corrected(tokens - reserved);
        }
        end(settle.key(), settle.origin().epoch(), start == null ? null : new Settled(start, tokens), nowMillis);
    }

    /** A request wants no permit any more; one that is out comes back by its settle. */
    void withdraw(LeaseKey key) {
        book.find(key).filter(permit -> permit.state() instanceof Queued).ifPresent(book::forget);
    }

    /** An operator opens the scope, whatever keeps it closed. */
    void open(long nowMillis) {
        gate.open(nowMillis);
    }

    /** Drops what older epochs of an origin held; calls that may have been made stay in the window. */
    void purge(int origin, long epoch, long nowMillis) {
        for (Permit permit : book.olderThan(origin, epoch)) {
            giveUp(permit, nowMillis);
        }
    }

    /**
     * Grants what the limits allow, and takes all grants that are to be sent now: these, and older ones that were not
     * reported as used, unless calls are held back.
     *
     * @param most the most grants to make; more follow at the next wake
     */
    List<Permit> release(long nowMillis, int most) {
        leases.expired(nowMillis).forEach(permit -> giveUp(permit, nowMillis));
        gate.probe().filter(probe -> !book.isOut(probe)).ifPresent(probe -> gate.lost(probe, nowMillis));
        book.forgetWhatLeftTheWindow(nowMillis);
        for (int granted = 0; granted < most && gate.closed(nowMillis) == Binding.NONE; granted++) {
            Optional<Permit> next = chooser.next(gate.lanes(nowMillis), nowMillis);
            if (next.isEmpty()) {
                break;
            }
            grant(next.get(), nowMillis);
        }
        List<Permit> going = sending.take(nowMillis);
        remember(nowMillis);
        return going;
    }

    /** Logs what has changed besides permits. */
    void remember(long nowMillis) {
        estimates.remember(name, log);
        book.line().tenants().remember(name, log, nowMillis);
        chooser.remember(name, log);
        gate.remember();
    }

    /** Takes the asks that were found never to be granted. */
    List<Refused> takeRefused() {
        List<Refused> taken = List.copyOf(refused);
        refused.clear();
        return taken;
    }

    /** When {@link #release} has work without any further message; {@link RequestWindow#NEVER} for never. */
    long nextWake(long nowMillis) {
        long forget = Saturating.add(book.nextToForget(), FORGET_SLACK_MILLIS);
        long due = Math.min(forget, Math.min(leases.nextExpiry(), sending.nextAt(nowMillis)));
        return book.line().size() == 0 ? due : Math.min(due, outlook.nextLook(nowMillis));
    }

    /** How it stands. */
    AdmissionStatus status(long nowMillis) {
        return outlook.status(nowMillis);
    }

    /** Why a request waits, if it is known. */
    Optional<Explanation> explain(LeaseKey key, long nowMillis) {
        return book.find(key).map(permit -> outlook.explain(permit, nowMillis));
    }

    private void grant(Permit permit, long nowMillis) {
        Demand demand = permit.state().demand();
        long tokens = chooser.reservation(ReleaseOrder.queued(permit));
        permit.notBeforeMillis = chooser.grant(permit, nowMillis);
        book.line().granted(permit, quota.costMicros(tokens));
        gate.granted(permit, demand.retry(), nowMillis);
        book.become(permit, permit.entry.with(new Granted(nowMillis, tokens, demand)), nowMillis);
    }

    /** Ends a permit of which nothing more will be heard: if it was out, its call may have been made up to now. */
    private void giveUp(Permit permit, long nowMillis) {
        gate.lost(permit.key, nowMillis);
        Long possibleStart = permit.state() instanceof Granted ? (Long) nowMillis : startTime(permit, null);
        Settled over = possibleStart == null
                ? null
                : new Settled(possibleStart, permit.state().tokens());
        end(permit.key, permit.entry.askEpoch(), over, nowMillis);
    }

    /** Keeps what still counts in a window, and forgets the rest. Null means that no call was made. */
    private void end(LeaseKey key, long epoch, @Nullable Settled over, long nowMillis) {
        Permit permit = book.find(key).orElse(null);
        boolean counts = over != null && quota.freeAt(over.startMillis(), over.tokens()) > nowMillis;
        if (over != null && counts) {
            if (permit == null) {
                book.add(key, new PermitEntry(epoch, over), nowMillis);
            } else {
                book.become(permit, permit.entry.with(over), nowMillis);
            }
        } else if (permit != null) {
            book.forget(permit);
        }
    }

    /**
     * An unused grant that comes back while its request waits, or after the permit went to a newer epoch, is the older
     * one. Should it have been the newer one all the same, sending that again brings it back again.
     */
    private static boolean isAboutAnOlderGrant(Permit permit) {
        boolean older = permit.state() instanceof Queued || permit.grantedToOlderEpochToo;
        permit.grantedToOlderEpochToo = false;
        return older;
    }

    private Queued queued(AskMessage.Ask ask) {
        return new Queued(ask.priority(), ask.receivedAtMillis(), book.nextArrival(), Demand.of(ask));
    }

    private static long startBefore(long nowMillis, long ageMillis) {
        return Saturating.subtract(nowMillis, Math.max(0, ageMillis));
    }

    private static long grantTime(@Nullable Permit permit, long otherwise) {
        boolean isOut = permit != null && !(permit.state() instanceof Queued);
        return permit != null && isOut ? Leases.grantedAt(permit) : otherwise;
    }

    /** A start known before stands; one that is told now cannot be before the grant. */
    private static @Nullable Long startTime(@Nullable Permit permit, @Nullable Long reported) {
        if (permit != null && permit.state() instanceof Started started) {
            return started.startMillis();
        }
        if (permit != null && permit.state() instanceof Granted granted && reported != null) {
            return Math.max(reported, granted.atMillis());
        }
        return reported;
    }
}
