package dev.weir.grok;

import dev.weir.event.Reason;
import dev.weir.event.StopClass;

/** What an error means: its class and its reason. */
record Verdict(StopClass stopClass, Reason reason) {
    static Verdict throttled(Reason reason) {
        return new Verdict(StopClass.THROTTLED, reason);
    }

    static Verdict transientStop(Reason reason) {
        return new Verdict(StopClass.TRANSIENT, reason);
    }

    static Verdict fatal(Reason reason) {
        return new Verdict(StopClass.FATAL, reason);
    }

    static Verdict halted(Reason reason) {
        return new Verdict(StopClass.HALTED, reason);
    }
}
