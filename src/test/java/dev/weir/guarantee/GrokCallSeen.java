package dev.weir.guarantee;

/**
 * One call as the simulated Grok's journal has it.
 *
 * @param request the coordinates of the request and the try, {@code topic-partition-offset/try}
 * @param atNanos when it came, on the simulator's monotonic clock
 * @param outcome as in the journal: {@code ok}, {@code in_flight}, {@code abandoned}…
 * @param answered whether the client got a whole response
 */
public record GrokCallSeen(String request, long atNanos, String outcome, boolean answered) {}
