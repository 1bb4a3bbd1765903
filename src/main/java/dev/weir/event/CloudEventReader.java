package dev.weir.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds CloudEvents in records, by the rules of their Kafka binding. Pure; any record is answered. */
final class CloudEventReader {
    /** What the headers of attributes begin with in binary mode. */
    static final String PREFIX = "ce_";

    /** Says in structured mode what the value is, in binary mode what the data is. */
    static final String CONTENT_TYPE = "content-type";

    static final String STRUCTURED_JSON = "application/cloudevents+json";

    /** The most bytes of all attributes together, since the response carries them in its headers. */
    static final int MAX_ATTRIBUTE_BYTES = 16_384;

    private static final String ANY_STRUCTURED = "application/cloudevents";

    private CloudEventReader() {}

    /** What the record is; the attributes of a structured event are read even where its data is not. */
    static CloudEventReading read(@Nullable Blob value, List<EventHeader> headers) {
        String contentType = contentType(headers);
        if (contentType != null && contentType.startsWith(ANY_STRUCTURED)) {
            return isStructured(headers)
                    ? structured(value)
                    : new CloudEventReading.Broken(
                            Problem.invalid(
                                    "header " + CONTENT_TYPE,
                                    Problem.quoted(contentType),
                                    "use " + STRUCTURED_JSON + ", one event per record"),
                            null);
        }
        boolean isBinary = headers.stream()
                .anyMatch(header -> header.name().equals(PREFIX + CloudEvent.SPEC_VERSION) && header.value() != null);
        return isBinary ? binary(value, headers) : new CloudEventReading.Plain();
    }

    static boolean isStructured(List<EventHeader> headers) {
        String contentType = contentType(headers);
        return contentType != null && mediaType(contentType).equals(STRUCTURED_JSON);
    }

    /** Whether the header tells something of the event itself, or of its data. */
    static boolean isOwn(EventHeader header) {
        return header.name().startsWith(PREFIX) || header.name().equalsIgnoreCase(CONTENT_TYPE);
    }

    private static CloudEventReading structured(@Nullable Blob value) {
        if (value == null || value.size() == 0) {
            return new CloudEventReading.Broken(
                    new Problem(Reason.EMPTY_EVENT, "the record has no value: publish the CloudEvent as JSON"), null);
        }
        CloudEventScan scan = CloudEventScan.of(value);
        Problem problem = scan.problem();
        return problem == null
                ? check(scan.attributes(), scan.data(), scan.form(), "")
                : new CloudEventReading.Broken(problem, usableId(scan.attributes()));
    }

    private static CloudEventReading binary(@Nullable Blob value, List<EventHeader> headers) {
        Map<String, String> attributes = new HashMap<>();
        Problem problem = null;
        for (EventHeader header : headers) {
            Blob bytes = header.value();
            String name = header.name().startsWith(PREFIX) ? header.name().substring(PREFIX.length()) : "";
            if (bytes == null || !CloudEvent.isAttribute(name)) {
                continue;
            }
            Optional<String> text = Texts.decode(bytes);
            if (text.isPresent()) {
                attributes.put(name, text.get());
            } else {
                problem = Problem.invalid("header " + header.name(), "not UTF-8", "write it in UTF-8");
            }
        }
        return problem == null
                ? check(attributes, value, CloudEvent.Form.BINARY, "header " + PREFIX)
                : new CloudEventReading.Broken(problem, usableId(attributes));
    }

    private static CloudEventReading check(
            Map<String, String> attributes, @Nullable Blob data, CloudEvent.Form form, String before) {
        Problem problem = problem(attributes, before);
        return problem == null
                ? new CloudEventReading.Valid(new CloudEvent(attributes, data, form))
                : new CloudEventReading.Broken(problem, usableId(attributes));
    }

    private static @Nullable Problem problem(Map<String, String> attributes, String before) {
        String version = attributes.get(CloudEvent.SPEC_VERSION);
        if (version != null && !version.equals("1.0")) {
            return Problem.invalid(before + CloudEvent.SPEC_VERSION, Problem.quoted(version), "use 1.0");
        }
        for (String name : List.of(CloudEvent.SPEC_VERSION, CloudEvent.ID, CloudEvent.SOURCE, CloudEvent.TYPE)) {
            String text = attributes.get(name);
            if (text == null || text.isEmpty()) {
                return Problem.missing(before + name, "a CloudEvent has specversion, id, source and type");
            }
        }
        Optional<Problem> id = Texts.check(before + CloudEvent.ID, attributes.getOrDefault(CloudEvent.ID, ""));
        return id.orElseGet(() -> bounds(attributes, before));
    }

    private static @Nullable Problem bounds(Map<String, String> attributes, String before) {
        long bytes = 0;
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            if (!attribute.getValue().codePoints().allMatch(Texts::isPlain)) {
                return Problem.invalid(
                        before + Problem.quoted(attribute.getKey()),
                        Problem.quoted(attribute.getValue()) + ", with a control character",
                        "leave such characters out");
            }
            bytes += attribute.getKey().getBytes(UTF_8).length
                    + attribute.getValue().getBytes(UTF_8).length;
        }
        return bytes <= MAX_ATTRIBUTE_BYTES
                ? null
                : new Problem(
                        Reason.INVALID_FIELD,
                        "the attributes of the CloudEvent have " + bytes + " bytes: use at most " + MAX_ATTRIBUTE_BYTES
                                + ", what is longer belongs in the data");
    }

    private static @Nullable String usableId(Map<String, String> attributes) {
        String id = attributes.get(CloudEvent.ID);
        return id != null && Texts.check(CloudEvent.ID, id).isEmpty() ? id : null;
    }

    private static @Nullable String contentType(List<EventHeader> headers) {
        String last = null;
        for (EventHeader header : headers) {
            Blob value = header.value();
            if (value != null && header.name().equalsIgnoreCase(CONTENT_TYPE)) {
                last = value.text().strip().toLowerCase(Locale.ROOT);
            }
        }
        return last;
    }

    private static String mediaType(String contentType) {
        int parameters = contentType.indexOf(';');
        return (parameters < 0 ? contentType : contentType.substring(0, parameters)).strip();
    }
}
