package dev.weir.dispatch;

import dev.weir.permit.AskMessage.StartedCall;
import dev.weir.permit.LeaseKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Fetches what HTTP threads left in the registry: calls that started, and calls that ended. */
final class Completions {
    /** So many results at most in one go, to leave the thread to its records. */
    private static final int BATCH = 500;

    private final Task task;
    private final Desk desk;
    private final Queue<Call> durable = new ConcurrentLinkedQueue<>();
    private final List<Call> unerased = new ArrayList<>();
    private long seenErased;

    Completions(Task task, Desk desk) {
        this.task = task;
        this.desk = desk;
    }

    /** Erases what has ended durably, and only then forgets the calls: an orderly stop waits for that. */
    void settleUp() {
        task.ledger().erase();
        if (task.ledger().erased() != seenErased) {
            seenErased = task.ledger().erased();
            unerased.removeIf(this::forgetIfErased);
        }
        for (Call call = durable.poll(); call != null; call = durable.poll()) {
            if (!forgetIfErased(call)) {
                unerased.add(call);
            }
        }
        if (task.ledger().awaitsCommit()) {
            task.commits().request();
        }
    }

    /** Whether it is. */
    private boolean forgetIfErased(Call call) {
        boolean erased = !task.ledger().isErasing(call.plan().key().offset());
        if (erased) {
            task.calls().forget(call);
        }
        return erased;
    }

    void drain(long nowMillis) {
        reportStarted();
        takeMissed(nowMillis);
        for (int i = 0; i < BATCH; i++) {
            Call call = task.calls().pollDone(task.partition());
            if (call == null) {
                return;
            }
            finished(call, nowMillis);
        }
    }

    private void takeMissed(long nowMillis) {
        Call missed = task.calls().pollMissed(task.partition());
        while (missed != null) {
            Call over = missed;
            desk.departures().missed(over.plan(), nowMillis);
            task.commits().whenDurable(() -> task.calls().forget(over));
            missed = task.calls().pollMissed(task.partition());
        }
    }

    private void reportStarted() {
        Map<String, List<StartedCall>> byScope = new LinkedHashMap<>();
        for (int i = 0; i < BATCH; i++) {
            Call call = task.calls().pollSent(task.partition());
            if (call == null) {
                break;
            }
            Long age = task.calls().sentAgeMillis(call);
            if (call.plan().permitted() && !call.isDone() && age != null) {
                byScope.computeIfAbsent(call.plan().scope(), unused -> new ArrayList<>())
                        .add(new StartedCall(call.plan().key(), age, call.spareMillis()));
            }
        }
        long sentAt = task.calls().steadyMicros();
        byScope.forEach((scope, started) -> task.permits().started(scope, sentAt, started));
    }

    /** Settles always: the permit must return even where the ledger has no use for the result any more. */
    private void finished(Call call, long nowMillis) {
        LeaseKey key = call.plan().key();
        task.blame().takes(key.offset());
        desk.departures().arrived(call);
        task.metrics().called(call.millis());
        Entry entry = task.ledger().entry(key.offset());
        if (entry == null) {
            task.metrics().ignored("result_of_no_open_request");
        } else {
            desk.finished(key, entry, call.outcome(), call.millis(), nowMillis);
        }
        boolean atOnce = task.settings().transactional();
        task.commits().whenDurable(atOnce ? () -> task.calls().forget(call) : () -> durable.add(call));
    }
}
