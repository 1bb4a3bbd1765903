package dev.weir.admission;

import dev.weir.event.Priority;
import dev.weir.permit.LeaseKey;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Who is next of a tenant: one leaves the line and another comes, so that their number stays. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RankingBenchmark {
    /** How many wait. */
    @Param({"1000", "100000", "1000000"})
    public int waiting;

    private final SplittableRandom random = new SplittableRandom(1);
    private final Tenant tenant = new Tenant("tenant-1", Crowd.settings());
    private long arrival;

    /** Fills the line. */
    @Setup
    public void fill() {
        for (int i = 0; i < waiting; i++) {
            come();
        }
    }

    /** The next one leaves. */
    @Benchmark
    public Object serve() {
        Permit next = tenant.next(Lanes.ALL).orElseThrow();
        Priority priority = ReleaseOrder.queued(next).priority();
        tenant.order.remove(next);
        tenant.granted(priority, 20_000);
        tenant.count(priority, -1);
        come();
        return next;
    }

    private void come() {
        Priority priority = Priority.values()[random.nextInt(Priority.values().length)];
        Demand demand = new Demand("grok-4.5", "tenant-1", 1_024, Demand.UNBOUNDED, RequestWindow.NEVER, false);
        // Received about in the order of arrival, as from several partitions.
        long received = arrival + random.nextInt(100);
        PermitState.Queued queued = new PermitState.Queued(priority, received, arrival, demand);
        Permit permit = new Permit(new LeaseKey(0, arrival++, 1), new PermitEntry(1, queued));
        tenant.order.add(permit);
        tenant.count(priority, 1);
    }
}
