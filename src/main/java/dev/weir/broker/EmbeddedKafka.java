package dev.weir.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.Uuid;
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

    private final BrokerNode node;
    private final FolderLock lock;
    private final Path folder;
    private final boolean ownFolder;
    private final int port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedKafka(BrokerNode node, FolderLock lock, Path folder, boolean ownFolder) {
        this.node = node;
        this.lock = lock;
        this.folder = folder;
        this.ownFolder = ownFolder;
        this.port = node.port();
    }

    /**
     * Starts a broker and waits until it serves.
     *
     * @param data the folder of its records, created if missing; null for a temporary one
     * @param port the port to listen on, 0 for a free one
     * @throws IllegalStateException if it cannot start; the message is one line with the port, the folder and the cause
     */
    public static EmbeddedKafka start(@Nullable Path data, int port) {
        return start(data, port, null);
    }

    /**
     * The same behind a proxy or a mapped port.
     *
     * @param advertised the {@code host:port} that clients are told to come to; null for the broker's own
     */
    public static EmbeddedKafka start(@Nullable Path data, int port, @Nullable String advertised) {
        return start(data, port, advertised, Map.of());
    }

    /**
     * The same with more settings of the broker, which stand before ours.
     *
     * @param settings such as those of TLS and of credentials; {@code BROKER} is the name of the clients' listener
     */
    public static EmbeddedKafka start(
            @Nullable Path data, int port, @Nullable String advertised, Map<String, String> settings) {
        Path folder = data == null ? temporaryFolder() : data.toAbsolutePath();
        try {
            Files.createDirectories(folder);
            return startLocked(folder, data == null, port, advertised, settings);
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
        if (!stop(node)) {
            LOG.warn("The embedded broker did not stop in time; its folder {} stays, locked", folder);
            return;
        }
        Utils.closeQuietly(lock, "folder lock");
        if (ownFolder) {
            delete(folder);
        }
    }

    private static EmbeddedKafka startLocked(
            Path folder, boolean ownFolder, int port, @Nullable String advertised, Map<String, String> settings)
            throws Exception {
        FolderLock lock = FolderLock.take(folder);
        try {
            format(folder);
            BrokerNode node = new BrokerNode(folder, port, advertised, settings);
            try {
                node.start();
            } catch (RuntimeException e) {
                stop(node);
                throw e;
            }
            return new EmbeddedKafka(node, lock, folder, ownFolder);
        } catch (Exception e) {
            lock.close();
            throw e;
        }
    }

    private static void format(Path folder) throws Exception {
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

    private static boolean stop(BrokerNode node) {
        Thread stopper = new Thread(node::close, "weir-broker-stop");
        stopper.setDaemon(true);
        stopper.start();
        boolean interrupted = Thread.interrupted();
        try {
            stopper.join(STOP_BOUND.toMillis());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
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

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }
}
