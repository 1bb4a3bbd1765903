package dev.weir.permit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Blob;
import dev.weir.event.Priority;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written to internal topics by no gateway, or by one that lost its mind. */
final class MessageCheckTest {
    private static final Decoded<?> NONE = new Decoded<>(List.of(), true);
    private static final Origin ORIGIN = new Origin(2, 7, 1);

    @Test
    void shouldReadWhatAGatewayWrites() {
        AskMessage ask = ask(ORIGIN, "grok-4.5", new LeaseKey(2, 0, 1));
        InboxMessage grant = new InboxMessage.Grant("grok-4.5", 0, 1, 1, new LeaseKey(2, 0, 1), 0, 0);

        assertThat(PermitCodec.decodeAsks(PermitCodec.encode(ask))).isEqualTo(new Decoded<>(List.of(ask), false));
        assertThat(PermitCodec.decodeInbox(PermitCodec.encode(grant))).isEqualTo(new Decoded<>(List.of(grant), false));
    }

    @Test
    void shouldRefuseAnAskThatNoDispatchTaskCouldSend() {
        LeaseKey key = new LeaseKey(2, 0, 1);
        List<AskMessage> wrong = new ArrayList<>(List.of(
                ask(ORIGIN, "x".repeat(601), key),
                ask(ORIGIN, "m", new LeaseKey(3, 0, 1)),
                ask(ORIGIN, "m", new LeaseKey(2, -1, 1)),
                ask(ORIGIN, "m", new LeaseKey(2, 0, 0)),
                ask(new Origin(-1, 1, 1), "m", new LeaseKey(-1, 0, 1))));

        assertThat(wrong)
                .allSatisfy(message -> assertThat(PermitCodec.decodeAsks(PermitCodec.encode(message)))
                        .isEqualTo(NONE));
    }

    @Test
    void shouldRefuseAnInboxMessageWithAPartMissing() {
        for (String type : List.of("grant", "refusal", "cancel", "held", "handed-answer", "handed-failure")) {
            // An array of the type's name and an empty object, in CBOR.
            byte[] name = type.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            byte[] bytes = new byte[name.length + 3];
            bytes[0] = (byte) 0x82;
            bytes[1] = (byte) (0x60 + name.length);
            System.arraycopy(name, 0, bytes, 2, name.length);
            bytes[bytes.length - 1] = (byte) 0xA0;

            assertThat(PermitCodec.decodeInbox(bytes)).as(type).isEqualTo(NONE);
        }
    }

    @Test
    void shouldRefuseKeysThatAreNone() {
        LeaseKey none = new LeaseKey(0, Long.MIN_VALUE, 1);
        InboxMessage held = new InboxMessage.Held("x", null, List.of(new LeaseKey(0, 1, 1), none), List.of());
        InboxMessage answer =
                new InboxMessage.HandedAnswer(none, 1, "m", null, Blob.EMPTY, null, QuotaObservation.NONE);

        assertThat(PermitCodec.decodeInbox(PermitCodec.encode(held))).isEqualTo(NONE);
        assertThat(PermitCodec.decodeInbox(PermitCodec.encode(answer))).isEqualTo(NONE);
        assertThat(PermitCodec.decodeInbox(PermitCodec.encode(new InboxMessage.Cancel("i".repeat(601), null))))
                .isEqualTo(NONE);
    }

    private static AskMessage ask(Origin origin, String scope, LeaseKey key) {
        return new AskMessage.Ask(origin, scope, key, "m", Priority.NORMAL, "", 5, null, 10, null, 0);
    }

    @Test
    void shouldReadMessagesOneBehindTheOther() {
        LeaseKey key = new LeaseKey(2, 7, 1);
        AskMessage first = ask(ORIGIN, "m", key);
        AskMessage last = new AskMessage.HelloDone(ORIGIN);
        byte[] record = join(PermitCodec.encode(first), PermitCodec.encode(last));

        assertThat(PermitCodec.decodeAsks(record)).isEqualTo(new Decoded<>(List.of(first, last), false));
    }

    @Test
    void shouldKeepWhatIsSoundBesideWhatIsNot() {
        AskMessage sound = new AskMessage.HelloDone(ORIGIN);
        byte[] unsound = PermitCodec.encode(ask(ORIGIN, "m", new LeaseKey(3, 0, 1)));
        byte[] record = join(unsound, PermitCodec.encode(sound), new byte[] {(byte) 0x82, 0x61});

        assertThat(PermitCodec.decodeAsks(record)).isEqualTo(new Decoded<>(List.of(sound), true));
        assertThat(PermitCodec.decodeAsks(new byte[0])).isEqualTo(NONE);
        assertThat(PermitCodec.decodeAsks(null)).isEqualTo(NONE);
    }

    private static byte[] join(byte[]... parts) {
        java.io.ByteArrayOutputStream joined = new java.io.ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
