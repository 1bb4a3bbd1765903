package dev.weir.dispatch;

import dev.weir.permit.InboxMessage.Cancel;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cancels the open requests of an id, whoever gave it out; where none is open, the next one that comes. Every partition
 * gets every cancel, for nobody else knows where the id is. Threading: the task's stream thread.
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
        Set<Long> open = open(cancel.id());
        for (long offset : open) {
            Entry entry = task.ledger().entry(offset);
            if (entry != null) {
                desk.apply(offset, task.lifecycle().cancelled(entry, message, nowMillis), nowMillis);
            }
        }
        if (!open.isEmpty()) {
            return;
        }
        if (task.outcomes().isAnswered(0, cancel.id(), nowMillis)) {
            task.metrics().ignored("cancel_of_an_answered_request");
        } else {
            task.cancels().remember(cancel.id(), message, nowMillis);
        }
    }

    /** The offsets, followers before their leader, so that none of them asks in its place. */
    private Set<Long> open(String id) {
        Set<Long> offsets = new LinkedHashSet<>();
        for (int redrive : task.ledger().redrives()) {
            for (long leader : task.outcomes().openOf(redrive, id)) {
                if (task.ledger().entry(leader) != null) {
                    offsets.addAll(task.ledger().followers(leader));
                    offsets.add(leader);
                }
            }
        }
        Long byCoordinates = offset(id);
        if (byCoordinates != null && task.ledger().entry(byCoordinates) != null) {
            offsets.add(byCoordinates);
        }
        return offsets;
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
