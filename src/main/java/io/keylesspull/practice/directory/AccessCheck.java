package io.keylesspull.practice.directory;

/** Whether a principal may do something at this moment, by the role assignments that have taken effect. */
@FunctionalInterface
public interface AccessCheck {

    /**
     * @param principalId object id of a user or a service principal
     * @param action such as {@code Microsoft.ContainerRegistry/registries/pull/read}
     * @param scope a resource id; assignments at or above it count, whatever their conditions
     */
    boolean allows(String principalId, String action, String scope);

    /**
     * The same for one repository of a registry: the conditions of assignments count.
     *
     * @param scope id of the registry
     */
    default boolean allowsIn(String principalId, String action, String scope, String repository) {
        return allows(principalId, action, scope);
    }
}
