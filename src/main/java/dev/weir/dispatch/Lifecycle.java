package dev.weir.dispatch;

import dev.weir.event.ErrorInfo;
import dev.weir.event.GrokRequest;
import dev.weir.event.Reason;
import dev.weir.event.RequestReading.Rejected;
import dev.weir.event.ResponseStatus;
import dev.weir.event.StopClass;
import dev.weir.grok.GrokError;
import dev.weir.grok.GrokOutcome;
import dev.weir.grok.GrokOutcome.Answered;
import dev.weir.grok.GrokOutcome.Stopped;
import dev.weir.retry.RetryDecision;
import dev.weir.retry.RetryDecision.GiveUp;
import dev.weir.retry.RetryDecision.RetryAt;
import dev.weir.retry.RetryDecision.TooLate;
import dev.weir.retry.RetryPolicy;
import dev.weir.retry.Stop;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of a request at every event of its life. Pure: the entry, the event, the time and a draw go in,
 * a {@link Move} comes out. Every method compares the status and the try, so that an event that comes twice, late or
 * for another try moves nothing.
 */
final class Lifecycle {
    private static final Move STAY = new Move.Stay();

    /** A schema that the registry has comes within milliseconds; one that is down is asked less and less. */
    private static final long FIRST_REREAD_MILLIS = 50;

    private static final long LONGEST_REREAD_MILLIS = 5_000;

    private final RetryPolicy retries;
    private final LifecycleSettings settings;
    private final Lifespan lifespan;

    Lifecycle(RetryPolicy retries, LifecycleSettings settings) {
        this.retries = retries;
        this.settings = settings;
        this.lifespan = new Lifespan(settings.maxAge());
    }

    /** A new request: it waits for a permit, unless its deadline has passed already. */
    Move accept(GrokRequest request, boolean ownId, long nowMillis) {
        Entry entry = Entry.of(request, ownId, settings.scopes().apply(request.model()), nowMillis);
        return isExpired(entry, nowMillis) ? expire(entry, nowMillis) : new Move.Ask(entry);
    }

    /** A new request whose id is open under an earlier offset: it waits for that outcome. */
    Move follow(GrokRequest request, long leader, long nowMillis) {
        Move alone = accept(request, true, nowMillis);
        return alone instanceof Move.Ask ask
                ? new Move.Hold(ask.next().move(new Status.Following(leader), nowMillis))
                : alone;
    }

    /** A record of which it cannot be told what it asks: it is read again in a moment. */
    Move undecoded(String id, long receivedAtMillis, int readings, long nowMillis) {
        long due = nowMillis + Math.min(LONGEST_REREAD_MILLIS, FIRST_REREAD_MILLIS << Math.min(readings, 16));
        return new Move.Hold(Entry.undecoded(id, receivedAtMillis, new Status.Undecoded(due, readings + 1)));
    }

    /** A permit has come for that try, good for a call after so many milliseconds. */
    Move granted(Entry entry, int tryNumber, long epoch, long startInMillis, long nowMillis) {
        if (!(entry.status() instanceof Status.Waiting) || entry.progress().tries() != tryNumber) {
            return STAY;
        }
        return isExpired(entry, nowMillis)
                ? expire(entry, nowMillis)
                : new Move.Call(entry.move(new Status.InFlight(epoch), nowMillis), startInMillis);
    }

    /** A permit has come for that try, but this process has no slot for the call: ask again in a moment. */
    Move noSlot(Entry entry, long dueMillis, long nowMillis) {
        Entry later = entry.with(entry.progress().nextTry());
        return new Move.Hold(later.move(new Status.Delayed(dueMillis), nowMillis));
    }

    /** Admission will never grant that try. */
    Move refused(Entry entry, int tryNumber, StopClass stopClass, String message, long nowMillis) {
        if (!(entry.status() instanceof Status.Waiting) || entry.progress().tries() != tryNumber) {
            return STAY;
        }
        if (stopClass == StopClass.EXPIRED) {
            return isExpired(entry, nowMillis) ? expire(entry, nowMillis) : STAY;
        }
        return new Move.End(
                entry.move(entry.status(), nowMillis),
                ResponseStatus.FAILED,
                new ErrorInfo(StopClass.FATAL, Reason.EXCEEDS_QUOTA, message, null, null),
                null);
    }

    /** The call of that try is over. */
    Move finished(Entry entry, int tryNumber, GrokOutcome outcome, long callMillis, long nowMillis, double draw) {
        if (!(entry.status() instanceof Status.InFlight) || entry.progress().tries() != tryNumber) {
            return STAY;
        }
        Entry moved = entry.move(entry.status(), nowMillis);
        boolean certainlyNotMade =
                outcome instanceof Stopped stop && stop.error().nothingSent();
        Entry left = certainlyNotMade ? moved : moved.with(moved.progress().made());
        if (outcome instanceof Answered answer) {
            int attempts = entry.progress().attempts() + 1;
            return new Move.End(
                    left.with(left.progress().called(callMillis, attempts)), ResponseStatus.SUCCEEDED, null, answer);
        }
        return stopped(left, (Stopped) outcome, callMillis, nowMillis, draw);
    }

    /** An answer to an earlier try of a request that has no outcome yet: it is paid, so it is taken. */
    Move lateAnswer(Entry entry, Answered answer, long callMillis, long nowMillis) {
        if (entry.status() instanceof Status.Retrying || entry.status() instanceof Status.Following) {
            return STAY;
        }
        Entry left = entry.move(entry.status(), nowMillis);
        int attempts = entry.progress().attempts() + 1;
        return new Move.End(
                left.with(left.progress().called(callMillis, attempts)), ResponseStatus.SUCCEEDED, null, answer);
    }

    private Move stopped(Entry entry, Stopped stopped, long callMillis, long nowMillis, double draw) {
        GrokError error = stopped.error();
        Long deadline = entry.deadlineMillis();
        Stop stop = new Stop(
                error.stopClass(),
                entry.progress().attempts(),
                entry.progress().uncharged(),
                stopped.retryAfterOrNull(),
                deadline == null ? null : Instant.ofEpochMilli(deadline));
        RetryDecision decision = retries.decide(stop, Instant.ofEpochMilli(nowMillis), draw);
        if (decision instanceof RetryAt retry) {
            long due = retry.due().toEpochMilli();
            Progress called =
                    entry.progress().called(callMillis, retry.attempts()).due(due);
            Entry next = entry.with((error.mayHaveWorked() ? called.unanswered() : called).nextTry())
                    .move(new Status.Retrying(due, null), nowMillis);
            return new Move.Retry(next, retry.tier(), due, Failures.of(error));
        }
        if (decision instanceof TooLate late) {
            Entry last = entry.with(entry.progress().called(callMillis, late.attempts()));
            return new Move.End(last, ResponseStatus.EXPIRED, Failures.tooLate(late, error), null);
        }
        GiveUp giveUp = (GiveUp) decision;
        Entry last = entry.with(entry.progress().called(callMillis, giveUp.attempts()));
        ErrorInfo why = giveUp.exhausted() ? Failures.exhausted(giveUp.attempts(), error) : Failures.of(error);
        return new Move.End(last, ResponseStatus.FAILED, why, null, stopped.usage());
    }

    /** The payload of that try came back from its tier. */
    Move returned(Entry entry, int tryNumber, long nowMillis) {
        if (!(entry.status() instanceof Status.Retrying retrying)
                || entry.progress().tries() != tryNumber) {
            return STAY;
        }
        return retrying.cancelled() == null
                ? new Move.Hold(entry.move(new Status.Delayed(retrying.dueMillis()), nowMillis))
                : cancelledNow(entry, retrying.cancelled(), nowMillis);
    }

    /** The payload of the open try came back from its tier, and cannot be read any more. */
    Move.End unreadable(Entry entry, Rejected reading, long nowMillis) {
        return new Move.End(
                entry.move(entry.status(), nowMillis), ResponseStatus.FAILED, Failures.unreadable(reading), null);
    }

    /** Time has passed: what is due goes on, what is too late ends. */
    Move woken(Entry entry, long nowMillis) {
        if (entry.status() instanceof Status.Retrying retrying) {
            return nowMillis < lifespan.givenUpMillis(entry, retrying) ? STAY : giveUp(entry, retrying, nowMillis);
        }
        if (mayEndByTime(entry) && isExpired(entry, nowMillis)) {
            return expire(entry, nowMillis);
        }
        if (entry.status() instanceof Status.Undecoded undecoded && undecoded.dueMillis() <= nowMillis) {
            return new Move.Decode(entry);
        }
        return entry.status() instanceof Status.Delayed delayed && delayed.dueMillis() <= nowMillis
                ? new Move.Ask(entry.move(new Status.Waiting(), nowMillis))
                : STAY;
    }

    /** The process that made the call is gone: ask again, up to the bound, and say so in the response. */
    Move lost(Entry entry, long nowMillis) {
        if (!(entry.status() instanceof Status.InFlight)) {
            return STAY;
        }
        Entry waiting = entry.move(new Status.Waiting(), nowMillis);
        Entry left = waiting.with(waiting.progress().lost());
        if (left.progress().repeats() <= settings.maxRepeats()) {
            return isExpired(left, nowMillis) ? expire(left, nowMillis) : new Move.Ask(left);
        }
        String message = "the process was lost during " + left.progress().repeats() + " calls of this request";
        return new Move.End(
                left,
                ResponseStatus.FAILED,
                new ErrorInfo(StopClass.TRANSIENT, Reason.CALL_LOST, message, null, null),
                null);
    }

    /** The call was planned but certainly never started: ask again, no harm done. */
    Move neverStarted(Entry entry, long nowMillis) {
        if (!(entry.status() instanceof Status.InFlight)) {
            return STAY;
        }
        Entry waiting = entry.move(new Status.Waiting(), nowMillis);
        return new Move.Ask(waiting.with(waiting.progress().nextTry()));
    }

    /**
     * The requester takes it back. A call under way goes on, but its answer is not delivered; a payload in a tier is
     * waited for.
     */
    Move cancelled(Entry entry, String message, long nowMillis) {
        return entry.status() instanceof Status.Retrying retrying
                ? new Move.Hold(entry.move(new Status.Retrying(retrying.dueMillis(), message), nowMillis))
                : cancelledNow(entry, message, nowMillis);
    }

    private static Move cancelledNow(Entry entry, String message, long nowMillis) {
        return new Move.End(
                entry.move(entry.status(), nowMillis),
                ResponseStatus.CANCELLED,
                new ErrorInfo(StopClass.CANCELLED, Reason.CANCELLED, message, null, null),
                null);
    }

    /** How long a call that starts now may take by its request's deadline; null when it has none. */
    @Nullable
    Duration longestCall(Entry entry, long nowMillis) {
        Long deadline = entry.deadlineMillis();
        return deadline == null
                ? null
                : Duration.ofMillis(Math.max(0, deadline - nowMillis)).plus(settings.deadlineGrace());
    }

    /**
     * When the entry must be looked at again at the latest, epoch milliseconds.
     *
     * @param readingSinceMillis since when the task reads what comes back from tiers, epoch milliseconds
     */
    long nextWake(Entry entry, long readingSinceMillis) {
        if (entry.status() instanceof Status.Retrying retrying) {
            return lifespan.givenUpMillis(entry, retrying, readingSinceMillis);
        }
        if (!mayEndByTime(entry)) {
            return Long.MAX_VALUE;
        }
        long expiry = lifespan.endMillis(entry);
        if (entry.status() instanceof Status.Undecoded undecoded) {
            return Math.min(undecoded.dueMillis(), expiry);
        }
        return entry.status() instanceof Status.Delayed delayed ? Math.min(delayed.dueMillis(), expiry) : expiry;
    }

    /** A call under way ends by its own bounds. */
    private static boolean mayEndByTime(Entry entry) {
        return !(entry.status() instanceof Status.InFlight);
    }

    private boolean isExpired(Entry entry, long nowMillis) {
        return lifespan.isOver(entry, nowMillis);
    }

    private Move expire(Entry entry, long nowMillis) {
        return new Move.End(entry.move(entry.status(), nowMillis), ResponseStatus.EXPIRED, lifespan.error(entry), null);
    }

    /** The payload did not come back. */
    private Move giveUp(Entry entry, Status.Retrying retrying, long nowMillis) {
        return retrying.cancelled() == null
                ? new Move.End(
                        entry.move(retrying, nowMillis),
                        ResponseStatus.EXPIRED,
                        Failures.neverBack(lifespan.error(entry)),
                        null)
                : cancelledNow(entry, retrying.cancelled(), nowMillis);
    }
}
