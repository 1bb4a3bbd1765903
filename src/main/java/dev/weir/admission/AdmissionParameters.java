package dev.weir.admission;

import dev.weir.client.AfterAcks;
import dev.weir.client.AfterCommit;
import dev.weir.client.IdlePolls;
import dev.weir.client.InboxSender;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * What an admission task works with. Shared by all tasks of a process.
 *
 * @param settings how it decides
 * @param afterAcks runs the sending of grants once their leases are durable
 * @param afterCommit runs what waits for a commit
 * @param inbox where grants go
 * @param idlePolls told when no ticks are needed
 * @param partition the asks partition of a task, {@code TaskId::partition} outside of simulations
 * @param wallMillis the wall clock of a task, {@code currentSystemTimeMs} where that follows it: what a former owner
 *     stored is read by it, and the time of Streams may be ahead of it
 * @param steadyMicros a monotonic clock in microseconds
 * @param draw uniform draws from [0, 1); called on every stream thread
 * @param metrics the meters
 */
public record AdmissionParameters(
        AdmissionSettings settings,
        AfterAcks afterAcks,
        AfterCommit afterCommit,
        InboxSender inbox,
        IdlePolls idlePolls,
        ToIntFunction<TaskId> partition,
        ToLongFunction<ProcessorContext<?, ?>> wallMillis,
        LongSupplier steadyMicros,
        DoubleSupplier draw,
        AdmissionMetrics metrics) {}
