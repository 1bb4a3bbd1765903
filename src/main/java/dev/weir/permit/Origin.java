package dev.weir.permit;

/**
 * Who sends a message to admission, and in which order.
 *
 * @param partition the requests partition whose dispatch task speaks
 * @param epoch grows at every start of that task; an older epoch is a dead or fenced owner
 * @param seq grows with every message within the epoch, from 1
 */
public record Origin(int partition, long epoch, long seq) {}
