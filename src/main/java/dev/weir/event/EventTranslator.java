package dev.weir.event;

import java.util.List;

/**
 * Between events on the topics and their JSON, for tools beside the gateway that show, change or publish them. Unlike
 * {@link EventFormat} it may block. Threading: one thread.
 */
public interface EventTranslator {
    /** What became of a value. */
    sealed interface Translation {
        /**
         * The request's JSON.
         *
         * @param json the value itself if it is no other format
         */
        record Translated(Blob json) implements Translation {}

        /**
         * There is none.
         *
         * @param why one line without prompt text
         */
        record Untranslatable(String why) implements Translation {}
    }

    /** The JSON of a request's value; a value that seems to be JSON comes back as it is. */
    Translation request(Blob value, List<EventHeader> headers);

    /**
     * The value to publish for a request's JSON.
     *
     * @throws IllegalArgumentException if it cannot be written in the topic's format; names the field and the cure
     * @throws IllegalStateException if the registry cannot be reached or refuses; names it and the cure
     */
    Blob publish(Blob json);

    /**
     * The JSON of a response's value; what cannot be translated comes back as it is.
     *
     * @throws IllegalStateException if the registry cannot be reached or does not know the schema
     */
    byte[] response(byte[] value);

    /** Reads requests as the gateway does, CloudEvents too. */
    default RequestFormat requests() {
        return CloudEvents.requests((value, headers, source) -> {
            if (value == null || value.size() == 0) {
                return RequestReader.read(value, headers, source);
            }
            Translation translation = request(value, headers);
            return translation instanceof Translation.Translated translated
                    ? RequestReader.read(translated.json(), headers, source)
                    : Rejections.of(
                            new Problem(Reason.UNDECODABLE, ((Translation.Untranslatable) translation).why()),
                            headers,
                            source);
        });
    }

    /** For topics whose events are JSON. */
    static EventTranslator json() {
        return new EventTranslator() {
            @Override
            public Translation request(Blob value, List<EventHeader> headers) {
                return new Translation.Translated(value);
            }

            @Override
            public Blob publish(Blob json) {
                return json;
            }

            @Override
            public byte[] response(byte[] value) {
                return value;
            }
        };
    }
}
