/** A simulated Grok, an independent reading of the API with limits, latency, faults and a journal. */
@NullMarked
package dev.weir.simulator;

import org.jspecify.annotations.NullMarked;
