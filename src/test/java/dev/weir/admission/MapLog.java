package dev.weir.admission;

import dev.weir.permit.LeaseKey;
import java.util.LinkedHashMap;
import java.util.Map;

/** A log that keeps the last of each, as the store does. */
final class MapLog implements PermitLog {
    private record Place(String scope, LeaseKey key) {}

    private final Map<Place, PermitEntry> permits = new LinkedHashMap<>();
    private final Map<String, Pause> pauses = new LinkedHashMap<>();
    private final Map<String, long[]> memories = new LinkedHashMap<>();
    private final Map<Integer, Origins.Mark> marks = new LinkedHashMap<>();

    @Override
    public void put(String scope, LeaseKey key, PermitEntry entry) {
        permits.put(new Place(scope, key), entry);
    }

    @Override
    public void delete(String scope, LeaseKey key) {
        permits.remove(new Place(scope, key));
    }

    @Override
    public void put(String scope, Pause pause) {
        pauses.put(scope, pause);
    }

    @Override
    public void put(int origin, Origins.Mark mark) {
        marks.put(origin, mark);
    }

    @Override
    public void remember(String scope, String what, long... numbers) {
        if (numbers.length == 0) {
            memories.remove(scope + "/" + what);
        } else {
            memories.put(scope + "/" + what, numbers);
        }
    }

    int size() {
        return permits.size();
    }

    MapLog copy() {
        MapLog copy = new MapLog();
        copy.permits.putAll(permits);
        copy.pauses.putAll(pauses);
        copy.memories.putAll(memories);
        copy.marks.putAll(marks);
        return copy;
    }

    /** A successor that has read all of this and goes on writing here. */
    Admission successor(AdmissionSettings settings, long nowMillis) {
        Admission next = new Admission(settings, this);
        permits.forEach((place, entry) -> next.restore(place.scope(), place.key(), entry, nowMillis));
        pauses.forEach((scope, pause) -> next.restore(scope, pause, nowMillis));
        memories.forEach((key, numbers) -> {
            int slash = key.indexOf('/');
            next.restore(key.substring(0, slash), key.substring(slash + 1), numbers, nowMillis);
        });
        marks.forEach(next::restore);
        next.restored();
        return next;
    }
}
