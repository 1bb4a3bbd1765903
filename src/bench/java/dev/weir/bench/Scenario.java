package dev.weir.bench;

import java.util.Map;
import java.util.function.Function;

/** A question to a contestant. */
enum Scenario {
    /** From the start of the process to the first answer. */
    START("start", Who.ALL, Setup::open, Start::measure),
    /** What Weir or a peer adds to the provider's time at a fixed rate. */
    OVERHEAD("overhead", Who.ALL, Setup::open, Overhead::measure),
    /** Answers per second from a backlog, with as many calls in flight as allowed. */
    DRAIN("drain", Who.ALL, Setup::open, Drain::measure),
    /** What a contestant without work uses. */
    IDLE("idle", Who.ALL, Setup::open, Idle::measure),
    /** How much of a quota is used under a backlog, and how often it is exceeded. */
    QUOTA("quota", Who.WEIR, Setup::quota, QuotaUse::measure),
    /** How long critical requests wait while others ask for three times the quota. */
    PRIORITY("priority", Who.WEIR, Setup::overload, Priorities::measure),
    /** A drain of bodies of 200 KB. */
    LARGE("large", Who.ALL, Setup::large, Drain::large),
    /** Very many calls in flight in one process, with a provider that takes long. */
    IN_FLIGHT("in-flight", Who.NON_BLOCKING, Setup::slow, InFlight::measure),
    /** The process is killed under a backlog and started again. */
    RESTART("restart", Who.WEIR, Setup::killed, Kills::restart),
    /** One of two processes is killed under a backlog. */
    FAILOVER("failover", Who.WEIR, Setup::fleet, Kills::failover),
    /** What those that wait cost, the more of them there are. */
    WAITING("waiting", Who.WEIR, Setup::backlog, Waiting::measure);

    private final String id;
    private final Who who;
    private final Function<Options, Setup> setup;
    private final Question question;

    Scenario(String id, Who who, Function<Options, Setup> setup, Question question) {
        this.id = id;
        this.who = who;
        this.setup = setup;
        this.question = question;
    }

    /** To whom it makes sense. */
    private enum Who {
        /** To all. */
        ALL,
        /** To those that need no thread for a call. */
        NON_BLOCKING,
        /** To those that know quotas, and have a state to lose. */
        WEIR
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

    /** Whether broker, simulator and load, which are warm later, would be to the first contestant's disadvantage. */
    boolean isOfSpeed() {
        return this == OVERHEAD || this == DRAIN || this == PRIORITY || this == LARGE;
    }

    boolean suits(Contestant contestant) {
        return switch (who) {
            case ALL -> true;
            case NON_BLOCKING -> contestant.kind() != Contestant.Kind.BLOCKING_POOL;
            case WEIR -> contestant.kind().isWeir();
        };
    }

    Setup setup(Options options) {
        return setup.apply(options);
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
