package io.keylesspull.ui.shell;

/** The wizard's pages, in their order. */
enum WizardStep {
    SIGN_IN, REGISTRY, MACHINES, IDENTITY, REVIEW, RUN, DONE
}
