package dev.weir.admission;

import dev.weir.event.Priority;
import dev.weir.permit.AskMessage;
import dev.weir.permit.CallEnd;
import dev.weir.permit.LeaseKey;
import dev.weir.permit.Origin;
import dev.weir.permit.QuotaObservation;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Asks of 20 tenants and all priorities in scopes that may start 50 or 100 calls a second together, and the ends of
 * their calls.
 */
final class Crowd {
    static final String SCOPE = "grok-4.5";
    static final int TICK = 50;
    private static final int TENANTS = 20;

    private final SplittableRandom random = new SplittableRandom(1);
    private final int scopes;
    private long offset;
    private long seq;

    /** One scope. */
    Crowd() {
        this(1);
    }

    Crowd(int scopes) {
        this.scopes = scopes;
    }

    static AdmissionSettings settings() {
        return settings(TICK);
    }

    /** So many calls a second for each scope. */
    static AdmissionSettings settings(int perSecond) {
        ScopeLimits limits = new ScopeLimits(perSecond, 0, 10_000_000, 0);
        return new AdmissionSettings(
                scope -> limits,
                AdmissionSettings.DEFAULT_OFFSETS,
                tenant -> 1,
                new TokenSettings(model -> 100, 0),
                Duration.ofMillis(10),
                100,
                Duration.ofMillis(100),
                Duration.ofMinutes(10),
                PauseSettings.DEFAULT,
                Duration.ofSeconds(3));
    }

    /** Adds so many asks to those that wait. */
    void ask(Admission admission, int count, long nowMillis) {
        for (int i = 0; i < count; i++) {
            admission.take(next(nowMillis), nowMillis, 0.5);
        }
    }

    private AskMessage.Ask next(long nowMillis) {
        // Texts of their own each time, as they come from a message.
        String tenant = "tenant-" + random.nextInt(TENANTS);
        String model = scopes == 1 ? new String(SCOPE.toCharArray()) : SCOPE + '-' + offset % scopes;
        Priority priority = Priority.values()[random.nextInt(Priority.values().length)];
        LeaseKey key = new LeaseKey(0, offset++, 1);
        int bytes = 1_000 + random.nextInt(1_000);
        return new AskMessage.Ask(origin(), model, key, model, priority, tenant, nowMillis, null, bytes, null, 0);
    }

    /** The end of a call that was answered at once. */
    AskMessage.Settle answered(Admission.Issue issue) {
        return new AskMessage.Settle(
                origin(),
                issue.scope(),
                issue.key(),
                issue.scope(),
                "tenant-1",
                CallEnd.ANSWERED,
                0L,
                null,
                null,
                null,
                null,
                QuotaObservation.NONE);
    }

    private Origin origin() {
        return new Origin(0, 1, ++seq);
    }

    /** A log that keeps nothing. */
    static final class NoLog implements PermitLog {
        @Override
        public void put(String scope, LeaseKey key, PermitEntry entry) {}

        @Override
        public void delete(String scope, LeaseKey key) {}

        @Override
        public void put(String scope, Pause pause) {}

        @Override
        public void put(int origin, Origins.Mark mark) {}

        @Override
        public void remember(String scope, String what, long... numbers) {}
    }
}
