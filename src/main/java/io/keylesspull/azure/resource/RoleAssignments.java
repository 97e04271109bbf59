package io.keylesspull.azure.resource;

import com.azure.resourcemanager.authorization.fluent.RoleAssignmentsClient;
import com.azure.resourcemanager.authorization.fluent.models.RoleAssignmentInner;
import com.azure.resourcemanager.authorization.models.PrincipalType;
import com.azure.resourcemanager.authorization.models.RoleAssignmentCreateParameters;
import io.keylesspull.azure.http.SdkCall;
import io.keylesspull.azure.http.SdkValues;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.AzureException.Kind;
import io.keylesspull.azure.model.ResourceListener;
import io.keylesspull.azure.model.RoleAssignmentInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Role assignments. Scopes are ARM ids, roles are the GUIDs of their definitions, principals are object ids. */
public final class RoleAssignments {

    private static final String PATH = "/providers/Microsoft.Authorization/roleAssignments/";

    private final String subscription;
    private final RunMark mark;
    private final Supplier<RoleAssignmentsClient> client;

    RoleAssignments(String subscription, RunMark mark, Supplier<RoleAssignmentsClient> client) {
        this.subscription = subscription;
        this.mark = mark;
        this.client = client;
    }

    /** The id that {@link #create} gives an assignment; the same for the same scope, role and principal. */
    public String id(String scope, String roleGuid, String principalId) {
        return scope + PATH + name(scope, roleGuid, principalId);
    }

    /** The id of an assignment that is effective at the scope: assigned there or above. */
    public Optional<String> find(String scope, String roleGuid, String principalId)
            throws AzureException, InterruptedException {
        // atScope() lists the assignments at the scope and above it, of every principal.
        List<RoleAssignmentInner> all =
                SdkCall.list(() -> client.get().listForScopeAsync(relative(scope), "atScope()", null, null));
        return all.stream()
                .filter(assignment -> principalId.equalsIgnoreCase(assignment.principalId()))
                .filter(assignment -> roleGuid.equalsIgnoreCase(ArmId.name(assignment.roleDefinitionId())))
                .filter(assignment -> assignment.scope() == null || ArmId.covers(assignment.scope(), scope))
                // An assignment with a condition may allow less than the role, so it does not count.
                .filter(assignment -> SdkValues.orEmpty(assignment.condition()).isEmpty())
                .map(RoleAssignmentInner::id)
                .findFirst();
    }

    /**
     * Creates the assignment. If somebody else has created it meanwhile, returns that one.
     *
     * @param principalId the object id of a managed identity, not its client id
     * @throws AzureException PRINCIPAL_NOT_FOUND while the directory does not know a new identity yet
     */
    public RoleAssignmentInfo create(String scope, String roleGuid, String principalId, ResourceListener listener)
            throws AzureException, InterruptedException {
        String id = id(scope, roleGuid, principalId);
        RoleAssignmentCreateParameters wanted = new RoleAssignmentCreateParameters()
                .withRoleDefinitionId("/subscriptions/" + subscription
                        + "/providers/Microsoft.Authorization/roleDefinitions/" + roleGuid)
                .withPrincipalId(principalId)
                // Without the type Azure looks the principal up in a directory that may not know it for minutes.
                .withPrincipalType(PrincipalType.SERVICE_PRINCIPAL)
                .withDescription(mark.description());
        listener.creating(id);
        try {
            String made = SdkCall.get(() -> client.get().createAsync(relative(scope), ArmId.name(id), wanted))
                    .id();
            listener.created(made);
            return new RoleAssignmentInfo(made, true);
        } catch (AzureException e) {
            if (e.kind() == Kind.CONFLICT && e.code().equalsIgnoreCase("RoleAssignmentExists")) {
                return new RoleAssignmentInfo(find(scope, roleGuid, principalId).orElse(id), false);
            }
            throw e;
        }
    }

    private static String name(String scope, String roleGuid, String principalId) {
        String key = (ArmId.key(scope) + "|" + roleGuid + "|" + principalId).toLowerCase(Locale.ROOT);
        return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** The SDK puts a slash before the scope. */
    private static String relative(String scope) {
        return scope.startsWith("/") ? scope.substring(1) : scope;
    }
}
