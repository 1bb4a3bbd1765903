package dev.weir.dispatch;

/** Changes ledger entries as a bug would: for tests that must find it. */
public final class EntrySurgery {
    private EntrySurgery() {}

    /** The same entry, due at once if it was put off. */
    public static byte[] withoutDueTime(byte[] stored) {
        if (stored.length == Long.BYTES) {
            return stored;
        }
        Entry entry = EntryCodec.decodeEntry(stored);
        Status status = entry.status();
        if (status instanceof Status.Retrying retrying) {
            return EntryCodec.encode(entry.move(
                    new Status.Retrying(0, retrying.cancelled()),
                    entry.progress().sinceMillis()));
        }
        return stored;
    }
}
