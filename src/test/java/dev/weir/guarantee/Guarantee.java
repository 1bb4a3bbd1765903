package dev.weir.guarantee;

import java.util.List;

/** Something that must hold whatever happened. Pure. */
@FunctionalInterface
public interface Guarantee {
    /** How it is broken, one line each; empty when it holds. */
    List<String> violations(Evidence evidence);
}
