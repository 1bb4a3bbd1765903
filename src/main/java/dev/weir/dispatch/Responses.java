package dev.weir.dispatch;

import dev.weir.event.ErrorInfo;
import dev.weir.event.GrokRequest;
import dev.weir.event.GrokResponse;
import dev.weir.event.RequestReading.Rejected;
import dev.weir.event.ResponseStatus;
import dev.weir.event.SourceCoordinates;
import dev.weir.event.StopClass;
import dev.weir.event.Timing;
import dev.weir.grok.GrokOutcome.Answered;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes response events. Pure. */
final class Responses {
    private Responses() {}

    /** The outcome of a request that was open. */
    static GrokResponse of(Move.End end, GrokRequest request, SourceCoordinates source, long nowMillis) {
        Answered answer = end.answer();
        Entry entry = end.last();
        return new GrokResponse(
                request.id(),
                end.status(),
                answer == null ? asked(request) : answer.model(),
                answer == null ? null : answer.content(),
                answer == null ? null : answer.response(),
                end.usage(),
                end.error(),
                entry.progress().attempts(),
                entry.progress().possiblyRepeated(),
                false,
                timing(entry, nowMillis),
                request.priority(),
                request.tenant(),
                request.conversation(),
                request.metadata(),
                source);
    }

    private static @Nullable String asked(GrokRequest request) {
        return request.model().isEmpty() ? null : request.model();
    }

    /** The outcome of a record that is no request. */
    static GrokResponse of(Rejected rejected, SourceCoordinates source, long nowMillis) {
        Instant now = Instant.ofEpochMilli(nowMillis);
        return new GrokResponse(
                rejected.id(),
                ResponseStatus.FAILED,
                null,
                null,
                null,
                null,
                error(rejected),
                0,
                false,
                false,
                new Timing(now, now, 0, 0, 0, 0),
                rejected.priority(),
                rejected.tenant(),
                rejected.conversation(),
                rejected.metadata(),
                source);
    }

    /** Why a record is no request. */
    static ErrorInfo error(Rejected rejected) {
        return new ErrorInfo(StopClass.FATAL, rejected.reason(), rejected.message(), null, null);
    }

    /** The answer of an earlier request with the same id, for a record of its own. */
    static GrokResponse duplicate(
            GrokResponse first, GrokRequest own, SourceCoordinates source, long receivedAtMillis, long nowMillis) {
        Instant received = Instant.ofEpochMilli(receivedAtMillis);
        Instant now = Instant.ofEpochMilli(Math.max(receivedAtMillis, nowMillis));
        return new GrokResponse(
                own.id(),
                first.status(),
                first.model(),
                first.content(),
                first.response(),
                first.usage(),
                first.error(),
                first.attempts(),
                first.possiblyRepeated(),
                true,
                new Timing(received, now, now.toEpochMilli() - receivedAtMillis, 0, 0, 0),
                own.priority(),
                own.tenant(),
                own.conversation(),
                own.metadata(),
                source);
    }

    private static Timing timing(Entry entry, long nowMillis) {
        long received = entry.receivedAtMillis();
        long completed = Math.max(received, nowMillis);
        Progress progress = entry.progress();
        long total = completed - received;
        long queue = Math.min(total, progress.queueMillis());
        long retry = Math.min(total - queue, progress.retryMillis());
        long provider = Math.min(total - queue - retry, progress.providerMillis());
        return new Timing(
                Instant.ofEpochMilli(received),
                Instant.ofEpochMilli(completed),
                queue,
                retry,
                provider,
                total - queue - retry - provider);
    }
}
