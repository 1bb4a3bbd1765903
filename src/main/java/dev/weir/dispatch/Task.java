package dev.weir.dispatch;

import dev.weir.event.EventFormat;
import dev.weir.event.SourceCoordinates;
import java.util.random.RandomGenerator;

/**
 * The parts of one dispatch task: one partition's state and its ways out. Threading: the task's stream thread.
 *
 * @param partition the requests partition
 * @param settings how dispatch works
 * @param lifecycle decides
 * @param ledger the open requests
 * @param outcomes the answered ids
 * @param cancels what was cancelled before it came
 * @param permits to admission
 * @param calls to Grok
 * @param handOver between owners of the partition
 * @param outputs to the topics
 * @param commits the thread's commits
 * @param metrics what is counted
 * @param random draws for jitter
 * @param format how events are read and written
 * @param blame whom a failure of the thread is put down to
 */
record Task(
        int partition,
        DispatchSettings settings,
        Lifecycle lifecycle,
        Ledger ledger,
        Outcomes outcomes,
        CancelMemory cancels,
        Permits permits,
        Calls calls,
        HandOver handOver,
        Outputs outputs,
        Commits commits,
        DispatchMetrics metrics,
        RandomGenerator random,
        EventFormat format,
        Blame blame) {
    /** Where the request stands. */
    SourceCoordinates source(long offset) {
        return new SourceCoordinates(settings.requestsTopic(), partition, offset);
    }
}
