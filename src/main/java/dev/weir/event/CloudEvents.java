package dev.weir.event;

import dev.weir.event.RequestReading.Accepted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Requests that come as CloudEvents on the Kafka binding, in binary or structured mode, over the format of their data;
 * each gets its response as a CloudEvent in binary mode. Plain events stay plain. Threading: as the format below.
 */
public final class CloudEvents implements EventFormat {
    /** Where the request's type stands in the type of responses. */
    public static final String TYPE_PLACE = "<type>";

    /** What a response tells of its request: a CloudEvent is known by id and source. */
    private static final Map<String, String> OF_REQUEST = Map.of(
            CloudEvent.ID, "requestid",
            CloudEvent.SOURCE, "requestsource",
            CloudEvent.TYPE, "requesttype",
            CloudEvent.TIME, "requesttime");

    /** What only the request is, or only its data. */
    private static final Set<String> NOT_CARRIED_OVER = Set.of(
            CloudEvent.SPEC_VERSION,
            "datacontenttype",
            "dataschema",
            "dataref",
            "data",
            "expirytime",
            "recordedtime",
            "sampledrate",
            "sequence",
            "sequencetype");

    private final EventFormat data;
    private final Settings settings;

    /**
     * What responses say of themselves.
     *
     * @param source the source of responses; with it their ids are unique
     * @param responseType the type of responses, with {@link #TYPE_PLACE} for the request's
     * @param contentType the media type of their values, or null if that is unknown
     */
    public record Settings(
            String source, String responseType, @Nullable String contentType) {}

    /** CloudEvents whose data, and plain events, are read and written by that format. */
    public CloudEvents(EventFormat data, Settings settings) {
        this.data = data;
        this.settings = settings;
    }

    /** Reads requests whose data, and plain ones, that format reads. */
    public static RequestFormat requests(RequestFormat data) {
        return (value, headers, source) -> read(data, value, headers, source);
    }

    /** Whether the headers say that the value is a whole CloudEvent in JSON, the request a part of it. */
    public static boolean isStructured(List<EventHeader> headers) {
        return CloudEventReader.isStructured(headers);
    }

    @Override
    public RequestReading read(@Nullable Blob value, List<EventHeader> headers, SourceCoordinates source) {
        return read(data, value, headers, source);
    }

    private static RequestReading read(
            RequestFormat data, @Nullable Blob value, List<EventHeader> headers, SourceCoordinates source) {
        CloudEventReading reading = CloudEventReader.read(value, headers);
        if (reading instanceof CloudEventReading.Valid valid) {
            return read(data, valid.event(), headers, source);
        }
        return reading instanceof CloudEventReading.Broken broken
                ? Rejections.of(broken.problem(), withId(headers, broken.id()), source)
                : data.read(value, headers, source);
    }

    private static RequestReading read(
            RequestFormat data, CloudEvent event, List<EventHeader> headers, SourceCoordinates source) {
        List<EventHeader> named = withId(headers, event.id());
        if (event.data() == null && event.form() != CloudEvent.Form.BINARY) {
            Problem empty = new Problem(Reason.EMPTY_EVENT, "data is missing: put the request there");
            return Rejections.of(empty, named, source);
        }
        RequestReading reading = event.form() == CloudEvent.Form.STRUCTURED_JSON
                ? RequestReader.read(event.data(), named, source)
                : data.read(event.data(), named, source);
        return reading instanceof Accepted accepted && accepted.id().equals(event.id())
                ? new Accepted(accepted.request().issuedBy(event.source()))
                : reading;
    }

    /** The event's id stands before a field of the value, and behind a header of Weir's own. */
    private static List<EventHeader> withId(List<EventHeader> headers, @Nullable String id) {
        boolean hasOwn =
                headers.stream().anyMatch(header -> header.name().equals(WeirHeaders.ID) && header.value() != null);
        if (id == null || hasOwn) {
            return headers;
        }
        List<EventHeader> named = new ArrayList<>(headers);
        named.add(EventHeader.text(WeirHeaders.ID, id));
        return named;
    }

    @Override
    public byte[] write(GrokResponse response) {
        return data.write(response);
    }

    @Override
    public byte[] json(GrokResponse response, byte[] written) {
        return data.json(response, written);
    }

    @Override
    public List<EventHeader> carriedOver(@Nullable Blob value, List<EventHeader> headers, GrokResponse response) {
        CloudEventReading reading = CloudEventReader.read(value, headers);
        if (reading instanceof CloudEventReading.Plain) {
            return data.carriedOver(value, headers, response);
        }
        List<EventHeader> own = new ArrayList<>(headers);
        own.removeIf(CloudEventReader::isOwn);
        List<EventHeader> carried = new ArrayList<>(data.carriedOver(value, own, response));
        if (reading instanceof CloudEventReading.Valid valid) {
            attributes(valid.event(), response)
                    .forEach((name, text) -> carried.add(EventHeader.text(CloudEventReader.PREFIX + name, text)));
            if (settings.contentType() != null) {
                carried.add(EventHeader.text(CloudEventReader.CONTENT_TYPE, settings.contentType()));
            }
        }
        return carried;
    }

    /** The request's type stands in it once at most, so that it cannot grow beyond bounds. */
    private String responseType(CloudEvent request) {
        String type = settings.responseType();
        int place = type.indexOf(TYPE_PLACE);
        return place < 0
                ? type
                : type.substring(0, place) + request.type() + type.substring(place + TYPE_PLACE.length());
    }

    /** The id is the request's coordinates: a response that is repeated after a crash has the same one. */
    private Map<String, String> attributes(CloudEvent request, GrokResponse response) {
        Map<String, String> attributes = new TreeMap<>(request.attributes());
        attributes.keySet().removeAll(NOT_CARRIED_OVER);
        OF_REQUEST.forEach((name, ofRequest) -> {
            attributes.remove(ofRequest);
            String text = attributes.remove(name);
            if (text != null) {
                attributes.put(ofRequest, text);
            }
        });
        Instant completed = response.timing().completedAt();
        attributes.put(CloudEvent.SPEC_VERSION, "1.0");
        attributes.put(CloudEvent.ID, response.source().toString());
        attributes.put(CloudEvent.SOURCE, settings.source());
        attributes.put(CloudEvent.TYPE, responseType(request));
        attributes.put(CloudEvent.TIME, completed.toString());
        return attributes;
    }
}
