package io.keylesspull.practice.machine;

import java.util.List;
import java.util.Optional;

/** What {@code ~/.azure} holds for one unix user. */
final class AzureProfile {

    /**
     * @param query how the metadata service is told which identity ({@code &client_id=…}); empty for the only one
     * @param label what {@code az account show} calls it
     */
    record SignedIn(String query, String label, String tenantId, List<Subscription> subscriptions) {
    }

    record Subscription(String id, String name, String tenantId) {
    }

    private volatile SignedIn signedIn;
    private volatile String cloud = "AzureCloud";

    Optional<SignedIn> signedIn() {
        return Optional.ofNullable(signedIn);
    }

    void signIn(SignedIn as) {
        signedIn = as;
    }

    void signOut() {
        signedIn = null;
    }

    String cloud() {
        return cloud;
    }

    void cloud(String name) {
        cloud = name;
    }
}
