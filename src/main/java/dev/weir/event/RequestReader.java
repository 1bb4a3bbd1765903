package dev.weir.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads request records: the envelope, the bare chat-completions body, or a line of an OpenAI batch file, with the
 * {@code weir-} headers standing before the fields. Pure; any input is answered, none throws.
 *
 * <p>JSON null counts as absent everywhere. Of a bare body only the body's own fields are read: id, priority and the
 * like come from headers there.
 */
public final class RequestReader {
    private final EventScan scan;
    private final RequestFields fields;

    private RequestReader(EventScan scan, RequestFields fields) {
        this.scan = scan;
        this.fields = fields;
    }

    /**
     * What the record asks, or why it asks nothing.
     *
     * @param value the record's value
     * @param headers all its headers; the last of a name wins
     * @param source where it stands; the id of a request that brings none
     */
    public static RequestReading read(@Nullable Blob value, List<EventHeader> headers, SourceCoordinates source) {
        boolean empty = value == null || value.size() == 0;
        EventScan scan = EventScan.of(value == null ? Blob.EMPTY : value);
        Problems problems = new Problems();
        problems.add(
                empty
                        ? new Problem(Reason.EMPTY_EVENT, "the record has no value: publish the request as JSON")
                        : scan.jsonProblem());
        return new RequestReader(scan, new RequestFields(scan, headers, problems)).resolve(problems, source);
    }

    private RequestReading resolve(Problems problems, SourceCoordinates source) {
        String ownId = fields.id();
        String id = ownId == null ? source.toString() : ownId;
        Priority priority = fields.priority();
        String tenant = fields.text("tenant", WeirHeaders.TENANT);
        Instant deadline = fields.deadline();
        String conversation = fields.text("conversation", WeirHeaders.CONVERSATION);
        int redriveCount = fields.redriveCount();
        Map<String, String> metadata = scan.metadata();
        problems.add(scan.metadataProblem());
        String model = new BodyCheck(scan, problems).model();
        Problem first = problems.first();
        if (first != null) {
            return new RequestReading.Rejected(
                    id, first.reason(), first.message(), priority, tenant, conversation, metadata);
        }
        return new RequestReading.Accepted(new GrokRequest(
                id,
                priority,
                tenant,
                deadline,
                conversation,
                metadata,
                model,
                maxCompletionTokens(),
                scan.body(),
                redriveCount,
                null));
    }

    private @Nullable Long maxCompletionTokens() {
        Long current = positive(scan.inBody("max_completion_tokens"));
        return current == null ? positive(scan.inBody("max_tokens")) : current;
    }

    /** A value that Grok would refuse is left to Grok, whose message is the better one. */
    private static @Nullable Long positive(@Nullable JsonValue value) {
        if (value == null || !value.isInteger() || value.text().length() > 18) {
            return null;
        }
        long number = Long.parseLong(value.text());
        return number > 0 ? number : null;
    }
}
