package dev.weir.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import org.apache.kafka.common.utils.Bytes;

/** What a store holds, with every write undoable until it is kept: outlives the drivers of its partition. */
final class StoreContent {
    private final TreeMap<Bytes, byte[]> entries = new TreeMap<>();
    private final Deque<Undo> undos = new ArrayDeque<>();
    private BinaryOperator<byte[]> onWrite = (key, value) -> value;
    private BiConsumer<Bytes, byte[]> watcher = (key, value) -> {};
    private long writes;

    private record Undo(Bytes key, byte[] before) {
        private static final byte[] NOTHING = new byte[0];
    }

    TreeMap<Bytes, byte[]> entries() {
        return entries;
    }

    /** From now on values are written as that makes them of key and value: a planted bug. */
    void onWrite(BinaryOperator<byte[]> change) {
        onWrite = change;
    }

    /** From now on every value is shown before it is written. */
    void watch(BiConsumer<Bytes, byte[]> newWatcher) {
        watcher = newWatcher;
    }

    /** A null value deletes. */
    byte[] put(Bytes key, byte[] value) {
        if (value != null) {
            watcher.accept(key, value);
        }
        byte[] before = value == null ? entries.remove(key) : entries.put(key, onWrite.apply(key.get(), value));
        undos.add(new Undo(key, before == null ? Undo.NOTHING : before));
        writes++;
        return before;
    }

    /** How many writes there were so far. */
    long writes() {
        return writes;
    }

    /** Everything so far stays. */
    void keep() {
        undos.clear();
    }

    /** Everything up to that write stays. */
    void keep(long upTo) {
        while (writes - undos.size() < upTo && !undos.isEmpty()) {
            undos.removeFirst();
        }
    }

    /** How many writes are not yet kept. */
    int unkept() {
        return undos.size();
    }

    /** Another content without the last writes, but so many of those that are not kept. */
    StoreContent copy(int remaining) {
        StoreContent copy = new StoreContent();
        copy.entries.putAll(entries);
        copy.undos.addAll(undos);
        copy.writes = writes;
        copy.rollBackTo(remaining);
        copy.keep();
        copy.onWrite = onWrite;
        copy.watcher = watcher;
        return copy;
    }

    /** Takes back the last writes until so many of those that are not kept remain. */
    void rollBackTo(int remaining) {
        while (undos.size() > remaining) {
            Undo undo = undos.removeLast();
            writes--;
            if (undo.before() == Undo.NOTHING) {
                entries.remove(undo.key());
            } else {
                entries.put(undo.key(), undo.before());
            }
        }
    }
}
