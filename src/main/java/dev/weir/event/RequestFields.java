package dev.weir.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields beside the body, each from its header or else from the value. What cannot be read is a problem and absent.
 */
final class RequestFields {
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");
    private static final Set<String> HEADERS = Set.of(
            WeirHeaders.ID,
            WeirHeaders.PRIORITY,
            WeirHeaders.TENANT,
            WeirHeaders.DEADLINE,
            WeirHeaders.CONVERSATION,
            WeirHeaders.REDRIVE_COUNT);

    private final EventScan scan;
    private final Problems problems;
    private final Map<String, String> headers = new HashMap<>();

    /** Decodes the headers at once, so that a header that is no text is a problem even if nothing asks for it. */
    RequestFields(EventScan scan, List<EventHeader> headers, Problems problems) {
        this.scan = scan;
        this.problems = problems;
        Map<String, EventHeader> last = new LinkedHashMap<>();
        for (EventHeader header : headers) {
            if (HEADERS.contains(header.name())) {
                last.put(header.name(), header);
            }
        }
        last.values().forEach(this::decode);
    }

    /** The id, or null when the record brings no usable one. */
    @Nullable
    String id() {
        String name = scan.top("id") == null && scan.top("custom_id") != null ? "custom_id" : "id";
        return text(name, WeirHeaders.ID);
    }

    /** The short text of a field or its header, or null. */
    @Nullable
    String text(String field, String header) {
        Found found = find(field, header);
        if (found == null) {
            return null;
        }
        Optional<Problem> problem = Texts.check(found.name(), found.text());
        problems.add(problem.orElse(null));
        return problem.isEmpty() ? found.text() : null;
    }

    /** The priority; normal when the record brings no usable one. */
    Priority priority() {
        Found found = find("priority", WeirHeaders.PRIORITY);
        if (found == null) {
            return Priority.NORMAL;
        }
        return Priority.parse(found.text()).orElseGet(() -> {
            problems.add(
                    Problem.invalid(found.name(), Problem.quoted(found.text()), "use critical, high, normal or low"));
            return Priority.NORMAL;
        });
    }

    /** The deadline, or null when the record brings no usable one. */
    @Nullable
    Instant deadline() {
        Found found = find("deadline", WeirHeaders.DEADLINE);
        if (found == null) {
            return null;
        }
        Optional<Instant> deadline = parseInstant(found).filter(at -> !at.isBefore(EARLIEST) && !at.isAfter(LATEST));
        if (deadline.isEmpty()) {
            problems.add(Problem.invalid(
                    found.name(), Problem.quoted(found.text()), "use an ISO-8601 instant like 2026-11-21T10:15:00Z"));
        }
        return deadline.orElse(null);
    }

    /** How often the record was sent again; 0 when it does not say. */
    int redriveCount() {
        String text = headers.get(WeirHeaders.REDRIVE_COUNT);
        if (text == null) {
            return 0;
        }
        if (text.matches("[0-9]{1,9}")) {
            return Integer.parseInt(text);
        }
        problems.add(Problem.invalid(
                header(WeirHeaders.REDRIVE_COUNT), Problem.quoted(text), "use a whole number from 0, or leave it out"));
        return 0;
    }

    private static Optional<Instant> parseInstant(Found found) {
        try {
            if (found.isHeader() && found.text().matches("[0-9]{1,15}")) {
                return Optional.of(Instant.ofEpochMilli(Long.parseLong(found.text())));
            }
            return Optional.of(OffsetDateTime.parse(found.text()).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private @Nullable Found find(String field, String header) {
        String text = headers.get(header);
        if (text != null) {
            return new Found(header(header), text, true);
        }
        // A bare body is Grok's altogether: its fields, even those of these names, are not ours.
        JsonValue value = scan.hasOwnFields() ? scan.top(field) : null;
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            problems.add(Problem.invalid(field, value.shown(), "write it as a string"));
            return null;
        }
        return new Found(field, value.text(), false);
    }

    private void decode(EventHeader header) {
        Blob value = header.value();
        if (value == null) {
            return;
        }
        Texts.decode(value)
                .ifPresentOrElse(
                        text -> headers.put(header.name(), text),
                        () -> problems.add(Problem.invalid(header(header.name()), "not UTF-8", "write it in UTF-8")));
    }

    private static String header(String name) {
        return "header " + name;
    }

    /**
     * A text and where it was found.
     *
     * @param name the field's name, or the header's with the word before it
     * @param text the text
     * @param isHeader whether it is a header
     */
    private record Found(String name, String text, boolean isHeader) {}
}
