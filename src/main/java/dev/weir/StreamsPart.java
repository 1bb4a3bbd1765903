package dev.weir;

import dev.weir.config.WeirConfig;
import dev.weir.ops.Check;
import dev.weir.ops.Health;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of the two Kafka Streams applications of a process: replaces its failed threads, tells its health, and stops it.
 *
 * @param name as operators know it
 * @param streams the application
 * @param config of the process
 */
record StreamsPart(String name, KafkaStreams streams, WeirConfig config) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsPart.class);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(20);

    /** From now on its failures are counted and its state is told; before it is started. */
    void watch(MeterRegistry meters, Health health) {
        Counter replaced = Counter.builder("weir.threads.replaced")
                .tag("app", name)
                .description("Stream threads that failed and were replaced.")
                .register(meters);
        streams.setUncaughtExceptionHandler(failure -> {
            replaced.increment();
            LOG.error("A thread of {} failed and is replaced", name, failure);
            if (StateSpace.check(config.process().stateDir()) instanceof Check.Down down) {
                LOG.error(down.reason());
            }
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        health.live(name, () -> switch (streams.state()) {
            case ERROR, NOT_RUNNING -> Check.down("is " + streams.state());
            default -> Check.up();
        });
        health.ready(
                name,
                () -> streams.state() == KafkaStreams.State.RUNNING ? Check.up() : Check.down("is " + streams.state()));
    }

    @Override
    public void close() {
        CloseOptions.GroupMembershipOperation membership = config.shutdown().leaveGroup()
                ? CloseOptions.GroupMembershipOperation.LEAVE_GROUP
                : CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP;
        boolean stopped = streams.close(CloseOptions.timeout(CLOSE_PATIENCE).withGroupMembershipOperation(membership));
        if (!stopped) {
            LOG.warn("{} did not stop within {} s", name, CLOSE_PATIENCE.toSeconds());
        }
    }
}
