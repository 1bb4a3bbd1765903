package dev.weir.guarantee;

import dev.weir.verify.VerifyReport;
import java.util.List;
import java.util.Map;

/**
 * What is known at the end of a run.
 *
 * @param report the verifier's
 * @param calls every call that the simulated Grok saw
 * @param notReady by instance, what its readiness complains about; an instance without complaint has an empty list
 */
public record Evidence(VerifyReport report, List<GrokCallSeen> calls, Map<String, List<String>> notReady) {
    /** Copies the collections. */
    public Evidence {
        calls = List.copyOf(calls);
        notReady = Map.copyOf(notReady);
    }
}
