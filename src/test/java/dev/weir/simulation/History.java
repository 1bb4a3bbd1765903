package dev.weir.simulation;

import dev.weir.event.GrokResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All that a run leaves to judge it by. */
final class History {
    final List<Published> published = new ArrayList<>();
    final List<GrokResponse> responses = new ArrayList<>();
    final List<String> deadLetters = new ArrayList<>();
    final List<Retry> retries = new ArrayList<>();
    final Set<String> cancelledIds = new LinkedHashSet<>();
    final List<String> notAtRest = new ArrayList<>();
    final List<String> disturbances = new ArrayList<>();
    List<SeenCall> calls = List.of();
    Weather weather = new Weather();
    boolean crashed;
    long clockSlackMillis;
    boolean lostMessages;
    boolean finished;
    long endedMicros;
    long fingerprint;

    /** A committed retry record: that try may not start earlier. */
    record Retry(String source, int tryNumber, long notBeforeMillis) {}
}
