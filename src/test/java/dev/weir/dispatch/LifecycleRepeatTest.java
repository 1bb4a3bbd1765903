package dev.weir.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.weir.event.Blob;
import dev.weir.event.Priority;
import dev.weir.event.Reason;
import dev.weir.event.ResponseStatus;
import dev.weir.event.StopClass;
import dev.weir.grok.GrokError;
import dev.weir.grok.GrokOutcome;
import dev.weir.grok.RateLimitHeaders;
import dev.weir.retry.RetryPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When it is open whether Grok was paid twice. */
final class LifecycleRepeatTest {
    private static final long DEADLINE = 60_000;
    private static final GrokOutcome TIMEOUT = stopped(Reason.TIMEOUT, null, false);
    private static final GrokOutcome ANSWER =
            new GrokOutcome.Answered("m", "c", Blob.EMPTY, null, RateLimitHeaders.NONE);

    private final Lifecycle lifecycle =
            new Lifecycle(new RetryPolicy(Bench.SETTINGS.retry()), Bench.SETTINGS.lifecycle());

    @Test
    void shouldSayThatACallMayBeRepeatedWhenItsAnswerWasLost() {
        assertThat(isRepeatedAfter(stopped(Reason.CONNECTION_LOST, null, false)))
                .isTrue();
        assertThat(isRepeatedAfter(TIMEOUT)).isTrue();
        assertThat(isRepeatedAfter(stopped(Reason.UNREADABLE_ANSWER, 200, false)))
                .isTrue();
    }

    @Test
    void shouldNotSaySoWhenGrokRefusedOrNeverSawIt() {
        assertThat(isRepeatedAfter(stopped(Reason.SERVER_ERROR, 503, false))).isFalse();
        assertThat(isRepeatedAfter(stopped(Reason.CONNECT_FAILED, null, true))).isFalse();
        assertThat(isRepeatedAfter(stopped(Reason.CONNECTION_LOST, null, true))).isFalse();
    }

    @Test
    void shouldNotSaySoWhenTheSecondCallIsNotMade() {
        Entry waiting = again(finish(running(), TIMEOUT));

        Move.End late = (Move.End) lifecycle.granted(waiting, 2, 1, 0, DEADLINE);
        assertThat(late.status()).isEqualTo(ResponseStatus.EXPIRED);
        assertThat(late.last().progress().possiblyRepeated()).isFalse();

        Entry planned = call(waiting);
        Entry noSlot = ((Move.Hold) lifecycle.noSlot(planned, 6_000, 5_000)).next();
        assertThat(noSlot.progress().possiblyRepeated()).isFalse();
        Entry takenBack = ((Move.Ask) lifecycle.neverStarted(planned, 5_000)).next();
        assertThat(takenBack.progress().possiblyRepeated()).isFalse();

        Move unsent = finish(planned, stopped(Reason.CONNECT_FAILED, null, true));
        Entry third = again(unsent);
        assertThat(third.progress().possiblyRepeated()).isFalse();
        assertThat(isRepeated(finish(call(third), ANSWER))).isTrue();
    }

    @Test
    void shouldSaySoOfALostCallOnlyOnceItIsMadeAgain() {
        Move.End late = (Move.End) lifecycle.lost(running(), DEADLINE);
        assertThat(late.status()).isEqualTo(ResponseStatus.EXPIRED);
        assertThat(isRepeated(late)).isFalse();

        Entry waiting = ((Move.Ask) lifecycle.lost(running(), 100)).next();
        assertThat(isRepeated(lifecycle.lateAnswer(waiting, (GrokOutcome.Answered) ANSWER, 5, 200)))
                .as("the answer of the call that was thought lost")
                .isFalse();

        Entry lostAgain = ((Move.Ask) lifecycle.lost(call(waiting), 300)).next();
        assertThat(lostAgain.progress().possiblyRepeated()).isTrue();
    }

    @Test
    void shouldReadWhatEarlierVersionsStored() throws IOException {
        Entry entry = running();

        assertThat(EntryCodec.decodeEntry(EntryCodec.encode(entry))).isEqualTo(entry);
        assertThat(EntryCodec.decodeEntry(withoutPerhapsMade(entry))).isEqualTo(entry);
    }

    /** Whether an answer to a second call is said to be possibly repeated. */
    private boolean isRepeatedAfter(GrokOutcome first) {
        return isRepeated(finish(call(again(finish(running(), first))), ANSWER));
    }

    private static boolean isRepeated(Move move) {
        return ((Move.End) move).last().progress().possiblyRepeated();
    }

    private Move finish(Entry running, GrokOutcome outcome) {
        return lifecycle.finished(running, running.progress().tries(), outcome, 5, 10, 0.5);
    }

    /** What is retried waits for its next permit. */
    private Entry again(Move retry) {
        Entry left = ((Move.Retry) retry).next();
        Move back = lifecycle.returned(left, left.progress().tries(), 20);
        return ((Move.Ask) lifecycle.woken(((Move.Hold) back).next(), 50_000)).next();
    }

    private Entry call(Entry waiting) {
        return ((Move.Call) lifecycle.granted(waiting, waiting.progress().tries(), 1, 0, 4_000)).next();
    }

    private static Entry running() {
        return new Entry(
                "a",
                true,
                0,
                "m",
                "m",
                Priority.NORMAL,
                "",
                0,
                DEADLINE,
                10,
                null,
                Progress.at(0),
                new Status.InFlight(1),
                null);
    }

    private static GrokOutcome stopped(Reason reason, @Nullable Integer status, boolean nothingSent) {
        GrokError error = new GrokError(StopClass.TRANSIENT, reason, "gone", status, null, nothingSent);
        return new GrokOutcome.Stopped(error, null, null, RateLimitHeaders.NONE);
    }

    /** The entry as it was stored before its progress told of calls that were perhaps made. */
    private static byte[] withoutPerhapsMade(Entry entry) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator cbor = new CBORFactory().createGenerator(bytes)) {
            cbor.writeStartArray();
            cbor.writeString(entry.id());
            cbor.writeBoolean(entry.ownId());
            cbor.writeNumber(entry.redrive());
            cbor.writeString(entry.model());
            cbor.writeString(entry.scope());
            cbor.writeString(entry.priority().name());
            cbor.writeString(entry.tenant());
            cbor.writeNumber(entry.receivedAtMillis());
            cbor.writeNumber(DEADLINE);
            cbor.writeNumber(entry.bodyBytes());
            cbor.writeNull();
            cbor.writeStartArray();
            for (int number : new int[] {1, 0, 0, 0}) {
                cbor.writeNumber(number);
            }
            cbor.writeBoolean(false);
            for (int number : new int[] {0, 0, 0, 0}) {
                cbor.writeNumber(number);
            }
            cbor.writeEndArray();
            cbor.writeStartArray();
            cbor.writeString("f");
            cbor.writeStartObject();
            cbor.writeNumberField("epoch", 1);
            cbor.writeEndObject();
            cbor.writeEndArray();
            cbor.writeNull();
            cbor.writeEndArray();
        }
        return bytes.toByteArray();
    }
}
