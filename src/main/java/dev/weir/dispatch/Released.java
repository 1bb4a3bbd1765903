package dev.weir.dispatch;

import dev.weir.permit.LeaseKey;
import java.util.List;

/**
 * What a task leaves behind.
 *
 * @param running calls whose results will come
 * @param neverStarted calls that will never be made
 */
record Released(List<LeaseKey> running, List<LeaseKey> neverStarted) {}
