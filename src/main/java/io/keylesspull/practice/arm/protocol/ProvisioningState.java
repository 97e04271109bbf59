package io.keylesspull.practice.arm.protocol;

/** The state of a resource's last change: its {@code properties.provisioningState}. */
public enum ProvisioningState {
    ACCEPTED("Accepted"),
    CREATING("Creating"),
    UPDATING("Updating"),
    DELETING("Deleting"),
    SUCCEEDED("Succeeded"),
    FAILED("Failed");

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
