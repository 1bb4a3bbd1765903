package dev.weir.admission;

import dev.weir.permit.AskMessage;
import dev.weir.permit.CallEnd;
import dev.weir.permit.LeaseKey;
import java.util.Optional;

/**
 * Whether a scope grants anything now, by how its last calls ended: its pause, its door, its working limits and what
 * may be spent on repeated calls. Threading: owned by one stream thread.
 */
final class Gatekeeper {
    private static final String DOOR = "door";
    private static final String RETRIES = "retries";
    /** A pause at least so long is followed by a slow start. */
    private static final long LONG_PAUSE_MILLIS = 2_000;
    /** A look at limits that move by themselves. */
    private static final long LOOK_MILLIS = 500;

    private final String scope;
    private final AdmissionSettings settings;
    private final PermitLog log;
    private final ScopeLimits ceiling;
    private final Adaptation adaptation;
    private Pause pause = Pause.NONE;
    private Door door = Door.OPEN;
    private Failures failures = Failures.NONE;
    private RetryBudget retries = RetryBudget.start(Long.MIN_VALUE);
    private RetryBudget rememberedRetries = retries;
    private Door rememberedDoor = door;

    Gatekeeper(String scope, AdmissionSettings settings, PermitLog log, Quota quota) {
        this.scope = scope;
        this.settings = settings;
        this.log = log;
        this.ceiling = quota.ceiling();
        this.adaptation = new Adaptation(ceiling, quota);
    }

    /** The pause that holds or was last. */
    Pause pause() {
        return pause;
    }

    void restore(Pause stored, long nowMillis) {
        pause = stored.readAt(nowMillis, settings.pause());
    }

    /** Takes back what was remembered, if it is of this kind. */
    void restore(String what, long nowMillis, long... numbers) {
        adaptation.restore(what, numbers);
        if (what.equals(RETRIES)) {
            retries = new RetryBudget(numbers[0], Math.min(numbers[1], nowMillis));
        } else if (what.equals(DOOR)) {
            door = Door.of(numbers).readAt(nowMillis);
        }
    }

    /** What forbids any grant, or none. */
    Binding closed(long nowMillis) {
        adjust(nowMillis);
        if (!door.lets(nowMillis)) {
            return door.kind() == Door.Kind.HALTED ? Binding.HALT : Binding.BREAKER;
        }
        return pause.holds(nowMillis) ? Binding.PAUSE : Binding.NONE;
    }

    /** Whether calls go out freely, not a single one at most. */
    boolean isOpen(long nowMillis) {
        return door.isOpen() && !pause.holds(nowMillis);
    }

    /** The lanes that may go. */
    int lanes(long nowMillis) {
        return retries.allows(nowMillis) ? Lanes.ALL : Lanes.FIRST_CALLS;
    }

    /** When a grant is possible as far as this goes, or when to look again; never without an event. */
    long opensAt(long nowMillis) {
        long door = this.door.letsAt(nowMillis);
        return pause.holds(nowMillis) ? Math.max(door, pause.untilMillis()) : door;
    }

    /** When the answers to these questions change by themselves while somebody waits. */
    long changesAt(long nowMillis) {
        long look = adaptation.moves(reopenedMillis(), nowMillis) ? nowMillis + LOOK_MILLIS : RequestWindow.NEVER;
        return retries.allows(nowMillis) ? look : Math.min(look, retries.floorAt());
    }

    /** A permit was granted. */
    void granted(Permit permit, boolean retry, long nowMillis) {
        door = door.granted(permit.key);
        retries = retries.granted(retry, most(), nowMillis);
    }

    /** A permit that was granted before is the single call from now on. */
    void probesWith(LeaseKey key) {
        doorBecomes(door.granted(key));
    }

    /**
     * A permit has ended.
     *
     * @param grantedAtMillis when it was granted
     * @param reserved its tokens
     * @param draw a uniform draw from [0, 1)
     */
    void ended(AskMessage.Settle settle, long grantedAtMillis, long reserved, long nowMillis, double draw) {
        adaptation.observe(settle.observed(), nowMillis);
        doorBecomes(door.ended(settle.key(), settle.end(), nowMillis));
        switch (settle.end()) {
            case THROTTLED -> {
                Long wait = settle.retryAfterMillis();
                pauseBecomes(pause.refused(settings.pause(), grantedAtMillis, wait, nowMillis, draw));
                adaptation.refused(pause.beganMillis(), reserved, nowMillis);
            }
            case ANSWERED -> {
                pauseBecomes(pause.answered(grantedAtMillis));
                retries = retries.answered(most());
                failures = failures.with(false);
            }
            case TRANSIENT -> failed(grantedAtMillis, nowMillis);
            case HALTED -> doorBecomes(door.closed(Door.Kind.HALTED, grantedAtMillis, nowMillis));
            case UNUSED -> {}
        }
    }

    /** The single call that is under way while the door is closed. */
    Optional<LeaseKey> probe() {
        return Optional.ofNullable(door.probe());
    }

    /** A permit was lost: its end will never be heard. */
    void lost(LeaseKey key, long nowMillis) {
        doorBecomes(door.ended(key, CallEnd.TRANSIENT, nowMillis));
    }

    /** An operator opens the scope. */
    void open(long nowMillis) {
        pauseBecomes(pause.opened());
        doorBecomes(door.opened(nowMillis));
        failures = Failures.NONE;
    }

    /** Brings the working limits up to date. */
    void adjust(long nowMillis) {
        adaptation.adjust(reopenedMillis(), nowMillis);
    }

    /** Has what changed since the last call remembered. */
    void remember() {
        adaptation.remember(scope, log);
        if (!retries.equals(rememberedRetries)) {
            rememberedRetries = retries;
            log.remember(scope, RETRIES, retries.thousandths(), retries.floorMillis());
        }
        if (!door.equals(rememberedDoor)) {
            rememberedDoor = door;
            log.remember(scope, DOOR, door.numbers());
        }
    }

    private void failed(long grantedAtMillis, long nowMillis) {
        if (door.isOpen() && grantedAtMillis >= door.sinceMillis()) {
            failures = failures.with(true);
            if (failures.areTooMany()) {
                failures = Failures.NONE;
                doorBecomes(door.closed(Door.Kind.BROKEN, grantedAtMillis, nowMillis));
            }
        }
    }

    private void doorBecomes(Door next) {
        if (!next.equals(door)) {
            door = next;
        }
    }

    private void pauseBecomes(Pause next) {
        if (!next.equals(pause)) {
            pause = next;
            log.put(scope, next);
        }
    }

    private long reopenedMillis() {
        boolean isLong = Saturating.subtract(pause.untilMillis(), pause.beganMillis()) >= LONG_PAUSE_MILLIS;
        long pauseEnd = isLong ? pause.untilMillis() : Long.MIN_VALUE;
        return Math.max(pauseEnd, door.isOpen() ? door.sinceMillis() : Long.MIN_VALUE);
    }

    private long most() {
        return ceiling.requestsPerSecond();
    }
}
