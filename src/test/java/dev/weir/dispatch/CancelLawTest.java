package dev.weir.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.dispatch.Bench.Started;
import dev.weir.event.Reason;
import dev.weir.event.ResponseStatus;
import dev.weir.event.StopClass;
import dev.weir.grok.GrokError;
import dev.weir.grok.GrokOutcome;
import dev.weir.grok.RateLimitHeaders;
import dev.weir.permit.AskMessage;
import dev.weir.permit.InboxMessage;
import dev.weir.permit.LeaseKey;
import dev.weir.permit.PermitCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is cancelled at whatever moment: one outcome each, and every permit comes back. */
final class CancelLawTest {
    private static final int SEEDS = 40;
    private static final int STEPS = 120;
    private static final String[] IDS = {"a", "b", "c", "grok.requests-0-3", "grok.requests-0-9"};

    @Test
    void shouldEndEveryRecordOnceAndReturnEveryPermit() {
        for (long seed = 0; seed < SEEDS; seed++) {
            try (Bench bench = new Bench(3)) {
                new Trace(bench, seed).run();
            }
        }
    }

    private static final class Trace {
        private final Bench bench;
        private final Random random;
        private final String name;
        private final Map<Long, Integer> outcomes = new HashMap<>();
        private final List<AskMessage.Ask> asked = new ArrayList<>();
        private final Map<LeaseKey, Integer> out = new HashMap<>();
        private final List<Started> running = new ArrayList<>();
        private int published;
        private int cancelled;

        private Trace(Bench bench, long seed) {
            this.bench = bench;
            this.random = new Random(seed);
            this.name = "seed " + seed;
        }

        private void run() {
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            for (int i = 0; i < 200 && outcomes.size() < published; i++) {
                grantAll();
                bench.commit();
                settle();
                running.forEach(call -> call.answer("end"));
                running.clear();
                bench.advance(Duration.ofSeconds(1));
                settle();
            }
            bench.commit();
            settle();
            assertThat(outcomes).as(name + ": outcomes by offset").hasSize(published);
            assertThat(outcomes.values()).as(name + ": outcomes of a record").containsOnly(1);
            assertThat(out.values()).as(name + ": settles of a grant").allMatch(settles -> settles == 1);
            assertThat(cancelled).as(name + ": cancelled").isPositive();
            assertThat(bench.entriesKept()).as(name + ": entries").isZero();
            assertThat(bench.payloadsKept()).as(name + ": payloads").isZero();
            assertThat(bench.calls.size()).as(name + ": calls").isZero();
        }

        private void step() {
            switch (random.nextInt(8)) {
                case 0, 1 -> publish();
                case 2 -> cancel(IDS[random.nextInt(IDS.length)]);
                case 3 -> grantAll();
                case 4 -> bench.commit();
                case 5 -> end();
                case 6 -> bench.advance(Duration.ofMillis(random.nextInt(40)));
                default -> bench.advance(Duration.ofMillis(random.nextInt(4_000)));
            }
            settle();
        }

        private void publish() {
            published++;
            String id = random.nextBoolean() ? "\"id\":\"" + IDS[random.nextInt(3)] + "\"," : "";
            bench.publish("{" + id + "\"body\":" + Bench.BODY + "}");
        }

        private void cancel(String id) {
            bench.inbox(PermitCodec.encode(new InboxMessage.Cancel(id, null)));
        }

        private void grantAll() {
            for (AskMessage.Ask ask : List.copyOf(asked)) {
                asked.remove(ask);
                out.putIfAbsent(ask.key(), 0);
                bench.grant(ask, bench.epoch());
            }
        }

        private void end() {
            if (running.isEmpty()) {
                return;
            }
            Started call = running.remove(random.nextInt(running.size()));
            if (random.nextBoolean()) {
                call.answer("fine");
            } else {
                GrokError error = new GrokError(StopClass.TRANSIENT, Reason.SERVER_ERROR, "boom", 500, null, false);
                call.stop(new GrokOutcome.Stopped(error, null, null, RateLimitHeaders.NONE));
            }
        }

        private void settle() {
            while (!bench.started.isEmpty()) {
                running.add(bench.started.remove());
            }
            while (!bench.asks.isEmpty()) {
                AskMessage message = bench.asks.remove();
                if (message instanceof AskMessage.Ask ask) {
                    asked.add(ask);
                } else if (message instanceof AskMessage.Settle settle) {
                    out.merge(settle.key(), 1, Integer::sum);
                } else if (message instanceof AskMessage.Withdraw withdraw) {
                    asked.removeIf(ask -> ask.key().equals(withdraw.key()));
                }
            }
            while (bench.hasResponse()) {
                var response = bench.response();
                outcomes.merge(response.source().offset(), 1, Integer::sum);
                cancelled += response.status() == ResponseStatus.CANCELLED ? 1 : 0;
            }
        }
    }
}
