package dev.weir.admission;

import dev.weir.client.AfterAcks;
import dev.weir.client.AfterCommit;
import dev.weir.client.IdlePolls;
import dev.weir.client.InboxSender;
import dev.weir.permit.InboxMessage;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** Acknowledges and commits when told, and keeps what is sent. */
final class FakeHooks implements AfterAcks, AfterCommit, InboxSender, IdlePolls {
    record Sent(int partition, InboxMessage.Grant grant) {}

    final List<Sent> sent = new ArrayList<>();
    final List<InboxMessage.Refusal> refusals = new ArrayList<>();
    final List<InboxMessage.Outdated> outdated = new ArrayList<>();
    long steadyMillis;
    boolean acknowledging = true;
    boolean idle = true;
    private final List<Runnable> awaitingAcks = new ArrayList<>();
    private final List<Runnable> awaitingCommit = new ArrayList<>();

    @Override
    public void afterAcks(Runnable action) {
        if (acknowledging) {
            action.run();
        } else {
            awaitingAcks.add(action);
        }
    }

    @Override
    public void afterCommit(Runnable action) {
        awaitingCommit.add(action);
    }

    @Override
    public void send(int partition, List<InboxMessage> messages) {
        messages.forEach(message -> keep(partition, message));
    }

    private void keep(int partition, InboxMessage message) {
        if (message instanceof InboxMessage.Grant grant) {
            sent.add(new Sent(partition, grant));
        } else if (message instanceof InboxMessage.Refusal refusal) {
            refusals.add(refusal);
        } else {
            outdated.add((InboxMessage.Outdated) message);
        }
    }

    @Override
    public void idle(Object task, boolean nowIdle) {
        idle = nowIdle;
    }

    void acknowledge() {
        List<Runnable> now = List.copyOf(awaitingAcks);
        awaitingAcks.clear();
        now.forEach(Runnable::run);
    }

    void commit() {
        List<Runnable> now = List.copyOf(awaitingCommit);
        awaitingCommit.clear();
        now.forEach(Runnable::run);
    }

    /** The offsets of the grants sent since the last call. */
    List<Long> takeOffsets() {
        List<Long> offsets =
                sent.stream().map(each -> each.grant().key().offset()).toList();
        sent.clear();
        return offsets;
    }

    AdmissionParameters parameters(AdmissionSettings settings, AdmissionMetrics metrics) {
        return new AdmissionParameters(
                settings,
                this,
                this,
                this,
                this,
                id -> 3,
                ProcessorContext::currentSystemTimeMs,
                () -> steadyMillis * 1_000,
                () -> 0.5,
                metrics);
    }
}
