package dev.weir.simulation;

import java.util.HashMap;
import java.util.Map;

/** What outlives the tasks of a requests partition. */
final class DispatchPartition {
    final int number;
    StoreContent ledger = new StoreContent();
    final Map<Broker.At, Long> committed = new HashMap<>();
    DispatchHost owner;

    DispatchPartition(int number) {
        this.number = number;
    }
}
