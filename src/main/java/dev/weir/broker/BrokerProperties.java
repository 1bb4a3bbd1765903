package dev.weir.broker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** The settings of the embedded broker: one node that is broker and controller, small buffers, quick coordinators. */
final class BrokerProperties {
    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    /** The broker's way to itself: faults on the way of clients must not come between it and its own coordinators. */
    static final String INTERNAL_LISTENER = "INTERNAL";

    private static final String BROKER_LISTENER = "BROKER";
    private static final String LOOPBACK = "127.0.0.1";
    private static final int MAX_MESSAGE_BYTES = 16 << 20;
    private static final int CLEANER_BUFFER_BYTES = 16 << 20;

    private BrokerProperties() {}

    static Properties of(Path folder, int port, int controllerPort, int internalPort, String advertised) {
        Properties settings = new Properties();
        listeners(settings, port, controllerPort, internalPort, advertised);
        coordinators(settings, folder);
        logs(settings, folder);
        return settings;
    }

    static String bootstrapServers(int port) {
        return LOOPBACK + ":" + port;
    }

    private static void listeners(
            Properties settings, int port, int controllerPort, int internalPort, String advertised) {
        String internal = at(INTERNAL_LISTENER, internalPort);
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", String.valueOf(NODE_ID));
        settings.setProperty("controller.quorum.voters", NODE_ID + "@" + LOOPBACK + ":" + controllerPort);
        settings.setProperty("controller.listener.names", CONTROLLER_LISTENER);
        settings.setProperty(
                "listeners",
                String.join(",", at(BROKER_LISTENER, port), internal, at(CONTROLLER_LISTENER, controllerPort)));
        settings.setProperty("advertised.listeners", BROKER_LISTENER + "://" + advertised + "," + internal);
        settings.setProperty(
                "listener.security.protocol.map",
                BROKER_LISTENER + ":PLAINTEXT," + INTERNAL_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER
                        + ":PLAINTEXT");
        settings.setProperty("inter.broker.listener.name", INTERNAL_LISTENER);
        settings.setProperty("num.network.threads", "2");
        settings.setProperty("num.io.threads", "4");
    }

    private static String at(String listener, int port) {
        return listener + "://" + bootstrapServers(port);
    }

    private static void coordinators(Properties settings, Path folder) {
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            settings.setProperty(topic + ".num.partitions", "4");
            settings.setProperty(topic + ".replication.factor", "1");
        }
        settings.setProperty("transaction.state.log.min.isr", "1");
        settings.setProperty("share.coordinator.state.topic.min.isr", "1");
        settings.setProperty("min.insync.replicas", "1");
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
        settings.setProperty("group.min.session.timeout.ms", "1000");
        // A stock broker looks for abandoned transactions every 10 s; each holds up its read_committed readers.
        // After a crash a broker must not look sooner: those that it ends while it still starts are noted as ended,
        // but their partitions are not told, and stay without an end for ever.
        if (!Files.exists(folder.resolve("__transaction_state-0"))) {
            settings.setProperty("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        }
    }

    private static void logs(Properties settings, Path folder) {
        settings.setProperty("log.dirs", folder.toString());
        settings.setProperty("auto.create.topics.enable", "false");
        settings.setProperty("message.max.bytes", String.valueOf(MAX_MESSAGE_BYTES));
        settings.setProperty("log.retention.ms", "-1");
        settings.setProperty("log.retention.bytes", "-1");
        // The cleaner takes 128 MiB of heap by default, for a load that one process never has.
        settings.setProperty("log.cleaner.dedupe.buffer.size", String.valueOf(CLEANER_BUFFER_BYTES));
        settings.setProperty("log.cleaner.threads", "1");
    }
}
