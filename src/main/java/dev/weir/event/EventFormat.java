package dev.weir.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How request records are read and response records are written. Threading: any thread; {@link #read} is called again
 * for a record that was accepted, and may not wait for anything.
 */
public interface EventFormat extends RequestFormat {
    /** The value of the response record. */
    byte[] write(GrokResponse response);

    /** The response in JSON, where {@link #write} has made that of it. */
    default byte[] json(GrokResponse response, byte[] written) {
        return ResponseCodec.write(response);
    }

    /**
     * The headers that go from a request to its response, beside those that the response has anyway.
     *
     * @param value the request's value, or null if it is not to be looked at
     * @param headers all headers of the request
     */
    default List<EventHeader> carriedOver(@Nullable Blob value, List<EventHeader> headers, GrokResponse response) {
        return headers;
    }

    /** Events in JSON. */
    static EventFormat json() {
        return new EventFormat() {
            @Override
            public RequestReading read(@Nullable Blob value, List<EventHeader> headers, SourceCoordinates source) {
                return RequestReader.read(value, headers, source);
            }

            @Override
            public byte[] write(GrokResponse response) {
                return ResponseCodec.write(response);
            }

            @Override
            public byte[] json(GrokResponse response, byte[] written) {
                return written;
            }
        };
    }
}
