package io.keylesspull.practice.arm.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.Access.Assignment;
import io.keylesspull.practice.arm.core.Access;
import io.keylesspull.practice.arm.core.Base;
import io.keylesspull.practice.arm.core.Principals;
import io.keylesspull.practice.arm.core.Role;
import io.keylesspull.practice.arm.core.Store;
import io.keylesspull.practice.arm.protocol.AzureError;
import io.keylesspull.practice.arm.protocol.Call;
import io.keylesspull.practice.arm.protocol.Filter;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.Pages;
import io.keylesspull.practice.arm.protocol.Reply;
import io.keylesspull.practice.arm.protocol.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code Microsoft.Authorization/roleAssignments}. Two delays are Azure's: a new principal is unknown here for 15 s,
 * or for 5 s when the request says it is a service principal; a new assignment counts after 90 s.
 */
public final class RoleAssignments {

    private static final Duration UNKNOWN = Duration.ofSeconds(15);
    private static final Duration UNKNOWN_SERVICE_PRINCIPAL = Duration.ofSeconds(5);
    private static final Duration WITHOUT_EFFECT = Duration.ofSeconds(90);
    private static final String ACTION = "Microsoft.Authorization/roleAssignments/";

    private final Base base;

    public RoleAssignments(Base base) {
        this.base = base;
    }

    public Reply handle(Call call) {
        String scope = call.target().scope();
        if (call.target().tail().size() == 1) {
            base.access().require(call.caller(), ACTION + "read", scope);
            return list(call, scope);
        }
        String guid = call.target().part(1);
        String id = (scope.equals("/") ? "" : scope) + "/providers/Microsoft.Authorization/roleAssignments/" + guid;
        return switch (call.method()) {
            case "GET" -> {
                base.access().require(call.caller(), ACTION + "read", scope);
                yield Reply.ok(find(id).map(Assignment::body).orElseThrow(() -> AzureError.of(404,
                        "RoleAssignmentNotFound", "The role assignment '" + guid + "' is not found.")));
            }
            case "PUT" -> {
                base.access().require(call.caller(), ACTION + "write", scope);
                yield put(call, id, scope, guid);
            }
            case "DELETE" -> {
                base.access().require(call.caller(), ACTION + "delete", scope);
                Optional<Assignment> existing = find(id);
                existing.ifPresent(assignment -> base.access().remove(id));
                yield existing.map(assignment -> Reply.ok(assignment.body())).orElseGet(() -> Reply.empty(204));
            }
            default -> throw AzureError.methodNotAllowed(call.method());
        };
    }

    private Reply list(Call call, String scope) {
        Filter filter = Filter.of(call);
        boolean atScope = filter.function("atScope").isPresent();
        Optional<String> assignedTo = filter.function("assignedTo");
        return Pages.of(call, base.access().assignments().stream()
                .filter(assignment -> Access.isAtOrAbove(assignment.scope(), scope)
                        || !atScope && Store.isUnder(assignment.scope(), scope))
                .filter(assignment -> filter.admits("principalId", assignment.principalId()))
                .filter(assignment -> assignedTo.map(assignment.principalId()::equalsIgnoreCase).orElse(true))
                .map(Assignment::body).toList());
    }

    private Reply put(Call call, String id, String scope, String guid) {
        if (!guid.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            throw AzureError.badRequest("InvalidRoleAssignmentId", "The role assignment ID '" + guid
                    + "' is not valid. The role assignment ID must be a GUID.");
        }
        requireScope(scope);
        String roleId = required(call, "roleDefinitionId");
        String principalId = required(call, "principalId").toLowerCase(Locale.ROOT);
        Role role = base.access().role(roleId).orElseThrow(() -> AzureError.badRequest("RoleDefinitionDoesNotExist",
                "The specified role definition with ID '" + Store.nameOf(roleId) + "' does not exist."));
        Optional<Assignment> sameName = find(id);
        if (sameName.isPresent()) {
            if (!sameName.get().principalId().equals(principalId) || !sameName.get().role().equals(role)) {
                throw AzureError.badRequest("RoleAssignmentUpdateNotPermitted",
                        "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.");
            }
            return Reply.put(true, describe(sameName.get(), call).body());
        }
        base.access().assignments().stream().filter(assignment -> Store.same(assignment.scope(), scope)
                && assignment.principalId().equals(principalId) && assignment.role().equals(role)).findFirst()
                .ifPresent(assignment -> {
                    throw AzureError.conflict("RoleAssignmentExists", "The role assignment already exists. The ID of "
                            + "the existing role assignment is " + Store.nameOf(assignment.id()).replace("-", "")
                            + ".");
                });
        String type = principalType(call, principalId);
        base.access().add(assignment(base, id, scope, role, principalId, type, call.caller().objectId()));
        return Reply.put(false, describe(find(id).orElseThrow(), call).body());
    }

    /** Of an assignment that is there, only this may change. */
    private Assignment describe(Assignment assignment, Call call) {
        ObjectNode body = assignment.body().deepCopy();
        Json.properties(body).put("description",
                Json.text(call.body(), "/properties/description").orElse(null));
        Assignment described = new Assignment(assignment.id(), assignment.scope(), assignment.role(),
                assignment.principalId(), assignment.effectiveAt(), body);
        base.access().replace(described);
        return described;
    }

    private String principalType(Call call, String principalId) {
        Optional<String> said = Json.text(call.body(), "/properties/principalType");
        Duration unknownFor = said.filter("ServicePrincipal"::equals).isPresent()
                ? UNKNOWN_SERVICE_PRINCIPAL : UNKNOWN;
        Principals.Principal principal = base.principals().find(principalId)
                .filter(found -> !isNew(found, unknownFor))
                .orElseThrow(() -> AzureError.badRequest("PrincipalNotFound", "Principal "
                        + principalId.replace("-", "") + " does not exist in the directory " + base.tenantId()
                        + ". Check that you have the correct principal ID. If you are creating this principal and "
                        + "then immediately assigning a role, this error might be related to a replication delay. In "
                        + "this case, set the role assignment principalType property to a value, such as "
                        + "ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype"));
        said.filter(type -> !type.equalsIgnoreCase(principal.type())).ifPresent(type -> {
            throw AzureError.badRequest("UnmatchedPrincipalType", "The PrincipalId '" + principalId + "' has type '"
                    + principal.type() + "' , which is different from specified PrinciaplType '" + type + "'.");
        });
        return principal.type();
    }

    private boolean isNew(Principals.Principal principal, Duration inAzure) {
        return principal.createdAt().plus(base.hook().principalUnknown(base.clock().pace().of(inAzure)))
                .isAfter(base.clock().now());
    }

    private void requireScope(String scope) {
        Target target = Target.of(scope);
        boolean subscriptionOrAbove = target.group().isEmpty();
        if (!subscriptionOrAbove && base.store().find(scope).isEmpty()) {
            throw target.namespace().isEmpty() ? AzureError.groupNotFound(target.group().orElse(""))
                    : AzureError.of(404, "ResourceNotFound", "The Resource '" + target.namespace().get() + "/"
                            + String.join("/", target.tail()) + "' under resource group '"
                            + target.group().orElse("") + "' was not found. For more details please go to "
                            + "https://aka.ms/ARMResourceNotFoundFix");
        }
    }

    /** A new one that counts when Azure's delay is over. @param by who makes it */
    public static Assignment assignment(Base base, String id, String scope, Role role, String principalId, String type,
                                 String by) {
        String now = base.clock().now().toString();
        ObjectNode body = Json.object().put("id", id).put("type", "Microsoft.Authorization/roleAssignments")
                .put("name", Store.nameOf(id));
        body.putObject("properties").put("roleDefinitionId", role.id(Target.of(scope).subscription().orElse("")))
                .put("principalId", principalId).put("principalType", type).put("scope", scope)
                .putNull("description").putNull("condition").putNull("conditionVersion")
                .put("createdOn", now).put("updatedOn", now)
                .put("createdBy", by).put("updatedBy", by);
        Instant effectiveAt = base.clock().now()
                .plus(base.hook().roleWithoutEffect(base.clock().pace().of(WITHOUT_EFFECT)));
        return new Assignment(id, scope, role, principalId, effectiveAt, body);
    }

    private Optional<Assignment> find(String id) {
        return base.access().assignments().stream().filter(assignment -> Store.same(assignment.id(), id)).findFirst();
    }

    private static String required(Call call, String name) {
        return Json.text(call.body(), "/properties/" + name).orElseThrow(() -> AzureError.badRequest(
                "InvalidCreateRoleAssignmentRequest", "The request body must have the property '" + name + "'."));
    }
}
