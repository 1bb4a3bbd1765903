package dev.weir.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the record headers say; they win over the fields, and of several with one name the last counts. */
final class RequestHeaders {
    @Nullable
    String id;

    @Nullable
    Priority priority;

    @Nullable
    String tenant;

    @Nullable
    Instant deadline;

    @Nullable
    String conversation;

    int redriveCount;

    /** Reads all headers; throws the first defect after the rest was read. */
    void read(List<EventHeader> headers) throws Defect {
        Defect first = null;
        for (EventHeader header : headers) {
            try {
                read(header);
            } catch (Defect defect) {
                first = first == null ? defect : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void read(EventHeader header) throws Defect {
        String name = header.name();
        switch (name) {
            case WeirHeaders.ID -> id = RequestDraft.id("header " + name, text(header));
            case WeirHeaders.PRIORITY -> priority = RequestDraft.priority("header " + name, text(header));
            case WeirHeaders.TENANT -> tenant = text(header);
            case WeirHeaders.DEADLINE -> deadline = deadline(text(header));
            case WeirHeaders.CONVERSATION -> conversation = text(header);
            case WeirHeaders.REDRIVE_COUNT -> redriveCount = count(text(header));
            default -> {
                // not ours: travels along unread
            }
        }
    }

    private static @Nullable Instant deadline(@Nullable String text) throws Defect {
        if (text != null && text.matches("[0-9]{10,15}")) {
            return Instant.ofEpochMilli(Long.parseLong(text));
        }
        return RequestDraft.deadline("header " + WeirHeaders.DEADLINE, text);
    }

    private static int count(@Nullable String text) throws Defect {
        if (text == null || !text.matches("[0-9]{1,6}")) {
            String shown = text == null ? "null" : RequestDraft.shown(text);
            throw new Defect(
                    Reason.INVALID_FIELD,
                    "header " + WeirHeaders.REDRIVE_COUNT + " is '" + shown + "'; write a count, or leave it out");
        }
        return Integer.parseInt(text);
    }

    private static @Nullable String text(EventHeader header) throws Defect {
        Blob value = header.value();
        if (value == null) {
            return null;
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(value.bytes())).toString();
        } catch (CharacterCodingException e) {
            throw new Defect(
                    Reason.INVALID_FIELD, "header " + header.name() + " is not text in UTF-8; encode it as UTF-8");
        }
    }
}
