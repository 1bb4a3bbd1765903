package dev.weir.simulator;

import com.linecorp.armeria.server.Server;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;

/**
 * A simulated Grok on a local port: the HTTP API of chat completions with strict limits, latency, faults and a journal
 * of what it saw. It is an independent reading of the API and shares no code with the gateway.
 *
 * <p>Its own state is served without a key below {@code /_sim/}: {@code GET journal} (JSON lines; {@code from} and
 * {@code limit} choose a part), {@code GET stats}, {@code POST faults}, {@code POST limits}, {@code POST reset}.
 *
 * <p>Threading: every method from any thread. Faults and limits change for the requests that come after.
 */
public final class SimulatedGrok implements AutoCloseable {
    private static final long LARGEST_REQUEST_BYTES = 64L << 20;

    private final String host;
    private final Server server;
    private final Journal journal;
    private final Gate gate;

    private SimulatedGrok(String host, Server server, Journal journal, Gate gate) {
        this.host = host;
        this.server = server;
        this.journal = journal;
        this.gate = gate;
    }

    /**
     * Starts one and waits until it listens.
     *
     * @throws java.util.concurrent.CompletionException when the address cannot be used
     */
    public static SimulatedGrok start(SimulatorSettings settings) {
        InstantSource clock = InstantSource.system();
        Journal journal = new Journal(Journal.DEFAULT_CAPACITY);
        Gate gate = new Gate(settings, System::nanoTime);
        ChatService chat = new ChatService(settings, gate, journal, clock, System::nanoTime);
        Server server = Server.builder()
                .http(new InetSocketAddress(settings.host(), settings.port()))
                .requestTimeoutMillis(0)
                .idleTimeoutMillis(0)
                .maxRequestLength(LARGEST_REQUEST_BYTES)
                .serviceUnder(
                        "/", new Routes(chat, new RequestReader(settings.apiKey()), new AdminService(gate, journal)))
                .build();
        server.start().join();
        return new SimulatedGrok(settings.host(), server, journal, gate);
    }

    /** The port it listens on. */
    public int port() {
        return server.activeLocalPort();
    }

    /** The address without a path, as {@code http://127.0.0.1:8089}. */
    public URI baseUrl() {
        return URI.create("http://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ":" + port());
    }

    /** What it saw. */
    public Journal journal() {
        return journal;
    }

    /** Replaces the faults; a script starts at its beginning. */
    public void faults(FaultPlan plan) {
        gate.faults(plan);
    }

    /** Replaces the limits; what was counted stays counted. */
    public void limits(Map<String, Limit> limits) {
        gate.limits(limits);
    }

    /** The sums of the journal and the peaks that the gate saw. */
    public SimulatorStats stats() {
        return SimulatorStats.of(journal, gate);
    }

    /** Forgets what it saw and counted; limits and faults stay, a script starts at its beginning. */
    public void reset() {
        journal.clear();
        gate.reset();
    }

    /** Stops it and waits; open connections are closed. */
    @Override
    public void close() {
        server.stop().join();
    }
}
