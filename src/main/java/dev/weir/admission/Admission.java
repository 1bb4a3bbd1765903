package dev.weir.admission;

import dev.weir.event.StopClass;
import dev.weir.permit.AskMessage;
import dev.weir.permit.InboxMessage.Refusal;
import dev.weir.permit.LeaseKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * All that an admission task decides, for every scope of its partition. Time and draws are parameters; changes go to
 * the log; nothing else is touched. Threading: owned by one stream thread.
 */
final class Admission {
    /** Bounds the work between two polls: a busier scope goes on at its next wake. */
    private static final int GRANTS_AT_ONCE = 200;

    private final AdmissionSettings settings;
    private final PermitLog log;
    private final Origins origins = new Origins();
    private final Map<String, Scope> scopes = new TreeMap<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private final Set<Scope> touched = new LinkedHashSet<>();

    Admission(AdmissionSettings settings, PermitLog log) {
        this.settings = settings;
        this.log = log;
    }

    /**
     * A grant to be sent.
     *
     * @param scope the quota
     * @param key the lease
     * @param askEpoch the epoch that asked
     * @param again whether it was granted before, and nobody reported its use
     * @param startInMillis how long after it arrives the call may start
     */
    record Issue(String scope, LeaseKey key, long askEpoch, boolean again, long startInMillis) {}

    void restore(String scope, LeaseKey key, PermitEntry entry, long nowMillis) {
        scope(scope).restore(key, entry, nowMillis);
    }

    void restore(String scope, Pause pause, long nowMillis) {
        scope(scope).restore(pause, nowMillis);
    }

    void restore(String scope, String what, long[] numbers, long nowMillis) {
        scope(scope).restore(what, nowMillis, numbers);
    }

    void restore(int origin, Origins.Mark mark) {
        origins.restore(origin, mark);
    }

    /** Everything was restored. */
    void restored() {
        scopes.values().forEach(Scope::restored);
    }

    /**
     * Takes a message, unless its sender was heard saying it, or something later, before.
     *
     * @param draw a uniform draw from [0, 1)
     */
    Origins.Verdict take(AskMessage message, long nowMillis, double draw) {
        if (message instanceof AskMessage.FromDispatch told) {
            Origins.Verdict verdict = origins.hear(told.origin(), log);
            if (verdict == Origins.Verdict.NEWS) {
                takeNews(told, nowMillis, draw);
            }
            return verdict;
        }
        if (message instanceof AskMessage.Resume resume && scopes.containsKey(resume.scope())) {
            touch(resume.scope()).open(nowMillis);
        }
        return Origins.Verdict.NEWS;
    }

    /** The newest epoch that was heard of an origin, 0 when none was. */
    long epochOf(int origin) {
        return origins.epochOf(origin);
    }

    /** Grants in the scopes that messages were about since the last release. */
    List<Issue> releaseTouched(long nowMillis) {
        List<Issue> issues = new ArrayList<>();
        touched.forEach(scope -> release(scope, nowMillis, issues));
        touched.clear();
        return issues;
    }

    /** Logs what messages have changed since the last release, granting nothing. */
    void rememberTouched(long nowMillis) {
        touched.forEach(scope -> scope.remember(nowMillis));
    }

    /** Grants in every scope, and does what has come due. */
    List<Issue> release(long nowMillis) {
        List<Issue> issues = new ArrayList<>();
        scopes.values().forEach(scope -> release(scope, nowMillis, issues));
        touched.clear();
        origins.log(log);
        return issues;
    }

    /** Takes the asks that were found never to be granted. */
    List<Refusal> takeRefusals() {
        List<Refusal> taken = List.copyOf(refusals);
        refusals.clear();
        return taken;
    }

    /** When {@link #release} has work without any further message; {@link RequestWindow#NEVER} for never. */
    long nextWake(long nowMillis) {
        long next = RequestWindow.NEVER;
        for (Scope scope : scopes.values()) {
            next = Math.min(next, scope.nextWake(nowMillis));
        }
        return next;
    }

    /** Why a request waits, if its scope knows of it. */
    Optional<Explanation> explain(String scope, LeaseKey key, long nowMillis) {
        return Optional.ofNullable(scopes.get(scope)).flatMap(known -> known.explain(key, nowMillis));
    }

    /** How every scope stands. */
    List<AdmissionStatus> statuses(long nowMillis) {
        return scopes.values().stream().map(scope -> scope.status(nowMillis)).toList();
    }

    private void takeNews(AskMessage.FromDispatch message, long nowMillis, double draw) {
        long epoch = message.origin().epoch();
        if (message instanceof AskMessage.Ask ask) {
            touch(ask.scope()).ask(ask, nowMillis);
        } else if (message instanceof AskMessage.Started started) {
            Scope scope = touch(started.scope());
            started.calls().forEach(call -> scope.started(epoch, call, nowMillis));
        } else if (message instanceof AskMessage.Settle settle) {
            touch(settle.scope()).settle(settle, nowMillis, draw);
        } else if (message instanceof AskMessage.Withdraw withdraw) {
            touch(withdraw.scope()).withdraw(withdraw.key());
        } else if (message instanceof AskMessage.HelloDone) {
            for (Scope scope : scopes.values()) {
                scope.purge(message.origin().partition(), epoch, nowMillis);
                touched.add(scope);
            }
        }
    }

    private void release(Scope scope, long nowMillis, List<Issue> issues) {
        for (Permit permit : scope.release(nowMillis, GRANTS_AT_ONCE)) {
            boolean again = Leases.grantedAt(permit) < nowMillis;
            issues.add(new Issue(
                    scope.name(),
                    permit.key,
                    permit.entry.askEpoch(),
                    again,
                    Math.max(0, permit.notBeforeMillis - nowMillis)));
        }
        for (Scope.Refused refused : scope.takeRefused()) {
            refusals.add(
                    new Refusal(scope.name(), refused.askEpoch(), refused.key(), StopClass.FATAL, refused.message()));
        }
    }

    private Scope touch(String name) {
        Scope scope = scope(name);
        touched.add(scope);
        return scope;
    }

    private Scope scope(String name) {
        return scopes.computeIfAbsent(name, missing -> new Scope(missing, settings, log));
    }
}
