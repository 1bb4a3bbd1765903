package dev.weir.dispatch;

import dev.weir.event.Blob;
import dev.weir.event.GrokRequest;
import dev.weir.event.RequestReading;
import dev.weir.event.RequestReading.Accepted;
import dev.weir.event.RequestReading.Rejected;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What payloads ask: read once while they are in use. Threading: the task's stream thread. */
final class Readings {
    private static final int OVERHEAD_BYTES = 256;

    private final Task task;
    private final Recent<GrokRequest> recent;

    Readings(Task task) {
        this.task = task;
        this.recent = new Recent<>(
                task.settings().atHandBytes(),
                request -> OVERHEAD_BYTES + request.body().size());
    }

    /** What the payload at that offset was found to ask. */
    void found(long offset, GrokRequest request) {
        recent.put(offset, request);
    }

    void forget(long offset) {
        recent.remove(offset);
    }

    /** What the payload asks, or null if its schema cannot be reached. */
    @Nullable
    GrokRequest find(Payload payload, long offset) {
        GrokRequest known = recent.get(offset);
        if (known != null) {
            return known;
        }
        RequestReading reading = task.format().read(payload.value(), payload.headers(), task.source(offset));
        if (reading instanceof Rejected) {
            throw new IllegalStateException("the ledger holds no request for " + task.source(offset));
        }
        if (!(reading instanceof Accepted accepted)) {
            return null;
        }
        found(offset, accepted.request());
        return accepted.request();
    }

    /** What the payload asks; as far as the entry tells it, if the payload's schema cannot be reached. */
    GrokRequest known(Payload payload, long offset, Entry entry) {
        GrokRequest request = find(payload, offset);
        return request == null ? bare(entry) : request;
    }

    /** What the entry alone tells. */
    static GrokRequest bare(Entry entry) {
        Long deadline = entry.deadlineMillis();
        return new GrokRequest(
                entry.id(),
                entry.priority(),
                entry.tenant().isEmpty() ? null : entry.tenant(),
                deadline == null ? null : Instant.ofEpochMilli(deadline),
                null,
                Map.of(),
                entry.model(),
                entry.maxCompletionTokens(),
                Blob.EMPTY,
                entry.redrive(),
                entry.issuer());
    }
}
