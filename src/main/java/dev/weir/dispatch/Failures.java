package dev.weir.dispatch;

import dev.weir.event.ErrorInfo;
import dev.weir.event.Reason;
import dev.weir.event.RequestReading.Rejected;
import dev.weir.event.StopClass;
import dev.weir.grok.GrokError;
import dev.weir.retry.RetryDecision.TooLate;
import java.time.Duration;
import java.time.Instant;

/** Why requests end without an answer, in words for the requester. Pure. */
final class Failures {
    private Failures() {}

    /** What Grok says. */
    static ErrorInfo of(GrokError error) {
        return new ErrorInfo(error.stopClass(), error.reason(), error.message(), error.httpStatus(), error.code());
    }

    /** Every attempt failed. */
    static ErrorInfo exhausted(int attempts, GrokError error) {
        String message =
                attempts + " attempts failed; the last: " + error.reason().id() + ": " + error.message();
        return new ErrorInfo(StopClass.TRANSIENT, Reason.ATTEMPTS_EXHAUSTED, message, error.httpStatus(), error.code());
    }

    /** The next try would come after the deadline. */
    static ErrorInfo tooLate(TooLate late, GrokError error) {
        String message = "the next try would start at " + late.due() + ", after the deadline; the last failure: "
                + error.reason().id() + ": " + error.message();
        return new ErrorInfo(StopClass.EXPIRED, Reason.DEADLINE_PASSED, message, error.httpStatus(), error.code());
    }

    /** The stream thread failed at it, again and again. */
    static ErrorInfo poison(String why) {
        return new ErrorInfo(StopClass.FATAL, Reason.INTERNAL, "Weir failed on this record twice: " + why, null, null);
    }

    /** Its payload came back from a tier, to settings that have changed. */
    static ErrorInfo unreadable(Rejected reading) {
        String message =
                "it was accepted when it came, but its payload, back from a retry tier, cannot be read any more: "
                        + reading.message();
        return new ErrorInfo(StopClass.FATAL, reading.reason(), message, null, null);
    }

    /** Its time is over, and its payload is in a tier still. */
    static ErrorInfo neverBack(ErrorInfo over) {
        String message = over.message()
                + ", and its payload did not come back from its retry tier; was one removed from retry.tiers?";
        return new ErrorInfo(over.stopClass(), over.reason(), message, null, null);
    }

    /** The deadline came first. */
    static ErrorInfo passed(Instant deadline) {
        String message = "the deadline " + deadline + " passed before a call started";
        return new ErrorInfo(StopClass.EXPIRED, Reason.DEADLINE_PASSED, message, null, null);
    }

    /** It waited for too long. */
    static ErrorInfo tooOld(Duration maxAge) {
        String message = "waited longer than request.max.age.ms = " + maxAge.toMillis();
        return new ErrorInfo(StopClass.EXPIRED, Reason.TOO_OLD, message, null, null);
    }
}
