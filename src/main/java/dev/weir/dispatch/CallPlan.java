package dev.weir.dispatch;

import dev.weir.grok.GrokCall;
import dev.weir.permit.LeaseKey;

/**
 * A call that a permit allows.
 *
 * @param key its lease
 * @param scope the quota it falls under
 * @param model the model asked for
 * @param tenant for whom, empty when the request names none
 * @param call what is sent
 */
record CallPlan(LeaseKey key, String scope, String model, String tenant, GrokCall call) {}
