package dev.weir.dispatch;

import dev.weir.grok.GrokCall;
import dev.weir.permit.LeaseKey;

/**
 * A call that may be made.
 *
 * @param key its lease
 * @param scope the quota it falls under
 * @param model the model asked for
 * @param tenant for whom, empty when the request names none
 * @param permitted whether it has a permit; without one where the quota is off
 * @param call what is sent
 */
record CallPlan(LeaseKey key, String scope, String model, String tenant, boolean permitted, GrokCall call) {}
