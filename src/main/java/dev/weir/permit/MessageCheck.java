package dev.weir.permit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.weir.event.Blob;
import dev.weir.event.ErrorInfo;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a decoded message is one that Weir could have sent. A stray producer may write anything into the internal
 * topics, and a decoder leaves null where a field is missing; such a message counts as unreadable. Pure.
 */
final class MessageCheck {
    /** Ids and models have at most 256 code points, coordinates are shorter. */
    private static final int LONGEST_NAME = 600;
    /** Far beyond every note and error message. */
    private static final int LONGEST_TEXT = 10_000;

    private static final JsonFactory JSON = new JsonFactory();

    private MessageCheck() {}

    static boolean isSound(AskMessage message) {
        if (message instanceof AskMessage.Resume resume) {
            return isName(resume.scope());
        }
        Origin origin = ((AskMessage.FromDispatch) message).origin();
        return isSet(origin) && origin.partition() >= 0 && isSound((AskMessage.FromDispatch) message, origin);
    }

    private static boolean isSound(AskMessage.FromDispatch message, Origin origin) {
        if (message instanceof AskMessage.Ask ask) {
            return isOf(origin, ask.key())
                    && isName(ask.scope())
                    && isName(ask.model())
                    && isName(ask.tenant())
                    && isSet(ask.priority());
        } else if (message instanceof AskMessage.Started started) {
            return isName(started.scope())
                    && isSet(started.calls())
                    && started.calls().stream().allMatch(call -> isOf(origin, call.key()));
        } else if (message instanceof AskMessage.Settle settle) {
            return isOf(origin, settle.key())
                    && isName(settle.scope())
                    && isName(settle.model())
                    && isName(settle.tenant())
                    && isSet(settle.end())
                    && isSet(settle.observed());
        } else if (message instanceof AskMessage.Withdraw withdraw) {
            return isOf(origin, withdraw.key()) && isName(withdraw.scope());
        }
        return true;
    }

    static boolean isSound(InboxMessage message) {
        if (message instanceof InboxMessage.Grant grant) {
            return isKey(grant.key()) && isName(grant.scope());
        } else if (message instanceof InboxMessage.Refusal refusal) {
            return isKey(refusal.key())
                    && isName(refusal.scope())
                    && isSet(refusal.stopClass())
                    && isText(refusal.message());
        } else if (message instanceof InboxMessage.Cancel cancel) {
            return isName(cancel.id()) && (cancel.note() == null || isText(cancel.note()));
        } else if (message instanceof InboxMessage.Trouble trouble) {
            return isName(trouble.scope());
        } else if (message instanceof InboxMessage.Held held) {
            return isName(held.holder()) && areKeys(held.running()) && areKeys(held.neverStarted());
        } else if (message instanceof InboxMessage.HandedAnswer answer) {
            return isKey(answer.key())
                    && isName(answer.model())
                    && (answer.content() == null || isWhole(answer.content()))
                    && isObject(answer.response())
                    && isSet(answer.observed());
        } else if (message instanceof InboxMessage.HandedFailure failure) {
            return isKey(failure.key()) && isError(failure.error()) && isSet(failure.observed());
        }
        return true;
    }

    private static boolean isOf(Origin origin, LeaseKey key) {
        return isKey(key) && key.origin() == origin.partition();
    }

    private static boolean areKeys(List<LeaseKey> keys) {
        return isSet(keys) && keys.stream().allMatch(MessageCheck::isKey);
    }

    private static boolean isKey(@Nullable LeaseKey key) {
        return key != null && key.origin() >= 0 && key.offset() >= 0 && key.tryNumber() >= 1;
    }

    private static boolean isError(@Nullable ErrorInfo error) {
        return error != null
                && isSet(error.stopClass())
                && isSet(error.reason())
                && isText(error.message())
                && (error.code() == null || isText(error.code()));
    }

    private static boolean isName(@Nullable String name) {
        return name != null && name.length() <= LONGEST_NAME && isWhole(name);
    }

    private static boolean isText(@Nullable String text) {
        return text != null && text.length() <= LONGEST_TEXT && isWhole(text);
    }

    /** Whether no half of a surrogate pair stands alone: no event could carry it. */
    private static boolean isWhole(String text) {
        return text.codePoints().noneMatch(each -> Character.getType(each) == Character.SURROGATE);
    }

    /** Whether it is one whole JSON object, as which it becomes a part of the response event. */
    private static boolean isObject(@Nullable Blob json) {
        if (json == null) {
            return false;
        }
        try (JsonParser parser = JSON.createParser(json.bytes())) {
            boolean opens = parser.nextToken() == JsonToken.START_OBJECT;
            parser.skipChildren();
            return opens && parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isSet(@Nullable Object value) {
        return value != null;
    }
}
