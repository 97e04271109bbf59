package io.keylesspull.setup.step;

/**
 * A question before an undo: one kind of change, on a machine that existed before the run, that is undone only if the
 * user says so.
 *
 * @param machine the machine's name
 * @param what the kind of change that the run made there
 */
public record UndoChoice(String machine, What what) {

    /** In the order in which they are undone. */
    public enum What {
        PULLED_IMAGES,
        /** The credential helper, and Docker's entries for it. */
        CREDENTIAL_HELPER,
        /** The registry login in Docker's configuration and the sign-in of the Azure CLI. */
        SIGN_INS,
        /** The user's membership in the group docker. */
        GROUPS,
        SERVICES,
        /** Packages that the run installed, with the package source of the Azure CLI. */
        PACKAGES,
        /** That the machine runs, which was stopped. */
        POWER
    }
}
