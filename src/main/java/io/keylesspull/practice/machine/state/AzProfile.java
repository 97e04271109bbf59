package io.keylesspull.practice.machine.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code ~/.azure} for one Unix user: an account for each subscription that any sign-in found. Behaves
 * as the Azure CLI's {@code Profile}: a sign-in takes over what others found before it.
 */
public final class AzProfile {

    /**
     * @param query selects the identity at the metadata service ({@code &client_id=…}); empty for the only one
     * @param label what {@code az account show} calls it
     */
    public record SignedIn(String query, String label, String tenantId, List<Subscription> subscriptions) {

        /** The name for {@code az logout --username}: every user-assigned identity has the same. */
        public String userName() {
            return query.isEmpty() ? "systemAssignedIdentity" : "userAssignedIdentity";
        }
    }

    public record Subscription(String id, String name, String tenantId) {

        /** The CLI's entry for a tenant in which the identity sees no subscription. */
        static Subscription tenantLevel(String tenantId) {
            return new Subscription(tenantId, "N/A(tenant level account)", tenantId);
        }
    }

    /** @param as with this subscription alone; without any for a tenant level account */
    public record Entry(SignedIn as, Subscription subscription) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private @Nullable String active;
    private String cloud = "AzureCloud";

    /** The default account's identity; empty if nobody is signed in, or the default account has signed out. */
    public synchronized Optional<SignedIn> signedIn() {
        return Optional.ofNullable(entries.get(active)).map(Entry::as);
    }

    public synchronized List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    public synchronized boolean isDefault(Entry entry) {
        return entry.subscription().id().equals(active);
    }

    public synchronized void signIn(SignedIn as) {
        List<Subscription> found =
                as.subscriptions().isEmpty() ? List.of(Subscription.tenantLevel(as.tenantId())) : as.subscriptions();
        for (Subscription one : found) {
            List<Subscription> seen = as.subscriptions().isEmpty() ? List.of() : List.of(one);
            entries.put(one.id(), new Entry(new SignedIn(as.query(), as.label(), as.tenantId(), seen), one));
        }
        if (found.stream().noneMatch(s -> s.id().equals(active))) {
            active = found.get(0).id();
        }
    }

    public synchronized void signOut(String userName) {
        entries.values().removeIf(e -> e.as().userName().equalsIgnoreCase(userName));
    }

    public synchronized String cloud() {
        return cloud;
    }

    public synchronized void cloud(String name) {
        cloud = name;
    }
}
