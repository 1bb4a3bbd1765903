package dev.weir.simulation;

import dev.weir.event.GrokResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All that a run leaves to judge it by. */
final class History {
    private static final long LASTING_MICROS = 30_000_000;

    final List<Published> published = new ArrayList<>();
    final List<GrokResponse> responses = new ArrayList<>();
    final List<String> deadLetters = new ArrayList<>();
    final List<Retry> retries = new ArrayList<>();
    final Set<String> cancelledIds = new LinkedHashSet<>();
    final List<String> notAtRest = new ArrayList<>();
    final List<Disturbance> disturbances = new ArrayList<>();
    List<SeenCall> calls = List.of();
    Set<String> unreached = Set.of();
    Weather weather = new Weather();
    boolean crashed;
    long clockSlackMillis;
    boolean lostMessages;
    boolean finished;
    long endedMicros;
    long fingerprint;

    /** Whether anything befell the fleet in that time, or so shortly before that it may still have lasted. */
    boolean disturbedBetween(long fromMicros, long toMicros) {
        return disturbances.stream()
                .anyMatch(each -> each.atMicros() > fromMicros - LASTING_MICROS && each.atMicros() < toMicros);
    }

    /** Something that befell the fleet. */
    record Disturbance(String what, long atMicros) {
        @Override
        public String toString() {
            return "%s at %.3f s".formatted(what, atMicros / 1e6);
        }
    }

    /** A committed retry record: that try may not start earlier. */
    record Retry(String source, int tryNumber, long notBeforeMillis) {}
}
