package dev.weir.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker and controller inside this process, on the loopback interface, ready in seconds. Its records
 * survive in a given folder, from one start to the next; a folder of its own is deleted when it closes.
 *
 * <p>Threading: safe for any thread.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
    private static final Duration STOP_BOUND = Duration.ofSeconds(30);
    private static final int PORT_TRIES = 5;

    private final KafkaRaftServer server;
    private final Path folder;
    private final boolean ownFolder;
    private final int port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedKafka(KafkaRaftServer server, Path folder, boolean ownFolder, int port) {
        this.server = server;
        this.folder = folder;
        this.ownFolder = ownFolder;
        this.port = port;
    }

    /**
     * Starts a broker and waits until it serves.
     *
     * @param data the folder of its records, created if missing; null for a temporary one
     * @param port the port to listen on, 0 for a free one
     * @throws IllegalStateException if it cannot start; the message is one line with the port, the folder and the cause
     */
    public static EmbeddedKafka start(@Nullable Path data, int port) {
        Path folder = data == null ? temporaryFolder() : data.toAbsolutePath();
        try {
            format(folder);
            return startOnPort(folder, data == null, port);
        } catch (Exception e) {
            if (data == null) {
                delete(folder);
            }
            throw new IllegalStateException(
                    "the broker could not start on port " + port + " with folder " + folder + ": " + rootMessage(e), e);
        }
    }

    /** The address for clients, {@code host:port}. */
    public String bootstrapServers() {
        return BrokerProperties.bootstrapServers(port);
    }

    /** The port that clients connect to. */
    public int port() {
        return port;
    }

    /** Stops within 30 s and deletes the folder if it is this broker's own; repeated calls do nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        boolean stopped = stop(server);
        if (!stopped) {
            LOG.warn(
                    "The embedded broker did not stop within {} s; its folder {} stays",
                    STOP_BOUND.toSeconds(),
                    folder);
        } else if (ownFolder) {
            delete(folder);
        }
    }

    private static EmbeddedKafka startOnPort(Path folder, boolean ownFolder, int port) throws IOException {
        for (int attempt = 1; ; attempt++) {
            int chosen = reserve(port);
            KafkaConfig config = new KafkaConfig(BrokerProperties.of(folder, chosen, reserve(0)), false);
            KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
            try {
                server.startup();
                return new EmbeddedKafka(server, folder, ownFolder, chosen);
            } catch (RuntimeException e) {
                stop(server);
                // Another process may have taken the reserved port between its release and the broker's bind.
                if (!causedByPort(e) || attempt == PORT_TRIES) {
                    throw e;
                }
            }
        }
    }

    private static int reserve(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket.getLocalPort();
        }
    }

    private static void format(Path folder) throws Exception {
        Files.createDirectories(folder);
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        try (PrintStream quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(quiet)
                    .setNodeId(BrokerProperties.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
                    .addDirectory(folder.toString())
                    .setMetadataLogDirectory(folder.toString())
                    .run();
        }
    }

    private static boolean stop(KafkaRaftServer server) {
        Thread stopper = new Thread(server::shutdown, "weir-broker-stop");
        stopper.setDaemon(true);
        stopper.start();
        try {
            stopper.join(STOP_BOUND.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !stopper.isAlive();
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("weir-kafka-");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder for the broker", e);
        }
    }

    private static void delete(Path folder) {
        try {
            Utils.delete(folder.toFile());
        } catch (IOException e) {
            LOG.warn("The broker's folder {} could not be deleted: {}", folder, e.toString());
        }
    }

    private static boolean causedByPort(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }
}
