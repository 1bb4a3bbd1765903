package dev.weir.verify;

import dev.weir.event.ResponseStatus;
import java.util.List;
import java.util.Map;

/**
 * What the verifier found. Everything is counted by the coordinates of the request record.
 *
 * @param accepted the request records that were verified
 * @param answered those of them with at least one response
 * @param statuses the first response of each, by status
 * @param open without a response so far, which may still come
 * @param lost without a response although the gateway has had its time
 * @param doubled responses beyond the first of their request
 * @param unexplained responses to no request record
 * @param failedWithoutDeadLetter requests that failed and are no dead letter
 * @param deadLettersWithoutFailure dead letters of requests that have not failed
 * @param doubledDeadLetters dead letters beyond the first of their request
 * @param calls successful calls in the simulator's journal, 0 without a journal
 * @param repeatedCalls requests that Grok answered with success more than once
 * @param silentlyRepeated those of them whose response does not say {@code possiblyRepeated}
 * @param notes what limits this report
 */
public record VerifyReport(
        long accepted,
        long answered,
        Map<ResponseStatus, Long> statuses,
        Finding open,
        Finding lost,
        Finding doubled,
        Finding unexplained,
        Finding failedWithoutDeadLetter,
        Finding deadLettersWithoutFailure,
        Finding doubledDeadLetters,
        long calls,
        Finding repeatedCalls,
        Finding silentlyRepeated,
        List<String> notes) {
    /** Copies the collections. */
    public VerifyReport {
        statuses = Map.copyOf(statuses);
        notes = List.copyOf(notes);
    }

    /** Whether nothing that was seen breaks the promise; open requests do not. */
    public boolean promiseKept() {
        return violations().stream().allMatch(Finding::none);
    }

    /** Whether waiting cannot improve it: what is doubled stays so, the rest may be read yet. */
    public boolean settled() {
        return List.of(open, lost, unexplained, failedWithoutDeadLetter, deadLettersWithoutFailure).stream()
                .allMatch(Finding::none);
    }

    private List<Finding> violations() {
        return List.of(
                lost,
                doubled,
                unexplained,
                failedWithoutDeadLetter,
                deadLettersWithoutFailure,
                doubledDeadLetters,
                silentlyRepeated);
    }
}
