package io.keylesspull.practice.arm.protocol;

/** How the last change of a resource goes: its {@code properties.provisioningState}. */
public enum ProvisioningState {

    CREATING("Creating"), UPDATING("Updating"), DELETING("Deleting"), SUCCEEDED("Succeeded"), FAILED("Failed");

    private final String text;

    ProvisioningState(String text) {
        this.text = text;
    }

    /** As Azure writes it. */
    @Override
    public String toString() {
        return text;
    }
}
