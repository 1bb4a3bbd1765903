package dev.weir.event;

/** Who can cure an error. */
public enum Owner {
    /** Whoever published the request. */
    REQUESTER("requester"),
    /** Whoever runs this gateway. */
    WEIR("weir"),
    /** The provider. */
    GROK("grok");

    private final String wireName;

    Owner(String wireName) {
        this.wireName = wireName;
    }

    /** The name in response events. */
    public String wireName() {
        return wireName;
    }
}
