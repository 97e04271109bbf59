package io.keylesspull.ui.shell;

/** The wizard's pages, in their order. */
enum WizardStep implements PageName {
    SIGN_IN,
    REGISTRY,
    TARGETS,
    IDENTITY,
    REVIEW,
    RUN,
    DONE;

    boolean isBefore(WizardStep other) {
        return compareTo(other) < 0;
    }

    /** The one after this one. Not for the last. */
    WizardStep next() {
        return values()[ordinal() + 1];
    }

    /** The one before this one. Not for the first. */
    WizardStep previous() {
        return values()[ordinal() - 1];
    }
}
