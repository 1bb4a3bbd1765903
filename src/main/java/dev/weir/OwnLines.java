package dev.weir;

import dev.weir.admission.AdmissionSupplier;
import dev.weir.admission.WaitingLines;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The lines of the scopes that this process owns, none while its tasks come or go. Threading: any. */
final class OwnLines implements Supplier<Map<String, List<String>>> {
    private final KafkaStreams admission;
    private final WaitingLines lines;

    OwnLines(KafkaStreams admission, WaitingLines lines) {
        this.admission = admission;
        this.lines = lines;
    }

    @Override
    public Map<String, List<String>> get() {
        try {
            ReadOnlyKeyValueStore<Bytes, byte[]> store = admission.store(StoreQueryParameters.fromNameAndType(
                    AdmissionSupplier.STORE, QueryableStoreTypes.<Bytes, byte[]>keyValueStore()));
            return lines.read(store);
        } catch (InvalidStateStoreException e) {
            return Map.of();
        }
    }
}
