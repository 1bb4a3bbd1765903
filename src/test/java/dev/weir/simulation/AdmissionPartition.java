package dev.weir.simulation;

import java.util.HashMap;
import java.util.Map;

/** What outlives the tasks of an asks partition. */
final class AdmissionPartition {
    final int number;
    StoreContent permits = new StoreContent();
    final Map<Broker.At, Long> committed = new HashMap<>();
    AdmissionHost owner;

    AdmissionPartition(int number) {
        this.number = number;
    }
}
