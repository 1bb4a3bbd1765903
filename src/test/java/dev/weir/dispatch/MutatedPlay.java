package dev.weir.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.event.Blob;
import dev.weir.event.EventHeader;
import dev.weir.event.GrokResponse;
import dev.weir.event.Reason;
import dev.weir.event.ResponseStatus;
import dev.weir.event.StopClass;
import dev.weir.event.WeirHeaders;
import dev.weir.grok.GrokError;
import dev.weir.grok.GrokOutcome;
import dev.weir.grok.RateLimitHeaders;
import dev.weir.mutation.Mutations;
import dev.weir.mutation.Trees;
import dev.weir.permit.AskMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** A gateway's day among bad records: some good ones between them, permits, calls, answers and failures. */
final class MutatedPlay {
    private static final List<String> HEADERS = List.of(
            WeirHeaders.ID,
            WeirHeaders.PRIORITY,
            WeirHeaders.TENANT,
            WeirHeaders.DEADLINE,
            WeirHeaders.CONVERSATION,
            WeirHeaders.REDRIVE_COUNT,
            WeirHeaders.TRY,
            WeirHeaders.SOURCE_OFFSET,
            WeirHeaders.VALUE_SCHEMA_ID,
            "traceparent",
            "");

    private final Bench bench;
    private final Mutations mutations;
    private final Trees trees;
    private final MutatedInbox inbox;
    /** By offset: what a good request must be answered, null for the others. */
    private final List<@Nullable String> published = new ArrayList<>();

    MutatedPlay(Bench bench, Mutations mutations) {
        this.bench = bench;
        this.mutations = mutations;
        this.trees = new Trees(new JsonMapper(), mutations);
        this.inbox = new MutatedInbox(mutations, this::isGood);
    }

    /** One input, and a little of everything else. */
    void step() {
        int kind = mutations.random().nextInt(100);
        if (kind < 40) {
            publish(null, key(), changedRequest(), headers());
        } else if (kind < 55) {
            byte[] value = mutations.chance(5)
                    ? null
                    : request("m-" + mutations.random().nextInt(20));
            publish(null, key(), value, write(mutations.headers(List.of(), HEADERS)));
        } else if (kind < 75) {
            retried();
        } else {
            bench.inbox(inbox.draw(anyOffset(), bench.epoch()));
        }
        if (mutations.chance(20)) {
            String id = "good-" + published.size();
            publish(id, null, request(id), new RecordHeaders());
        }
        work(mutations.chance(70));
        bench.advance(Duration.ofMillis(
                mutations.chance(5) ? 2_000 : mutations.random().nextInt(40)));
    }

    /** Lets all work end, and holds what came of it against what was asked. */
    void finish() {
        for (int i = 0; i < 3_000 && bench.entriesKept() > 0; i++) {
            work(true);
            bench.advance(Duration.ofMillis(i < 500 ? 100 : 2_000));
        }
        work(true);
        bench.advance(Duration.ofMillis(100));
        bench.commit();
        assertThat(bench.entriesKept()).as("open requests").isZero();
        assertThat(bench.payloadsKept()).as("payloads kept").isZero();
        assertThat(bench.calls.size()).as("calls kept").isZero();
        Map<Long, GrokResponse> responses = new HashMap<>();
        while (bench.hasResponse()) {
            GrokResponse response = bench.response();
            long offset = response.source().offset();
            assertThat(responses.put(offset, response))
                    .as("responses of " + offset)
                    .isNull();
        }
        int letters = 0;
        while (bench.hasDeadLetter()) {
            bench.deadLetter();
            letters++;
        }
        for (int offset = 0; offset < published.size(); offset++) {
            GrokResponse response = responses.get((long) offset);
            assertThat(response).as("response of " + offset).isNotNull();
            String expected = published.get(offset);
            if (expected != null) {
                assertThat(response.status()).as("good request " + offset).isEqualTo(ResponseStatus.SUCCEEDED);
                assertThat(response.content()).isEqualTo(expected);
            }
        }
        assertThat(responses).hasSize(published.size());
        assertThat(responses.values().stream().filter(each -> each.status() == ResponseStatus.FAILED))
                .as("dead letters")
                .hasSize(letters);
    }

    private void publish(@Nullable String good, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        published.add(good);
        bench.publish(key, value, headers);
    }

    private byte[] changedRequest() {
        byte[] value = request("m-" + mutations.random().nextInt(20));
        int how = mutations.random().nextInt(100);
        if (how < 20) {
            String place = mutations.one(List.of("m-", "c\"", "b\"", "t\"", "grok-4.5", "hi"));
            return new String(value, UTF_8)
                    .replace(place, mutations.token() + place)
                    .getBytes(UTF_8);
        }
        return how < 60 ? mutations.bytes(value) : trees.change(value);
    }

    private static byte[] request(String id) {
        return ("{\"id\":\"" + id + "\",\"priority\":\"high\",\"tenant\":\"t\",\"deadline\":\"2036-01-01T00:00:00Z\","
                        + "\"conversation\":\"c\",\"metadata\":{\"a\":\"b\"},\"body\":" + Bench.BODY + "}")
                .getBytes(UTF_8);
    }

    private byte @Nullable [] key() {
        return mutations.chance(70) ? null : mutations.noise(mutations.chance(2) ? 20_000 : 8);
    }

    private Headers headers() {
        return mutations.chance(70) ? new RecordHeaders() : write(mutations.headers(List.of(), HEADERS));
    }

    /** A retry record: a good one again, of another try, with another payload, or with a torn ticket. */
    private void retried() {
        long offset = anyOffset();
        List<EventHeader> ticket = new ArrayList<>();
        ticket.add(EventHeader.text(WeirHeaders.ID, "m-1"));
        ticket.add(
                EventHeader.text(WeirHeaders.TRY, "" + (1 + mutations.random().nextInt(3))));
        ticket.add(EventHeader.text(WeirHeaders.ATTEMPT, "1"));
        ticket.add(EventHeader.text(WeirHeaders.NOT_BEFORE, "5"));
        ticket.add(EventHeader.text(WeirHeaders.FIRST_SEEN, "5"));
        ticket.add(EventHeader.text(WeirHeaders.REASON, "server_error"));
        ticket.add(EventHeader.text(WeirHeaders.SOURCE_TOPIC, "grok.requests"));
        ticket.add(EventHeader.text(WeirHeaders.SOURCE_PARTITION, "0"));
        ticket.add(EventHeader.text(WeirHeaders.SOURCE_OFFSET, "" + offset));
        byte[] value = request("m-" + mutations.random().nextInt(20));
        byte[] changed = mutations.chance(10) ? null : mutations.chance(50) ? mutations.bytes(value) : value;
        bench.retried(key(), changed, write(mutations.chance(50) ? mutations.headers(ticket, HEADERS) : ticket));
    }

    private long anyOffset() {
        long offset = published.isEmpty() ? 7 : mutations.random().nextInt(published.size() + 3);
        return isGood(offset) ? 1_000_000 : offset;
    }

    private boolean isGood(long offset) {
        return offset >= 0 && offset < published.size() && published.get((int) offset) != null;
    }

    private static Headers write(List<EventHeader> headers) {
        Headers all = new RecordHeaders();
        for (EventHeader header : headers) {
            Blob value = header.value();
            all.add(header.name(), value == null ? null : value.bytes());
        }
        return all;
    }

    /** Admission grants, the commit returns, Grok answers or fails. */
    private void work(boolean granting) {
        while (granting && !bench.asks.isEmpty()) {
            if (bench.asks.remove() instanceof AskMessage.Ask ask) {
                bench.grant(ask, bench.epoch());
            }
        }
        bench.commit();
        if (mutations.chance(20)) {
            bench.retriesReturn();
        }
        while (!bench.started.isEmpty()) {
            Bench.Started call = bench.started.remove();
            long offset = Long.parseLong(call.call().clientRequestId().replaceAll("grok.requests-0-(\\d+)/.*", "$1"));
            String expected = published.get((int) offset);
            if (expected == null && mutations.chance(30)) {
                call.stop(failure());
            } else {
                call.answer(expected == null ? "fine" : expected);
            }
        }
    }

    private GrokOutcome.Stopped failure() {
        StopClass why = mutations.one(List.of(
                StopClass.TRANSIENT, StopClass.TRANSIENT, StopClass.THROTTLED, StopClass.HALTED, StopClass.FATAL));
        return new GrokOutcome.Stopped(
                new GrokError(why, Reason.SERVER_ERROR, "busy", 503, null, false), null, null, RateLimitHeaders.NONE);
    }
}
