package dev.weir.dispatch;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.weir.event.Blob;
import dev.weir.event.ErrorInfo;
import dev.weir.event.Reason;
import dev.weir.event.StopClass;
import dev.weir.event.Usage;
import dev.weir.mutation.Mutations;
import dev.weir.mutation.Trees;
import dev.weir.permit.InboxMessage;
import dev.weir.permit.LeaseKey;
import dev.weir.permit.PermitCodec;
import dev.weir.permit.QuotaObservation;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * Inbox records of a stray producer. What reads as a message about a protected request, or as the word of a newer
 * owner, is no bad input but a forgery, against which only the broker's access control helps; such are left out.
 */
final class MutatedInbox {
    private final Mutations mutations;
    private final Trees trees;
    private final LongPredicate isProtected;

    MutatedInbox(Mutations mutations, LongPredicate isProtected) {
        this.mutations = mutations;
        this.trees = new Trees(JsonMapper.builder(new CBORFactory()).build(), mutations);
        this.isProtected = isProtected;
    }

    /** One that is about the request at that offset, or was before it was changed. */
    byte[] draw(long offset, long epoch) {
        while (true) {
            byte[] valid = PermitCodec.encode(
                    template(new LeaseKey(0, offset, 1 + mutations.random().nextInt(2)), epoch));
            byte[] bytes = mutations.chance(50) ? trees.change(valid) : mutations.bytes(valid);
            if (PermitCodec.decodeInbox(bytes).messages().stream().noneMatch(this::isForged)) {
                return bytes;
            }
        }
    }

    private InboxMessage template(LeaseKey key, long epoch) {
        Usage usage = new Usage(1, 2, 3, 4, 5, null);
        ErrorInfo error = new ErrorInfo(StopClass.TRANSIENT, Reason.SERVER_ERROR, "busy", 503, null);
        return mutations.one(List.of(
                new InboxMessage.Grant("grok-4.5", 3, 1, epoch, key, 0, 0),
                new InboxMessage.Grant("grok-4.5", 0, 1, epoch, key, 5, 9),
                new InboxMessage.Refusal("grok-4.5", epoch, key, StopClass.FATAL, "too large"),
                new InboxMessage.Cancel("m-" + key.offset(), "why"),
                new InboxMessage.Claim(epoch),
                new InboxMessage.Held("stray", null, List.of(key), List.of()),
                new InboxMessage.Held("stray", null, List.of(), List.of(key)),
                new InboxMessage.HandedAnswer(
                        key, 5, "grok-4.5", "hello", Blob.utf8("{\"a\":1}"), usage, QuotaObservation.NONE),
                new InboxMessage.HandedFailure(key, 5, error, false, 700L, usage, QuotaObservation.NONE)));
    }

    private boolean isForged(InboxMessage message) {
        if (message instanceof InboxMessage.Grant grant) {
            return isForged(grant.key()) || grant.ownerEpoch() > 1;
        } else if (message instanceof InboxMessage.Refusal refusal) {
            return isForged(refusal.key());
        } else if (message instanceof InboxMessage.Cancel cancel) {
            return cancel.id().startsWith("grok.requests-0-");
        } else if (message instanceof InboxMessage.Held held) {
            return held.running().stream().anyMatch(this::isForged)
                    || held.neverStarted().stream().anyMatch(this::isForged);
        } else if (message instanceof InboxMessage.HandedAnswer answer) {
            return isForged(answer.key());
        }
        return message instanceof InboxMessage.HandedFailure failure && isForged(failure.key());
    }

    private boolean isForged(LeaseKey key) {
        return isProtected.test(key.offset());
    }
}
