package dev.weir.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What outlives the tasks of a requests partition. */
final class DispatchPartition {
    final int number;
    StoreContent entries = new StoreContent();
    StoreContent payloads = new StoreContent();
    StoreContent outcomes = new StoreContent();
    final Map<Broker.At, Long> committed = new HashMap<>();
    DispatchHost owner;

    DispatchPartition(int number) {
        this.number = number;
    }

    List<StoreContent> stores() {
        return List.of(entries, payloads, outcomes);
    }
}
