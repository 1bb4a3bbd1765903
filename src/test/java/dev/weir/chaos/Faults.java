package dev.weir.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** The faults of a fleet, drawn from a seed: all of them once in a random order, then all of them again. */
final class Faults {
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final ProcessHouse house;
    private final Witness witness;
    private final Random random;
    private final Deque<Fault> drawn = new ArrayDeque<>();

    Faults(ProcessHouse house, Witness witness, Random random) {
        this.house = house;
        this.witness = witness;
        this.random = random;
    }

    private record Named(String name, boolean mayRepeatCalls, Strike action) implements Fault {
        @Override
        public void strike() throws InterruptedException {
            action.strike();
        }
    }

    @FunctionalInterface
    private interface Strike {
        void strike() throws InterruptedException;
    }

    /** The next one. */
    Fault draw() {
        if (drawn.isEmpty()) {
            List<Fault> shuffled = new ArrayList<>(all());
            Collections.shuffle(shuffled, random);
            drawn.addAll(shuffled);
        }
        return drawn.remove();
    }

    private List<Fault> all() {
        return List.of(
                new Named("a gateway is killed", true, this::killGateway),
                new Named("two gateways are killed", true, this::killTwoGateways),
                new Named("a gateway stands still and comes back as a zombie", true, this::zombie),
                new Named("a gateway is restarted", false, this::restartGateway),
                new Named("the broker is restarted", true, this::restartBroker),
                new Named("the broker is killed", true, this::killBroker),
                new Named("the network to Grok is cut", false, () -> cut(house.grokProxy(), 1_000, 4_000)),
                new Named("the connections to Grok are reset", false, () -> reset(house.grokProxy())),
                new Named(
                        "the network to the broker is cut for a moment",
                        false,
                        () -> cut(house.kafkaProxy(), 500, 2_000)),
                new Named(
                        "the network to the broker is cut for long",
                        true,
                        () -> cut(house.kafkaProxy(), 8_000, 12_000)),
                new Named("the connections to the broker are reset", false, () -> reset(house.kafkaProxy())),
                new Named("the network to the broker is slow", false, this::slowBroker));
    }

    private void killGateway() {
        Child victim = someGateway();
        victim.kill();
        Child unused = house.launchGateway(victim.name());
    }

    private void killTwoGateways() {
        Child first = someGateway();
        first.kill();
        Child second = someGateway();
        second.kill();
        Child unused = house.launchGateway(first.name());
        Child unusedToo = house.launchGateway(second.name());
    }

    private void restartGateway() {
        Child victim = someGateway();
        assertThat(victim.terminate(PATIENCE))
                .as("exit code of %s", victim.name())
                .isIn(0, 143);
        Child unused = house.launchGateway(victim.name());
    }

    /** The group gives its work away meanwhile. */
    private void zombie() {
        witness.awaitReady();
        await().atMost(PATIENCE)
                .until(() -> witness.shares().size() == house.gateways().size());
        Child victim = someGateway();
        victim.pause();
        try {
            await().pollInterval(Duration.ofMillis(250))
                    .atMost(PATIENCE)
                    .until(() -> witness.shares().size() == house.gateways().size() - 1);
        } finally {
            victim.resume();
        }
    }

    private void restartBroker() {
        int code = house.kafka().terminate(PATIENCE);
        assertThat(code).as("exit code of the broker").isIn(0, 143);
        house.startKafka();
    }

    private void killBroker() {
        house.kafka().kill();
        house.startKafka();
    }

    private void cut(TcpProxy network, int shortest, int longest) throws InterruptedException {
        long before = network.held();
        network.cut();
        last(network, before, shortest, longest);
    }

    /** The trouble lasts for as long as was drawn, and until it has held something up; then it is over. */
    private void last(TcpProxy network, long heldBefore, int shortest, int longest) throws InterruptedException {
        try {
            Thread.sleep(between(shortest, longest));
            await().atMost(PATIENCE).until(() -> network.held() > heldBefore);
        } finally {
            network.restore();
        }
    }

    private void reset(TcpProxy network) {
        await().atMost(PATIENCE).until(() -> network.reset() > 0);
    }

    private void slowBroker() throws InterruptedException {
        long before = house.kafkaProxy().held();
        house.kafkaProxy().delay(Duration.ofMillis(between(5, 50)));
        last(house.kafkaProxy(), before, 2_000, 5_000);
    }

    private Child someGateway() {
        List<Child> running = List.copyOf(house.gateways().values());
        Child chosen = running.get(random.nextInt(running.size()));
        house.note("the victim is " + chosen.name());
        return chosen;
    }

    private int between(int shortest, int longest) {
        return shortest + random.nextInt(longest - shortest + 1);
    }
}
