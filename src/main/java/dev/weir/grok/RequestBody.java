package dev.weir.grok;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.weir.event.Blob;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Prepares the body of a call: the requester's bytes, without the members that would change the shape of the answer,
 * and with the conversation as prompt-cache key when the body has none. Every byte that stays is the requester's own.
 */
final class RequestBody {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final String CACHE_KEY = "prompt_cache_key";
    /** With these Grok would answer with an event stream or a ticket instead of a completion. */
    private static final Set<String> SHAPE = Set.of("stream", "stream_options", "deferred");

    /** A member of the top-level object; it reaches from its name to the next member's name. */
    private record Member(String name, int start) {}

    private record Layout(int open, List<Member> members, int close) {
        int endOf(int index) {
            return index + 1 < members.size() ? members.get(index + 1).start() : close;
        }

        boolean has(String name) {
            return members.stream().anyMatch(member -> member.name().equals(name));
        }
    }

    private RequestBody() {}

    /** The bytes to send. A body that is not one JSON object in UTF-8 is sent as it is: Grok explains it best. */
    static Blob prepare(Blob body, @Nullable String conversation) {
        Layout layout = layout(body.bytes());
        if (layout == null) {
            return body;
        }
        boolean addsKey = conversation != null && !layout.has(CACHE_KEY);
        boolean dropsShape = layout.members().stream().anyMatch(member -> SHAPE.contains(member.name()));
        if (!addsKey && !dropsShape) {
            return body;
        }
        return Blob.of(spliced(body.bytes(), layout, addsKey ? conversation : null));
    }

    private static byte[] spliced(byte[] bytes, Layout layout, @Nullable String conversation) {
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < layout.members().size(); i++) {
            if (!SHAPE.contains(layout.members().get(i).name())) {
                kept.add(i);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 64);
        out.write(bytes, 0, layout.open());
        if (conversation != null) {
            out.writeBytes(member(conversation));
            out.writeBytes(kept.isEmpty() ? new byte[0] : new byte[] {','});
        }
        for (int i : kept) {
            boolean last = i == kept.get(kept.size() - 1);
            int start = layout.members().get(i).start();
            out.write(bytes, start, end(bytes, layout, i, last) - start);
        }
        out.write(bytes, layout.close(), bytes.length - layout.close());
        return out.toByteArray();
    }

    /** A kept member that becomes the last one loses the comma after it. */
    private static int end(byte[] bytes, Layout layout, int index, boolean last) {
        int end = layout.endOf(index);
        if (!last || end == layout.close()) {
            return end;
        }
        // Between a value and the next name there is one comma and white space only, so this finds that comma.
        while (bytes[end - 1] != ',') {
            end--;
        }
        return end - 1;
    }

    private static byte[] member(String conversation) {
        String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(conversation));
        return ("\"" + CACHE_KEY + "\":\"" + quoted + "\"").getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable Layout layout(byte[] bytes) {
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            int open = position(parser) + 1;
            List<Member> members = new ArrayList<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                members.add(new Member(parser.currentName(), position(parser)));
                parser.nextToken();
                parser.skipChildren();
            }
            int close = position(parser);
            boolean plain = parser.nextToken() == null && isAt(bytes, open - 1, '{') && isAt(bytes, close, '}');
            return plain ? new Layout(open, List.copyOf(members), close) : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static int position(JsonParser parser) {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** False for UTF-16 and a byte-order mark, where offsets are counted otherwise. */
    private static boolean isAt(byte[] bytes, int index, char expected) {
        return index >= 0 && index < bytes.length && bytes[index] == expected;
    }
}
