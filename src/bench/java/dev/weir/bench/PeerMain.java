package dev.weir.bench;

/** The process of a peer. */
final class PeerMain {
    private PeerMain() {}

    /** Runs until the process is killed; the arguments are the kind and those of {@link PeerSettings}. */
    public static void main(String[] args) throws InterruptedException {
        PeerSettings settings = PeerSettings.read(args);
        switch (Contestant.Kind.of(args[0])) {
            case PARALLEL_CONSUMER -> ParallelConsumerPeer.run(settings);
            case RAW_LOOP -> RawLoop.run(settings);
            case BLOCKING_POOL -> BlockingPool.run(settings);
            case WEIR_EXACTLY_ONCE, WEIR_AT_LEAST_ONCE -> throw new IllegalArgumentException(args[0] + " is no peer");
        }
    }
}
