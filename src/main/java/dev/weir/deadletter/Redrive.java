package dev.weir.deadletter;

import dev.weir.deadletter.RedriveDecision.Send;
import dev.weir.deadletter.RedriveDecision.Skip;
import dev.weir.event.Reason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One replay of dead letters: looks at what is there when it is opened, tells what it would do, and does it. Letters
 * are read anew for each, so that memory does not grow with their number. Threading: one thread, which it blocks.
 */
public final class Redrive implements AutoCloseable {
    /** How much the clocks of the gateway's brokers and of this process may differ. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofHours(1);

    private static final long LONGEST_NAP_NANOS = 100_000_000;

    private final DeadLetterTopics topics;
    private final RedriveSettings settings;
    private final LetterFilter filter;
    private final Prices prices;
    private final InstantSource clock;
    private final DeadLetterReader letters;
    private final RequestsReader requests;
    private final PastRedrives past;
    private final RedriveRule rule;
    private long oldestMillis = Long.MAX_VALUE;

    /** What is done with a request that is to be sent. */
    private interface Sender {
        /** Answers whether the broker took it. */
        boolean send(RedriveRecord request) throws InterruptedException;
    }

    private Redrive(
            DeadLetterTopics topics,
            RedriveSettings settings,
            LetterFilter filter,
            Prices prices,
            InstantSource clock) {
        this.topics = topics;
        this.settings = settings;
        this.filter = filter;
        this.prices = prices;
        this.clock = clock;
        this.letters = new DeadLetterReader(topics);
        try {
            this.requests = new RequestsReader(topics);
        } catch (RuntimeException e) {
            letters.close();
            throw e;
        }
        this.past = new PastRedrives(topics.deadLetters(), settings.name(), letters.firsts(), letters.ends());
        this.rule = new RedriveRule(settings, past, topics.events());
    }

    /**
     * Connects, and looks up what was sent before.
     *
     * @param clock tells deadlines and the age of letters
     * @throws DeadLetterFailure if a topic cannot be read
     */
    public static Redrive open(
            DeadLetterTopics topics,
            RedriveSettings settings,
            LetterFilter filter,
            Prices prices,
            InstantSource clock) {
        Redrive redrive = new Redrive(topics, settings, filter, prices, clock);
        try {
            redrive.survey();
            return redrive;
        } catch (RuntimeException e) {
            redrive.close();
            throw e;
        }
    }

    /** What would be done now; nothing is written. */
    public RedrivePlan plan() throws InterruptedException {
        return replay(unused -> true, () -> false);
    }

    /**
     * Sends what is to be sent and tells what was done. Each request is acknowledged before the next.
     *
     * @param perSecond how many a second at most, more than 0
     * @param nanoTime a monotonic clock
     * @param progress is told the number sent, after each
     * @param stopped whether to end early
     * @throws DeadLetterFailure if the broker fails; the next run with the same name goes on
     */
    public RedrivePlan run(double perSecond, LongSupplier nanoTime, LongConsumer progress, BooleanSupplier stopped)
            throws InterruptedException {
        Pace pace = Pace.of(perSecond);
        lookUpPast();
        try (RequestsWriter writer = new RequestsWriter(topics, requests.partitions())) {
            long[] due = {nanoTime.getAsLong()};
            long[] sent = {0};
            return replay(
                    request -> {
                        await(due[0], nanoTime, stopped);
                        if (stopped.getAsBoolean() || !writer.publish(request)) {
                            return false;
                        }
                        due[0] = pace.afterNanos(nanoTime.getAsLong());
                        progress.accept(++sent[0]);
                        return true;
                    },
                    stopped);
        }
    }

    private void survey() {
        letters.read(letter -> {
            past.note(letter.headers());
            if (letter.facts().isPresent() && filter.matches(letter)) {
                oldestMillis = Math.min(oldestMillis, letter.timestampMillis());
            }
            return true;
        });
        lookUpPast();
    }

    private void lookUpPast() {
        if (oldestMillis < Long.MAX_VALUE) {
            requests.scan(Math.max(0, oldestMillis - CLOCK_DIFFERENCE.toMillis()), past::note);
        }
    }

    private RedrivePlan replay(Sender sender, BooleanSupplier stopped) throws InterruptedException {
        RedrivePlan plan = new RedrivePlan(prices);
        Interruption interruption = new Interruption();
        letters.read(letter -> {
            if (filter.matches(letter)) {
                try {
                    replay(letter, plan, sender, stopped);
                } catch (InterruptedException e) {
                    interruption.cause = e;
                    return false;
                }
            }
            return plan.count() < settings.limit() && !stopped.getAsBoolean();
        });
        interruption.rethrow();
        return plan;
    }

    private void replay(DeadLetterRecord letter, RedrivePlan plan, Sender sender, BooleanSupplier stopped)
            throws InterruptedException {
        RedriveDecision decision = decide(letter);
        if (decision instanceof Skip skip) {
            plan.skipped(letter.at(), skip);
        } else if (decision instanceof Send send) {
            if (sender.send(send.record())) {
                plan.sent(send.estimate());
            } else if (!stopped.getAsBoolean()) {
                plan.skipped(letter.at(), new Skip(SkipReason.REFUSED));
            }
        }
    }

    private RedriveDecision decide(DeadLetterRecord letter) {
        Optional<Skip> skip = rule.skip(letter);
        if (skip.isPresent()) {
            return skip.get();
        }
        LetterFacts facts = letter.facts().orElseThrow();
        return rule.decide(facts, letter.at(), original(letter, facts), clock.instant());
    }

    private @Nullable OriginalRequest original(DeadLetterRecord letter, LetterFacts facts) {
        if (letter.value() != null) {
            return new OriginalRequest(letter.key(), letter.value(), letter.headers());
        }
        if (facts.reason().equals(Reason.EMPTY_EVENT.id())) {
            return new OriginalRequest(letter.key(), null, List.of());
        }
        return requests.fetch(facts.source()).orElse(null);
    }

    private static void await(long dueNanos, LongSupplier nanoTime, BooleanSupplier stopped)
            throws InterruptedException {
        long rest = dueNanos - nanoTime.getAsLong();
        while (rest > 0 && !stopped.getAsBoolean()) {
            LockSupport.parkNanos(Math.min(rest, LONGEST_NAP_NANOS));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            rest = dueNanos - nanoTime.getAsLong();
        }
    }

    @Override
    public void close() {
        try (letters;
                requests) {
            // Both are closed, whatever the first throws.
        }
    }

    /** Carries an interruption out of a visitor. */
    private static final class Interruption {
        private @Nullable InterruptedException cause;

        void rethrow() throws InterruptedException {
            if (cause != null) {
                throw cause;
            }
        }
    }
}
