package dev.weir.simulator;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The models of the simulated Grok. */
final class Catalog {
    private static final GrokModel.Prices LARGE = new GrokModel.Prices(20_000, 5_000, 60_000);
    private static final GrokModel.Prices LARGE_OLD = new GrokModel.Prices(20_000, 3_000, 60_000);
    private static final GrokModel.Prices MEDIUM = new GrokModel.Prices(12_500, 2_000, 25_000);
    private static final GrokModel.Prices BUILD = new GrokModel.Prices(10_000, 2_000, 20_000);
    private static final Set<String> TO_XHIGH = Set.of("low", "medium", "high", "xhigh");
    private static final Set<String> TO_HIGH = Set.of("low", "medium", "high");
    private static final Set<String> FROM_NONE = Set.of("none", "low", "medium", "high");
    private static final List<String> RETIRED = List.of(
            "grok-3",
            "grok-4-0709",
            "grok-4-fast-reasoning",
            "grok-4-fast-non-reasoning",
            "grok-4-1-fast-reasoning",
            "grok-4-1-fast-non-reasoning");

    private static final List<GrokModel> MODELS = List.of(
            new GrokModel("grok-4.7", List.of(), 500_000, LARGE, TO_XHIGH, "high", false, 630),
            new GrokModel("grok-4.6", List.of(), 500_000, LARGE, TO_XHIGH, "high", false, 630),
            new GrokModel("grok-4.5", List.of(), 500_000, LARGE_OLD, TO_HIGH, "high", false, 630),
            new GrokModel("grok-4.3", RETIRED, 1_000_000, MEDIUM, FROM_NONE, "low", true, 180),
            new GrokModel(
                    "grok-4.20-0309-reasoning", List.of("grok-4.20"), 1_000_000, MEDIUM, Set.of(), "medium", true, 180),
            new GrokModel("grok-4.20-0309-non-reasoning", List.of(), 1_000_000, MEDIUM, Set.of(), "none", true, 180),
            new GrokModel(
                    "grok-build-0.1", List.of("grok-code-fast-1"), 256_000, BUILD, Set.of(), "medium", false, 180));

    private Catalog() {}

    static List<GrokModel> models() {
        return MODELS;
    }

    /** The model with an id or alias. */
    static Optional<GrokModel> find(String name) {
        return MODELS.stream()
                .filter(m -> m.id().equals(name) || m.aliases().contains(name))
                .findFirst();
    }
}
