package dev.weir.deadletter;

/** Why a dead letter is not sent again. */
public enum SkipReason {
    /** Weir did not write it. */
    STRAY("stray", "not written by Weir"),
    /** It came back too often. */
    LOOP("loop", "sent again as often as --max-redrives allows"),
    /** This replay has sent it. */
    DONE("already_redriven", "this replay has sent it before"),
    /** Another replay has sent it. */
    REDRIVEN_BEFORE("redriven_before", "another replay has sent it; --again sends it once more"),
    /** The request had no value. */
    NO_VALUE("no_value", "the request had no value"),
    /** The value is not in the letter, and no longer where it came from. */
    ORIGINAL_GONE("original_gone", "too large for a dead letter, and retention has removed the request"),
    /** An edit cannot be made. */
    NOT_EDITABLE("not_editable", "--set cannot be applied"),
    /** It would be refused by the gateway again. */
    STILL_INVALID("still_invalid", "the gateway would refuse it again"),
    /** It is larger than the gateway takes. */
    TOO_LARGE("too_large", "larger than requests.max.bytes"),
    /** It could not start in time. */
    DEADLINE_PASSED("deadline_passed", "its deadline has passed; --deadline gives a new one"),
    /** The broker did not take it. */
    REFUSED("refused_by_broker", "the broker refused the record");

    private final String id;
    private final String explanation;

    SkipReason(String id, String explanation) {
        this.id = id;
        this.explanation = explanation;
    }

    /** The id in reports. */
    public String id() {
        return id;
    }

    /** Half a sentence for people. */
    public String explanation() {
        return explanation;
    }
}
