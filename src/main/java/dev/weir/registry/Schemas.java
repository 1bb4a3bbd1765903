package dev.weir.registry;

import dev.weir.registry.RegistryAnswer.Found;
import dev.weir.registry.RegistryAnswer.Refused;
import dev.weir.registry.RegistryAnswer.Unavailable;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What values name as their schema, remembered; fetched on a thread of its own, so that whoever reads values never
 * waits for the registry. What was found is kept for good, since ids never change their meaning; a refusal for a
 * minute, as a schema may be registered late; a failure for a second.
 *
 * <p>Threading: {@link #find} from any thread, it does not block.
 *
 * @param <T> what is made of a schema, once
 */
public final class Schemas<T> implements AutoCloseable {
    private static final Duration REFUSAL = Duration.ofMinutes(1);
    private static final Duration FAILURE = Duration.ofSeconds(1);

    /** Unknown ids are cheap to make up, so there is an end to what is remembered of them. */
    private static final int MAX_KNOWN = 10_000;

    private static final int MAX_WAITING = 1_000;

    private final Function<SchemaRef, RegistryAnswer<T>> source;
    private final LongSupplier nanoTime;
    private final Map<SchemaRef, Known<T>> known = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor fetcher =
            new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(MAX_WAITING), task -> {
                Thread thread = new Thread(task, "weir-schemas");
                thread.setDaemon(true);
                return thread;
            });
    private volatile Optional<String> failure = Optional.empty();

    private record Known<T>(RegistryAnswer<T> answer, boolean fetching, long atNanos) {}

    /**
     * Remembers what the source answers.
     *
     * @param source asks the registry and may block
     * @param nanoTime a clock such as {@code System::nanoTime}
     */
    public Schemas(Function<SchemaRef, RegistryAnswer<T>> source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
        fetcher.allowCoreThreadTimeOut(true);
    }

    /** What is known now; an answer that is missing or old is being fetched from now on. */
    public RegistryAnswer<T> find(SchemaRef ref) {
        Known<T> now = known.get(ref);
        if (now != null && (now.fetching() || !isOld(now))) {
            return now.answer();
        }
        RegistryAnswer<T> meanwhile = now == null || now.answer() instanceof Refused
                ? new Unavailable<>(ref + " is being fetched")
                : now.answer();
        Known<T> asking = new Known<>(meanwhile, true, nanoTime.getAsLong());
        boolean first = now == null ? known.putIfAbsent(ref, asking) == null : known.replace(ref, now, asking);
        if (first) {
            fetch(ref);
        }
        return meanwhile;
    }

    /** Why the registry could not answer when it was asked last; empty if it could, or was not asked. */
    public Optional<String> failure() {
        return failure;
    }

    private void fetch(SchemaRef ref) {
        if (known.size() > MAX_KNOWN) {
            known.values().removeIf(each -> !(each.answer() instanceof Found) && !each.fetching());
        }
        try {
            fetcher.execute(() -> {
                RegistryAnswer<T> answer = ask(ref);
                failure = answer instanceof Unavailable<T> down ? Optional.of(down.message()) : Optional.empty();
                known.put(ref, new Known<>(answer, false, nanoTime.getAsLong()));
            });
        } catch (RejectedExecutionException e) {
            known.remove(ref);
        }
    }

    private RegistryAnswer<T> ask(SchemaRef ref) {
        try {
            return source.apply(ref);
        } catch (RuntimeException e) {
            return new Unavailable<>(ref + " could not be read: " + e);
        }
    }

    private boolean isOld(Known<T> now) {
        if (now.answer() instanceof Found) {
            return false;
        }
        Duration keep = now.answer() instanceof Refused ? REFUSAL : FAILURE;
        return nanoTime.getAsLong() - now.atNanos() >= keep.toNanos();
    }

    @Override
    public void close() {
        fetcher.shutdownNow();
    }
}
