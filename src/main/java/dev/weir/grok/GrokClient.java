package dev.weir.grok;

/** Calls Grok. Threading: safe for any thread; never blocks; retries nothing by itself. */
public interface GrokClient extends AutoCloseable {
    /** Starts a call. Failures of every kind arrive as an outcome, never as an exception. */
    void call(GrokCall call, CallObserver observer);

    /** Ends the client; calls under way finish with a connection_lost outcome. */
    @Override
    void close();
}
