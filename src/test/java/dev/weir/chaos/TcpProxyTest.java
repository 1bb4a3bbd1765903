package dev.weir.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TcpProxyTest {
    private final TcpProxy proxy = TcpProxy.start("test");
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        proxy.target(server.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void shouldPassBytesBothWays() throws IOException {
        try (Socket client = connect();
                Socket peer = server.accept()) {
            client.getOutputStream().write(7);
            assertThat(peer.getInputStream().read()).isEqualTo(7);
            peer.getOutputStream().write(8);
            assertThat(client.getInputStream().read()).isEqualTo(8);
            assertThat(proxy.held()).isZero();
        }
    }

    @Test
    void shouldLoseWhatIsSentDuringACut() throws IOException {
        try (Socket client = connect();
                Socket peer = server.accept()) {
            proxy.cut();
            client.getOutputStream().write(7);
            peer.setSoTimeout(200);
            assertThatThrownBy(() -> peer.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            assertThat(proxy.held()).isEqualTo(1);

            proxy.restore();
            peer.setSoTimeout(5_000);
            assertThatThrownBy(() -> peer.getInputStream().read()).hasMessageContaining("reset");
        }
        try (Socket client = connect();
                Socket peer = server.accept()) {
            client.getOutputStream().write(9);
            assertThat(peer.getInputStream().read()).isEqualTo(9);
        }
    }

    @Test
    void shouldResetWhatIsOpen() throws IOException {
        try (Socket client = connect();
                Socket peer = server.accept()) {
            client.getOutputStream().write(7);
            assertThat(peer.getInputStream().read()).isEqualTo(7);
            assertThat(proxy.reset()).isEqualTo(1);
            client.setSoTimeout(5_000);
            assertThatThrownBy(() -> client.getInputStream().read()).hasMessageContaining("reset");
        }
    }

    @Test
    void shouldDelay() throws IOException {
        try (Socket client = connect();
                Socket peer = server.accept()) {
            proxy.delay(Duration.ofMillis(100));
            long before = System.nanoTime();
            client.getOutputStream().write(7);
            assertThat(peer.getInputStream().read()).isEqualTo(7);
            assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(100_000_000L);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(new java.net.InetSocketAddress(
                InetAddress.getLoopbackAddress(),
                Integer.parseInt(proxy.address().split(":")[1])));
        return socket;
    }
}
