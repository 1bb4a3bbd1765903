package dev.weir.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One life of a task in a process, on a stream thread of its own: polls, ticks and commits in virtual time. Between two
 * commits nothing that the task did is certain.
 */
abstract class Host {
    private static final long NEVER = Long.MAX_VALUE;

    final Timeline timeline;
    final Broker broker;
    final SimProcess process;
    final int partition;
    private final Map<Broker.At, Long> committed;
    private final Map<Broker.At, Long> positions = new HashMap<>();
    private final Deque<Runnable> afterCommit = new ArrayDeque<>();
    private final long commitIntervalMicros;
    private TaskDriver driver;
    private boolean running = true;
    private boolean fenced;
    private boolean blocked;
    private boolean hooksDue;
    private boolean pollPlanned;
    private boolean commitPlanned;
    private boolean dirty;
    private long wakeAtMicros = NEVER;
    private long wakes;

    Host(SimProcess process, int partition, Parts parts, Map<Broker.At, Long> committed, long commitIntervalMicros) {
        this.timeline = parts.timeline();
        this.broker = parts.broker();
        this.process = process;
        this.partition = partition;
        this.committed = committed;
        this.positions.putAll(committed);
        this.commitIntervalMicros = commitIntervalMicros;
    }

    /** What every host works with. */
    record Parts(Timeline timeline, Broker broker) {}

    /** Begins to work. */
    final void start(TaskDriver newDriver) {
        driver = newDriver;
        for (Broker.At source : sources()) {
            broker.reader(source.topic(), source.partition(), this::kick);
        }
        kick();
        planWake();
    }

    final TaskDriver driver() {
        return driver;
    }

    /** Whether it runs, and nobody else has its partition. */
    final boolean isRunning() {
        return running && !fenced;
    }

    /** Somebody else gets the partition, as it was committed; the host does not know it and may run on for a while. */
    final void fence() {
        fenced = true;
        leaveDurable();
    }

    /** Whether it runs, though somebody else has its partition. */
    final boolean isZombie() {
        return running && fenced;
    }

    /** Learns that it is fenced. */
    final void learnThatFenced() {
        if (running) {
            abort();
        }
    }

    /** From now on the partition's state is what is durable; the host's own goes its own way. */
    abstract void leaveDurable();

    /** Whether it is in the middle of a commit. */
    final boolean isBlocked() {
        return blocked;
    }

    /** What it reads, the most urgent first. */
    abstract List<Broker.At> sources();

    /** Work was done that is not committed; here it can be looked at. */
    abstract void worked(List<TaskDriver.Written> written);

    /** The commit is durable. */
    abstract void durable();

    /** What was done since the last commit is undone. */
    abstract void undone(boolean processDied);

    final void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    /** There may be something to read. */
    final void kick() {
        if (running && !blocked && !pollPlanned) {
            pollPlanned = true;
            process.in(timeline.between(50, 1_500), this::poll);
        }
    }

    private void poll() {
        pollPlanned = false;
        if (!running || blocked) {
            return;
        }
        Broker.At source = readable();
        if (source == null) {
            return;
        }
        driver.advanceTo(process.wallMillis());
        long offset = positions.getOrDefault(source, 0L);
        positions.put(source, offset + 1);
        LogRecord entry = broker.log(source.topic(), source.partition()).get((int) offset);
        timeline.note(process.name(), source.topic(), source.partition(), offset);
        timeline.trace(() -> process.name() + " reads " + source + "@" + offset + " " + entry);
        driver.process(new TaskDriver.Place(source.topic(), source.partition(), offset), entry);
        afterWork();
        kick();
    }

    /** Mostly the first source that has something, as its records rank first among those that were fetched. */
    private Broker.At readable() {
        Broker.At chosen = null;
        for (Broker.At source : sources()) {
            if (positions.getOrDefault(source, 0L)
                    < broker.log(source.topic(), source.partition()).size()) {
                if (chosen == null) {
                    chosen = source;
                } else if (timeline.chance(0.2)) {
                    return source;
                }
            }
        }
        return chosen;
    }

    private void wake(long number) {
        if (!running || blocked || number != wakes) {
            return;
        }
        wakeAtMicros = NEVER;
        driver.advanceTo(process.wallMillis());
        afterWork();
    }

    private void afterWork() {
        dirty = true;
        worked(driver.takeWritten());
        if (!commitPlanned) {
            commitPlanned = true;
            process.in(commitIntervalMicros, this::commitByInterval);
        }
        if (driver.takeCommitWanted() || !afterCommit.isEmpty() && timeline.chance(0.3)) {
            commit();
        }
        planWake();
    }

    private void commitByInterval() {
        commitPlanned = false;
        if (running && !blocked && dirty) {
            commit();
        }
    }

    private void commit() {
        if (blocked) {
            return;
        }
        blocked = true;
        process.in(timeline.between(500, 15_000), () -> {
            if (running && fenced) {
                abort();
            } else if (running) {
                commitIsDurable();
                process.in(timeline.between(0, 500), this::unblock);
            }
        });
    }

    private void commitIsDurable() {
        committed.clear();
        committed.putAll(positions);
        dirty = false;
        hooksDue = true;
        timeline.trace(() -> process.name() + " " + this + " has committed");
        durable();
    }

    private void unblock() {
        if (!running) {
            return;
        }
        blocked = false;
        runHooks();
        kick();
        planWake();
    }

    private void runHooks() {
        hooksDue = false;
        List<Runnable> now = List.copyOf(afterCommit);
        afterCommit.clear();
        now.forEach(Runnable::run);
    }

    /** Plans the next tick anew: the plan or the clock has changed. */
    final void planWake() {
        OptionalLong due = driver.nextTickMillis();
        if (!running || blocked || due.isEmpty()) {
            return;
        }
        long at = Math.max(timeline.nowMicros(), process.microsAtWall(due.getAsLong()));
        if (at != wakeAtMicros) {
            wakeAtMicros = at;
            long number = ++wakes;
            process.in(at - timeline.nowMicros() + timeline.between(0, 1_000), () -> wake(number));
        }
    }

    /** The task is taken away in good order: commits, then says what it leaves. */
    final void leave() {
        if (!blocked) {
            driver.takeCommitWanted();
            worked(driver.takeWritten());
        }
        commitIsDurable();
        runHooks();
        running = false;
        driver.close();
    }

    /** The task ends without a commit, though its process lives on. */
    final void abort() {
        if (hooksDue) {
            runHooks();
        }
        running = false;
        afterCommit.clear();
        undone(false);
        driver.close();
    }

    /** The process is gone. */
    final void die() {
        running = false;
        undone(true);
        driver.die();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "-" + partition;
    }
}
