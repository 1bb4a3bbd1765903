/**
 * A simulated Grok, an independent reading of the API with limits, latency, faults and a journal.
 *
 * <p>A request is read ({@code RequestReader}, in the order of the real service), answered in advance
 * ({@code Generator}, the same for the same seed and request), judged ({@code Gate}: limits, then faults) and delivered
 * after its latency ({@code Delivery}). Nothing here is shared with the client side, so one misreading of the API
 * cannot hide on both sides.
 */
@NullMarked
package dev.weir.simulator;

import org.jspecify.annotations.NullMarked;
