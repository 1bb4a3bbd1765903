package dev.weir.permit;

/** How a permit ended, as far as admission cares. */
public enum CallEnd {
    /** Grok answered, well or with a fatal refusal: the scope works. */
    ANSWERED,
    /** 429 for rate or capacity. */
    THROTTLED,
    /** Server error, broken connection or time-out. */
    TRANSIENT,
    /** Key or credits. */
    HALTED,
    /** No call was sent: the slot returns unused. */
    UNUSED
}
