package dev.weir.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.weir.event.RequestReading.Accepted;
import dev.weir.event.RequestReading.Rejected;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request record in one pass, without building a tree of its body. Three shapes are accepted: the envelope, the
 * bare chat-completions body, and a line of an OpenAI batch file. Headers win over fields. Pure; never throws.
 */
public final class RequestReader {
    private static final int DEEPEST = 200;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    private final byte[] value;
    private final RequestDraft draft;

    private RequestReader(byte[] value, RequestDraft draft) {
        this.value = value;
        this.draft = draft;
    }

    /**
     * Reads a record.
     *
     * @param source its coordinates, the id of a request that brings none
     */
    public static RequestReading read(@Nullable Blob value, List<EventHeader> headers, SourceCoordinates source) {
        RequestDraft draft = new RequestDraft(source);
        try {
            draft.readHeaders(headers);
            if (value == null || value.size() == 0) {
                String what = value == null ? "null" : "empty";
                throw new Defect(Reason.EMPTY_EVENT, "the record's value is " + what + "; publish the request as JSON");
            }
            new RequestReader(withoutByteOrderMark(value.bytes()), draft).readValue();
            return new Accepted(draft.finish());
        } catch (Defect defect) {
            return rejected(draft, defect);
        }
    }

    private static Rejected rejected(RequestDraft draft, Defect defect) {
        return new Rejected(
                draft.id(),
                defect.reason(),
                defect.text(),
                draft.priority(),
                draft.tenant(),
                draft.conversation(),
                draft.metadata());
    }

    private static byte[] withoutByteOrderMark(byte[] bytes) {
        boolean marked = bytes.length >= 3 && Arrays.equals(bytes, 0, 3, BYTE_ORDER_MARK, 0, 3);
        return marked ? Arrays.copyOfRange(bytes, 3, bytes.length) : bytes;
    }

    private void readValue() throws Defect {
        for (int i = 0; i < Math.min(4, value.length); i++) {
            if (value[i] == 0) {
                throw new Defect(Reason.INVALID_JSON, "the value is not JSON in UTF-8 (it starts with zero bytes)");
            }
        }
        try (JsonParser parser = JSON.createParser(value)) {
            readDocument(parser);
        } catch (JsonProcessingException e) {
            throw broken(e.getLocation());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readDocument(JsonParser parser) throws IOException, Defect {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
            String what = first == null ? "blank" : RequestDraft.kind(first);
            throw new Defect(Reason.INVALID_JSON, "the value is " + what + "; publish one JSON object per record");
        }
        readFields(parser);
        if (parser.nextToken() != null) {
            throw new Defect(Reason.INVALID_JSON, "more follows the JSON object; publish one object per record");
        }
    }

    private void readFields(JsonParser parser) throws IOException, Defect {
        Set<String> seen = new HashSet<>();
        draft.bare(slice(0, value.length));
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            refuseSecond(seen, name, "");
            parser.nextToken();
            if (name.equals("body")) {
                readBody(parser);
            } else if (!draft.readEnvelopeField(name, parser)) {
                draft.readBodyField(name, parser, true);
            }
        }
    }

    private void readBody(JsonParser parser) throws IOException, Defect {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new Defect(
                    Reason.INVALID_FIELD,
                    "body is " + RequestDraft.kind(parser.currentToken())
                            + "; make it the JSON object of a chat-completions request");
        }
        Set<String> seen = new HashSet<>();
        int start = offset(parser.currentTokenLocation());
        draft.enveloped();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            refuseSecond(seen, name, "body.");
            parser.nextToken();
            draft.readBodyField(name, parser, false);
        }
        draft.body(slice(start, offset(parser.currentLocation())));
    }

    private static void refuseSecond(Set<String> seen, String name, String prefix) throws Defect {
        if (!seen.add(name)) {
            throw new Defect(
                    Reason.INVALID_FIELD, prefix + RequestDraft.shown(name) + " stands twice; leave one of them");
        }
    }

    private static int offset(JsonLocation location) {
        return Math.toIntExact(location.getByteOffset());
    }

    private static Defect broken(@Nullable JsonLocation location) {
        String where =
                location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
        return new Defect(Reason.INVALID_JSON, "the value is not valid JSON" + where + "; publish one JSON object");
    }

    private Blob slice(int start, int end) {
        return Blob.of(start == 0 && end == value.length ? value : Arrays.copyOfRange(value, start, end));
    }
}
