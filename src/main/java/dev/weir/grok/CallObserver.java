package dev.weir.grok;

/** Follows one call. Threading: called on the client's event loop; implementations neither block nor throw. */
public interface CallObserver {
    /**
     * The request has been written to the wire. Called at most once, before {@link #finished}; not at all when nothing
     * was written.
     */
    void sent();

    /** The call is over. Called exactly once. */
    void finished(GrokOutcome outcome);
}
