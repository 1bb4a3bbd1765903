package dev.weir.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command end in order when the process is told to stop: the JVM waits in its hook until the command has closed
 * what it opened. Threading: one thread awaits and closes.
 */
final class Shutdown implements AutoCloseable {
    private static final long LONGEST_SECONDS = 120;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::signalled, "shutdown");

    private Shutdown() {}

    /** Listens for SIGTERM and SIGINT. Declared before what it must outlive in a try-with-resources. */
    static Shutdown onSignal() {
        Shutdown shutdown = new Shutdown();
        Runtime.getRuntime().addShutdownHook(shutdown.hook);
        return shutdown;
    }

    /** Returns when the process is told to stop. */
    void await() throws InterruptedException {
        asked.await();
    }

    /** Whether the process was told to stop. */
    boolean isAsked() {
        return asked.getCount() == 0;
    }

    private void signalled() {
        asked.countDown();
        try {
            boolean inTime = closed.await(LONGEST_SECONDS, TimeUnit.SECONDS);
            // Java would report the signal as the exit code, but an orderly end is a success.
            Runtime.getRuntime().halt(inTime ? ExitCode.OK : ExitCode.FAILED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
