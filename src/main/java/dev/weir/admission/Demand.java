package dev.weir.admission;

import dev.weir.permit.AskMessage;

/**
 * What a request wants, as far as admission cares; the same from its ask to the end of its call.
 *
 * @param model the model asked for
 * @param tenant for whom, empty when the request names none
 * @param promptBytes the size of its body
 * @param maxCompletionTokens its own bound on visible output, {@link #UNBOUNDED} when it has none
 * @param deadlineMillis after which no grant is wanted, epoch milliseconds; {@link RequestWindow#NEVER} for always. For
 *     the record only: whether it has passed is decided by dispatch's clock, which returns a late grant unused
 * @param retry whether the request has spent an attempt before, so that this call is one more for the server
 */
record Demand(
        String model, String tenant, int promptBytes, int maxCompletionTokens, long deadlineMillis, boolean retry) {
    /** No bound on visible output. */
    static final int UNBOUNDED = -1;

    /** Of a call that admission has never been asked for. */
    static final Demand UNKNOWN = new Demand("", "", 0, UNBOUNDED, RequestWindow.NEVER, false);

    /**
     * Keeps one copy of each name: a million that wait would hold as many otherwise, each from a message of its own.
     */
    Demand {
        model = model.intern();
        tenant = tenant.intern();
    }

    /** What an ask says of it. */
    static Demand of(AskMessage.Ask ask) {
        Long bound = ask.maxCompletionTokens();
        Long deadline = ask.deadlineMillis();
        return new Demand(
                ask.model(),
                ask.tenant(),
                ask.promptBytes(),
                bound == null ? UNBOUNDED : (int) Math.min(Math.max(0, bound), Integer.MAX_VALUE),
                deadline == null ? RequestWindow.NEVER : deadline,
                ask.attempts() > 0);
    }
}
