package dev.weir.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The plain producer of one process: each partition gets its messages in order, after some time; what was not sent when
 * the process dies is lost from some message on.
 */
final class Wire {
    private final Timeline timeline;
    private final Broker broker;
    private final Trouble trouble;
    private final Map<Broker.At, Deque<Sent>> channels = new HashMap<>();
    private final Map<Broker.At, Long> lastArrivals = new HashMap<>();
    private Consumer<Runnable> gate = Runnable::run;

    private record Sent(Broker.At to, LogRecord entry, Runnable whenDurable) {}

    Wire(Timeline timeline, Broker broker, Trouble trouble) {
        this.timeline = timeline;
        this.broker = broker;
        this.trouble = trouble;
    }

    /** Everything passes through that: it does it now, later or never. */
    void gate(Consumer<Runnable> newGate) {
        gate = newGate;
    }

    /** Sends; a message that the producer gives up is never durable. */
    void send(String topic, int partition, LogRecord entry, Runnable whenDurable, Runnable whenLost) {
        if (trouble.swallows(entry)) {
            return;
        }
        if (trouble.losesMessage()) {
            timeline.in(timeline.between(1_000, 50_000), () -> gate.accept(whenLost));
            return;
        }
        Broker.At to = new Broker.At(topic, partition);
        Deque<Sent> channel = channels.computeIfAbsent(to, missing -> new ArrayDeque<>());
        channel.add(new Sent(to, entry, whenDurable));
        long arrival = Math.max(timeline.nowMicros() + trouble.delayMicros(), lastArrivals.getOrDefault(to, 0L));
        lastArrivals.put(to, arrival);
        timeline.at(arrival, () -> gate.accept(() -> deliverOne(channel)));
    }

    /** Waits for all that was sent. */
    void flush() {
        channels.values().forEach(channel -> {
            while (!channel.isEmpty()) {
                deliverOne(channel);
            }
        });
    }

    /** The process is gone: of each channel some first messages arrive, or all, or none. */
    void die() {
        channels.values().forEach(channel -> {
            long arriving = timeline.between(0, channel.size());
            for (int i = 0; i < arriving; i++) {
                Sent sent = channel.remove();
                broker.append(sent.to().topic(), sent.to().partition(), sent.entry());
            }
            channel.clear();
        });
    }

    private void deliverOne(Deque<Sent> channel) {
        Sent sent = channel.poll();
        if (sent == null) {
            return;
        }
        broker.append(sent.to().topic(), sent.to().partition(), sent.entry());
        if (trouble.doublesMessage(sent.to().topic())) {
            timeline.in(
                    timeline.between(100, 3_000_000),
                    () -> broker.append(sent.to().topic(), sent.to().partition(), sent.entry()));
        }
        timeline.in(timeline.between(100, 1_000), () -> gate.accept(sent.whenDurable()));
    }
}
