package dev.weir.retry;

import java.time.Duration;
import java.util.List;

/**
 * The delay tiers, shortest first. A tier is a durable log and a label: the exact due time travels in the record.
 *
 * @param tiers one or more, strictly growing
 */
public record DelayTiers(List<Tier> tiers) {
    /** Refuses an empty or unordered list. */
    public DelayTiers {
        tiers = List.copyOf(tiers);
        if (tiers.isEmpty()) {
            throw new IllegalArgumentException("retry.tiers is empty; name at least one delay, such as 1s");
        }
        for (int i = 1; i < tiers.size(); i++) {
            if (tiers.get(i).delay().compareTo(tiers.get(i - 1).delay()) <= 0) {
                throw new IllegalArgumentException(
                        "retry.tiers: " + tiers.get(i).name() + " stands behind "
                                + tiers.get(i - 1).name() + "; list the delays in growing order");
            }
        }
    }

    /** The shortest tier that covers the delay, else the longest. */
    public Tier cover(Duration delay) {
        return tiers.stream()
                .filter(tier -> tier.delay().compareTo(delay) >= 0)
                .findFirst()
                .orElse(tiers.get(tiers.size() - 1));
    }
}
