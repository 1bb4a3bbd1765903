package dev.weir.chaos;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A network between a client and a server on this machine that can be cut, slowed and reset. What is sent during a cut
 * never arrives: its connection is reset when the cut ends. Threading: any thread; it has two threads a connection.
 */
final class TcpProxy implements Closeable {
    private static final int BUFFER = 16_384;

    private final String name;
    private final ServerSocket listener;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicLong held = new AtomicLong();
    private volatile int targetPort;
    private volatile boolean closed;
    private volatile long delayMillis;
    private boolean cut;

    private TcpProxy(String name, ServerSocket listener) {
        this.name = name;
        this.listener = listener;
    }

    /** Both ends of one connection. */
    private record Link(Socket client, Socket server) implements Closeable {
        @Override
        public void close() {
            reset(client);
            reset(server);
        }

        private static void reset(Socket socket) {
            try {
                // With a linger of 0 the peer sees a reset, not an orderly end.
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (IOException e) {
                return; // it was closed already
            }
        }
    }

    /** Listens on a free port; connections are refused until {@link #target}. */
    static TcpProxy start(String name) {
        try {
            TcpProxy proxy = new TcpProxy(name, new ServerSocket(0, 200, InetAddress.getLoopbackAddress()));
            proxy.spawn("accept", proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where clients connect to, {@code host:port}. */
    String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** Where new connections lead to. */
    void target(int port) {
        targetPort = port;
    }

    /** From now on no byte passes, in either direction; connections look open and new ones hang. */
    void cut() {
        lock.lock();
        try {
            cut = true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends a cut and a delay. */
    void restore() {
        delayMillis = 0;
        lock.lock();
        try {
            cut = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Every portion of bytes takes so much longer from now on. */
    void delay(Duration delay) {
        delayMillis = delay.toMillis();
    }

    /** Resets every connection; returns how many there were. */
    int reset() {
        int count = 0;
        for (Link link : links) {
            if (links.remove(link)) {
                link.close();
                count++;
            }
        }
        return count;
    }

    /** How many portions of bytes and connections had to wait in cuts and delays so far: proof that they were felt. */
    long held() {
        return held.get();
    }

    @Override
    public void close() {
        closed = true;
        restore();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int unused = reset();
    }

    private void accept() {
        while (!closed) {
            try {
                Socket client = listener.accept();
                spawn("connect", () -> connect(client));
            } catch (SocketException e) {
                return; // closed
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void connect(Socket client) {
        try {
            if (!pass()) {
                Link.reset(client);
                return;
            }
            Socket server = new Socket();
            Link link = new Link(client, server);
            links.add(link);
            try {
                server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort));
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
            } catch (IOException e) {
                links.remove(link);
                link.close();
                return;
            }
            spawn("up", () -> pump(client, server, link));
            pump(server, client, link);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pump(Socket from, Socket to, Link link) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
                if (!pass()) {
                    return;
                }
                out.write(buffer, 0, size);
            }
            boolean unused = pass();
        } catch (IOException e) {
            // One end is gone: the other is told below.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            links.remove(link);
            link.close();
        }
    }

    /** Returns when the network lets something through; false if it was cut meanwhile. */
    private boolean pass() throws InterruptedException {
        long delay = delayMillis;
        if (delay > 0) {
            held.incrementAndGet();
            Thread.sleep(delay);
        }
        lock.lockInterruptibly();
        try {
            if (!cut) {
                return true;
            }
            held.incrementAndGet();
            while (cut && !closed) {
                changed.await();
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void spawn(String role, Runnable work) {
        Thread thread = new Thread(work, "proxy-" + name + "-" + role);
        thread.setDaemon(true);
        thread.start();
    }
}
