package dev.weir.event;

/** Why a record is no request; ends the reading of it. */
final class Defect extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    Defect(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }

    /** Names the field, the value and the cure. */
    String text() {
        return String.valueOf(getMessage());
    }
}
