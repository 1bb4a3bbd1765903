package dev.weir.dispatch;

/**
 * Whether this task still owns its partition when it hears of a newer epoch: it may have stood still while another took
 * over, and would silence that one by a yet newer epoch. A commit that is made after it heard proves that it is the
 * owner; one of a former owner fails. Threading: the task's stream thread.
 */
final class OwnerProof {
    private final Commits commits;
    private State state = State.UNASKED;

    private enum State {
        UNASKED,
        ASKED,
        PROVEN
    }

    OwnerProof(Commits commits) {
        this.commits = commits;
    }

    /** Asks for the proof, and tells whether it has come. */
    boolean holds() {
        if (state == State.UNASKED) {
            state = State.ASKED;
            commits.after(() -> state = State.PROVEN);
        }
        if (state == State.ASKED) {
            commits.request();
        }
        return state == State.PROVEN;
    }

    /** The proof was used: what is heard from now on needs another. */
    void use() {
        state = State.UNASKED;
    }
}
