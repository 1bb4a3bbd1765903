package dev.weir.dispatch;

import dev.weir.permit.InboxMessage.Cancel;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cancels the open requests of an id; where none is open, the next one that comes. Every partition gets every cancel,
 * for nobody else knows where the id is. Threading: the task's stream thread.
 */
final class Cancels {
    private final Task task;
    private final Desk desk;

    Cancels(Task task, Desk desk) {
        this.task = task;
        this.desk = desk;
    }

    void take(Cancel cancel, long nowMillis) {
        String message = message(cancel.note());
        Set<Long> open = open(cancel.id(), nowMillis);
        for (long offset : open) {
            Entry entry = task.ledger().entry(offset);
            if (entry != null) {
                desk.apply(offset, task.lifecycle().cancelled(entry, message, nowMillis), nowMillis);
            }
        }
        if (!open.isEmpty()) {
            return;
        }
        if (isAnswered(cancel.id(), nowMillis)) {
            task.metrics().ignored("cancel_of_an_answered_request");
        } else {
            task.cancels().remember(cancel.id(), message, nowMillis);
        }
    }

    /** The offsets, followers before their leader, so that none of them asks in its place. */
    private Set<Long> open(String id, long nowMillis) {
        Set<Long> offsets = new LinkedHashSet<>();
        for (int redrive : task.ledger().redrives()) {
            Outcomes.Known known = task.outcomes().find(redrive + ":" + id, nowMillis);
            if (known instanceof Outcomes.Known.Open open && task.ledger().entry(open.leader()) != null) {
                offsets.addAll(task.ledger().followers(open.leader()));
                offsets.add(open.leader());
            }
        }
        Long byCoordinates = offset(id);
        if (byCoordinates != null && task.ledger().entry(byCoordinates) != null) {
            offsets.add(byCoordinates);
        }
        return offsets;
    }

    private boolean isAnswered(String id, long nowMillis) {
        return task.outcomes().find("0:" + id, nowMillis) instanceof Outcomes.Known.Done;
    }

    /** The offset in this partition that the id names by coordinates, or null. */
    private @Nullable Long offset(String id) {
        String here = task.settings().requestsTopic() + "-" + task.partition() + "-";
        if (!id.startsWith(here)) {
            return null;
        }
        try {
            long offset = Long.parseLong(id.substring(here.length()));
            return offset < 0 ? null : Long.valueOf(offset);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String message(@Nullable String note) {
        return note == null || note.isBlank() ? "cancelled on request" : "cancelled on request: " + note;
    }
}
