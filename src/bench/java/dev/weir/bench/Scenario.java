package dev.weir.bench;

import java.util.Map;

/** A question to a contestant. */
enum Scenario {
    /** From the start of the process to the first answer. */
    START("start", false, session -> Map.of("seconds", session.startSeconds())),
    /** What Weir or a peer adds to the provider's time at a fixed rate. */
    OVERHEAD("overhead", false, Overhead::measure),
    /** Answers per second from a backlog, with as many calls in flight as allowed. */
    DRAIN("drain", false, Drain::measure),
    /** What a contestant without work uses. */
    IDLE("idle", false, Idle::measure),
    /** How much of a quota is used under a backlog, and how often it is exceeded. */
    QUOTA("quota", true, QuotaUse::measure);

    private final String id;
    private final boolean limited;
    private final Question question;

    Scenario(String id, boolean limited, Question question) {
        this.id = id;
        this.limited = limited;
        this.question = question;
    }

    /** Asks it. */
    @FunctionalInterface
    interface Question {
        /** The figures by name. */
        Map<String, Double> ask(Session session) throws InterruptedException;
    }

    String id() {
        return id;
    }

    /** Whether the simulator enforces a quota; such a scenario is for those only that know one. */
    boolean limited() {
        return limited;
    }

    Map<String, Double> ask(Session session) throws InterruptedException {
        return question.ask(session);
    }

    static Scenario of(String id) {
        for (Scenario scenario : values()) {
            if (scenario.id.equals(id)) {
                return scenario;
            }
        }
        throw new IllegalArgumentException("scenario '" + id + "' is unknown, expected one of "
                + java.util.Arrays.stream(values()).map(Scenario::id).toList());
    }
}
