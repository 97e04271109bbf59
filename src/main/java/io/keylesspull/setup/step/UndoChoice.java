package io.keylesspull.setup.step;

/**
 * Something on a machine that was there before a run, which undoing the run takes back only where it is asked to.
 *
 * @param machine the machine's name
 * @param what one kind of change that the run made there
 */
public record UndoChoice(String machine, What what) {

    /** In the order in which they are taken back. */
    public enum What {
        PULLED_IMAGES,
        /** The credential helper, and that Docker asks it. */
        CREDENTIAL_HELPER,
        /** The registry login in Docker's configuration and the sign-in of the Azure CLI. */
        SIGN_INS,
        /** The user's membership in the group docker. */
        GROUPS,
        SERVICES,
        /** Packages that the run installed, with the package source of the Azure CLI. */
        PACKAGES
    }
}
