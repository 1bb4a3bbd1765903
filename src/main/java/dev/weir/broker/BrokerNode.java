package dev.weir.broker;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.metadata.KRaftMetadataCache;
import org.apache.kafka.metadata.bootstrap.BootstrapDirectory;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.server.ServerSocketFactory;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.jspecify.annotations.Nullable;

/**
 * A broker and its controller. They are put together here, not by Kafka's own server, for two reasons: that one ends
 * the process when a fault is fatal, and it cannot take over sockets that are bound already, so that a port could be
 * lost between its choice and its use.
 */
final class BrokerNode implements Closeable {
    private static final int BACKLOG = 50;
    private static final int DEFAULT_BUFFER = -1;
    private static final Duration FENCE_BOUND = Duration.ofSeconds(60);
    private static final Duration FENCE_POLL = Duration.ofMillis(20);

    private final ServerSocketChannel brokerSocket;
    private final ServerSocketChannel controllerSocket;
    private final ServerSocketChannel internalSocket;
    private final ControllerServer controller;
    private final BrokerServer broker;

    /**
     * Binds the sockets and prepares the servers on a formatted folder; a port of 0 is a free one. Clients are told to
     * come to the advertised address, or to the port itself without one.
     */
    BrokerNode(Path folder, int port, @Nullable String advertised, Map<String, String> more) throws Exception {
        this.brokerSocket = bind(port);
        this.controllerSocket = bind(0);
        this.internalSocket = bind(0);
        try {
            String address = advertised == null ? BrokerProperties.bootstrapServers(port(brokerSocket)) : advertised;
            Properties settings = BrokerProperties.of(
                    folder, port(brokerSocket), port(controllerSocket), port(internalSocket), address);
            settings.putAll(more);
            KafkaConfig config = new KafkaConfig(settings, false);
            SharedServer shared = shared(config, folder);
            this.controller = new ControllerServer(
                    shared, KafkaRaftServer.configSchema(), new BootstrapDirectory(folder.toString()).read());
            this.broker = new BrokerServer(shared);
        } catch (Exception e) {
            closeSockets();
            throw e;
        }
    }

    /** Starts both and returns when the broker serves. */
    void start() {
        controller.startup();
        awaitPredecessorFenced();
        broker.startup();
    }

    /**
     * The controller takes a killed predecessor for alive until its session is over, and with it every leader. The
     * transaction coordinator would complete transactions from that picture, and Kafka 4.3.1 gives up the markers of
     * partitions that have no leader when the picture changes: a transaction would be half committed.
     */
    private void awaitPredecessorFenced() {
        KRaftMetadataCache seen = controller.metadataCache();
        long startedNanos = System.nanoTime();
        while (seen.currentImage().isEmpty() || seen.hasAliveBroker(BrokerProperties.NODE_ID)) {
            if (System.nanoTime() - startedNanos > FENCE_BOUND.toNanos()) {
                throw new IllegalStateException("the controller has not fenced the broker of this folder's last run in "
                        + FENCE_BOUND.toSeconds() + " s");
            }
            LockSupport.parkNanos(FENCE_POLL.toNanos());
        }
    }

    int port() {
        return brokerSocket.socket().getLocalPort();
    }

    /** Stops both, also after a failed start. */
    @Override
    public void close() {
        broker.shutdown();
        controller.shutdown();
        closeSockets();
    }

    private void closeSockets() {
        Utils.closeQuietly(brokerSocket, "broker socket");
        Utils.closeQuietly(controllerSocket, "controller socket");
        Utils.closeQuietly(internalSocket, "internal socket");
    }

    private SharedServer shared(KafkaConfig config, Path folder) throws IOException {
        MetaPropertiesEnsemble properties = new MetaPropertiesEnsemble.Loader()
                .addLogDirs(List.of(folder.toString()))
                .addMetadataLogDir(folder.toString())
                .load();
        String clusterId = properties.clusterId().orElseThrow();
        Metrics metrics = Server.initializeMetrics(config, Time.SYSTEM, clusterId);
        var voters = Map.of(BrokerProperties.NODE_ID, (InetSocketAddress) controllerSocket.getLocalAddress());
        return new SharedServer(
                config,
                properties,
                Time.SYSTEM,
                metrics,
                CompletableFuture.completedFuture(voters),
                List.of(),
                (name, fatal, action) -> new LoggingFaultHandler(name, action),
                (listener, address, backlog, buffer) -> socket(listener));
    }

    private ServerSocketChannel socket(String listener) {
        return switch (listener) {
            case BrokerProperties.CONTROLLER_LISTENER -> controllerSocket;
            case BrokerProperties.INTERNAL_LISTENER -> internalSocket;
            default -> brokerSocket;
        };
    }

    private static ServerSocketChannel bind(int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return ServerSocketFactory.KafkaServerSocketFactory.INSTANCE.openServerSocket(
                "", address, BACKLOG, DEFAULT_BUFFER);
    }

    private static int port(ServerSocketChannel socket) {
        return socket.socket().getLocalPort();
    }
}
