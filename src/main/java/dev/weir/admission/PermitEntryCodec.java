package dev.weir.admission;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.weir.admission.PermitState.Granted;
import dev.weir.admission.PermitState.Queued;
import dev.weir.admission.PermitState.Settled;
import dev.weir.admission.PermitState.Started;
import dev.weir.event.Priority;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Stored values as CBOR arrays, some 20 bytes each: kind, then fields in a fixed order. New fields go to the end, where
 * an older version does not look.
 */
final class PermitEntryCodec {
    private static final CBORFactory CBOR = new CBORFactory();
    private static final int QUEUED = 0;
    private static final int GRANTED = 1;
    private static final int STARTED = 2;
    private static final int SETTLED = 3;

    private PermitEntryCodec() {}

    /** The bytes of a permit. */
    static byte[] encode(PermitEntry entry) {
        PermitState state = entry.state();
        long epoch = entry.askEpoch();
        return write(out -> {
            if (state instanceof Queued queued) {
                numbers(out, QUEUED, epoch, queued.receivedAtMillis(), queued.arrival());
                out.writeString(queued.priority().wireName());
                demand(out, queued.demand());
            } else if (state instanceof Granted granted) {
                numbers(out, GRANTED, epoch, granted.atMillis(), granted.tokens());
                demand(out, granted.demand());
            } else if (state instanceof Started started) {
                numbers(out, STARTED, epoch, started.grantedAtMillis(), started.startMillis(), started.tokens());
                demand(out, started.demand());
            } else if (state instanceof Settled over) {
                numbers(out, SETTLED, epoch, over.startMillis(), over.tokens());
            }
        });
    }

    /** The permit of such bytes. */
    static PermitEntry decodePermit(byte[] bytes) {
        return read(bytes, in -> {
            int kind = (int) number(in);
            long epoch = number(in);
            return new PermitEntry(epoch, state(kind, in));
        });
    }

    /** The bytes of a pause. */
    static byte[] encode(Pause pause) {
        return write(out -> numbers(out, pause.beganMillis(), pause.untilMillis(), pause.inARow()));
    }

    /** The pause of such bytes. */
    static Pause decodePause(byte[] bytes) {
        return read(bytes, in -> new Pause(number(in), number(in), (int) number(in)));
    }

    /** The bytes of how far an origin was heard. */
    static byte[] encode(Origins.Mark mark) {
        return write(out -> numbers(out, mark.epoch(), mark.seq()));
    }

    /** How far an origin was heard. */
    static Origins.Mark decodeMark(byte[] bytes) {
        return read(bytes, in -> new Origins.Mark(number(in), number(in)));
    }

    /** The bytes of an owner. */
    static byte[] encode(Owner owner) {
        return write(out -> numbers(out, owner.epoch(), owner.lateMillis()));
    }

    /** The owner of such bytes; an older version stored its epoch only. */
    static Owner decodeOwner(byte[] bytes) {
        long[] numbers = decodeNumbers(bytes);
        return new Owner(numbers[0], numbers.length > 1 ? numbers[1] : 0);
    }

    /** The bytes of what a scope has learned or remembers: some numbers. */
    static byte[] encode(long[] numbers) {
        return write(out -> numbers(out, numbers));
    }

    /** The numbers of such bytes; there may be more in later versions. */
    static long[] decodeNumbers(byte[] bytes) {
        return read(bytes, in -> {
            List<Long> numbers = new ArrayList<>();
            while (in.nextToken() == JsonToken.VALUE_NUMBER_INT) {
                numbers.add(in.getLongValue());
            }
            return numbers.stream().mapToLong(Long::longValue).toArray();
        });
    }

    private interface Writing {
        void to(JsonGenerator out) throws IOException;
    }

    private interface Reading<T> {
        T from(JsonParser in) throws IOException;
    }

    private static PermitState state(int kind, JsonParser in) throws IOException {
        return switch (kind) {
            case QUEUED -> queued(number(in), number(in), in);
            case GRANTED -> new Granted(number(in), number(in), demand(in));
            case STARTED -> new Started(number(in), number(in), number(in), demand(in));
            case SETTLED -> new Settled(number(in), number(in));
            default -> throw new IOException("permit of unknown kind " + kind);
        };
    }

    private static Queued queued(long receivedAtMillis, long arrival, JsonParser in) throws IOException {
        Priority priority = Priority.parse(text(in)).orElseThrow(() -> new IOException("unknown priority"));
        return new Queued(priority, receivedAtMillis, arrival, demand(in));
    }

    private static void demand(JsonGenerator out, Demand demand) throws IOException {
        out.writeString(demand.model());
        out.writeString(demand.tenant());
        numbers(out, demand.promptBytes(), demand.maxCompletionTokens(), demand.deadlineMillis());
        numbers(out, demand.retry() ? 1 : 0);
    }

    private static Demand demand(JsonParser in) throws IOException {
        return new Demand(text(in), text(in), (int) number(in), (int) number(in), number(in), number(in) == 1);
    }

    private static String text(JsonParser in) throws IOException {
        String text = in.nextTextValue();
        if (text == null) {
            throw new IOException("expected a text, found " + in.currentToken());
        }
        return text;
    }

    private static void numbers(JsonGenerator out, long... numbers) throws IOException {
        for (long number : numbers) {
            out.writeNumber(number);
        }
    }

    private static long number(JsonParser in) throws IOException {
        if (in.nextToken() != JsonToken.VALUE_NUMBER_INT) {
            throw new IOException("expected a number, found " + in.currentToken());
        }
        return in.getLongValue();
    }

    private static byte[] write(Writing fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(40);
        try (JsonGenerator out = CBOR.createGenerator(bytes)) {
            out.writeStartArray();
            fields.to(out);
            out.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static <T> T read(byte[] bytes, Reading<T> fields) {
        try (JsonParser in = CBOR.createParser(bytes)) {
            if (in.nextToken() != JsonToken.START_ARRAY) {
                throw new IOException("expected an array");
            }
            return fields.from(in);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the admission store holds a value this version cannot read; delete its changelog to start empty",
                    e);
        }
    }
}
