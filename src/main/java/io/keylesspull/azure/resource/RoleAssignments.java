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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Role assignments. Scopes are ARM ids, roles are the GUIDs of their definitions, principals are object ids. */
public final class RoleAssignments {

    private static final String PATH = "/providers/Microsoft.Authorization/roleAssignments/";

    private static final int NOT_TO_BE_SEEN = 3;

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

    /**
     * An assignment that is effective at the scope: assigned there or above. Preferred is one with the same condition,
     * then one without a condition; then one at this very scope with another condition, since Azure refuses a second
     * one beside it.
     *
     * @param condition in Azure's language; empty for none
     */
    public Optional<RoleAssignmentInfo> find(String scope, String roleGuid, String principalId, String condition)
            throws AzureException, InterruptedException {
        // atScope() lists the assignments at the scope and above it, of every principal.
        List<RoleAssignmentInner> all =
                SdkCall.list(() -> client.get().listForScopeAsync(relative(scope), "atScope()", null, null));
        return all.stream()
                .filter(assignment -> principalId.equalsIgnoreCase(assignment.principalId()))
                .filter(assignment -> roleGuid.equalsIgnoreCase(ArmId.name(assignment.roleDefinitionId())))
                .filter(assignment -> assignment.scope() == null || ArmId.covers(assignment.scope(), scope))
                .filter(assignment -> rank(assignment, scope, condition) < NOT_TO_BE_SEEN)
                .min(Comparator.comparingInt(assignment -> rank(assignment, scope, condition)))
                .map(assignment ->
                        new RoleAssignmentInfo(assignment.id(), SdkValues.orEmpty(assignment.condition()), false));
    }

    private static int rank(RoleAssignmentInner assignment, String scope, String condition) {
        String own = SdkValues.orEmpty(assignment.condition());
        if (isSameCondition(own, condition)) {
            return 0;
        }
        if (own.isEmpty()) {
            return 1;
        }
        return ArmId.same(SdkValues.orEmpty(assignment.scope()), scope) ? 2 : NOT_TO_BE_SEEN;
    }

    /** Whether two conditions say the same, spaces and case aside: none of them means anything where we use them. */
    public static boolean isSameCondition(String one, String other) {
        return bare(one).equals(bare(other));
    }

    private static String bare(String condition) {
        return condition.replaceAll("\\s+", "").toLowerCase(Locale.ROOT);
    }

    /**
     * Creates the assignment. If somebody else has created it meanwhile, returns that one.
     *
     * @param principalId the object id of a managed identity, not its client id
     * @param condition in Azure's language, version 2.0; empty for none
     * @throws AzureException PRINCIPAL_NOT_FOUND while the directory does not know a new identity yet
     */
    public RoleAssignmentInfo create(
            String scope, String roleGuid, String principalId, String condition, ResourceListener listener)
            throws AzureException, InterruptedException {
        String id = id(scope, roleGuid, principalId);
        RoleAssignmentCreateParameters wanted = new RoleAssignmentCreateParameters()
                .withRoleDefinitionId("/subscriptions/" + subscription
                        + "/providers/Microsoft.Authorization/roleDefinitions/" + roleGuid)
                .withPrincipalId(principalId)
                // Without the type Azure looks the principal up in a directory that may not know it for minutes.
                .withPrincipalType(PrincipalType.SERVICE_PRINCIPAL)
                .withDescription(mark.description());
        if (!condition.isEmpty()) {
            wanted.withCondition(condition).withConditionVersion("2.0");
        }
        listener.creating(id);
        try {
            String made = SdkCall.get(() -> client.get().createAsync(relative(scope), ArmId.name(id), wanted))
                    .id();
            listener.created(made);
            return new RoleAssignmentInfo(made, condition, true);
        } catch (AzureException e) {
            if (e.kind() == Kind.CONFLICT && e.code().equalsIgnoreCase("RoleAssignmentExists")) {
                return find(scope, roleGuid, principalId, condition)
                        .orElseGet(() -> new RoleAssignmentInfo(id, condition, false));
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
