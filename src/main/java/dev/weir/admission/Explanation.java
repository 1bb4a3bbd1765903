package dev.weir.admission;

import dev.weir.permit.LeaseKey;

/**
 * Why a request waits, as it stood at one moment. Position and start are expected by the shares of all who wait now:
 * who comes later and is more urgent goes before.
 *
 * @param scope its quota
 * @param key its lease
 * @param state waiting, granted, running or over
 * @param position how many go before it and it, 0 when it does not wait
 * @param binding what keeps it waiting
 * @param expectedStartMillis when it is expected to start, epoch milliseconds; {@link Long#MAX_VALUE} when that depends
 *     on an event, 0 when it does not wait
 */
public record Explanation(
        String scope, LeaseKey key, String state, long position, Binding binding, long expectedStartMillis) {}
