package io.keylesspull.practice.arm.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.Access;
import io.keylesspull.practice.arm.core.Access.Assignment;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.AssignmentCondition;
import io.keylesspull.practice.arm.core.BuiltInRole;
import io.keylesspull.practice.arm.core.Principals;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmPages;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ODataFilter;
import io.keylesspull.practice.arm.protocol.RequestPath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code Microsoft.Authorization/roleAssignments}. With two of Azure's delays: a new principal is not found for 15 s,
 * or for 5 s if the request says it is a service principal; a new assignment takes effect after 90 s.
 */
public final class RoleAssignmentHandler {

    private static final Duration UNKNOWN = Duration.ofSeconds(15);
    private static final Duration UNKNOWN_SERVICE_PRINCIPAL = Duration.ofSeconds(5);
    private static final Duration WITHOUT_EFFECT = Duration.ofSeconds(90);
    private static final String ACTION = "Microsoft.Authorization/roleAssignments/";

    private final ArmContext context;

    public RoleAssignmentHandler(ArmContext context) {
        this.context = context;
    }

    public ArmReply handle(ArmCall call) {
        String scope = call.target().scope();
        if (call.target().tail().size() == 1) {
            context.access().require(call.caller(), ACTION + "read", scope);
            return list(call, scope);
        }
        String guid = call.target().part(1);
        String id = (scope.equals("/") ? "" : scope) + "/providers/Microsoft.Authorization/roleAssignments/" + guid;
        return switch (call.method()) {
            case "GET" -> {
                context.access().require(call.caller(), ACTION + "read", scope);
                yield ArmReply.ok(find(id).map(Assignment::body)
                        .orElseThrow(() -> ArmError.of(
                                404, "RoleAssignmentNotFound", "The role assignment '" + guid + "' is not found.")));
            }
            case "PUT" -> {
                context.access().require(call.caller(), ACTION + "write", scope);
                yield put(call, id, scope, guid);
            }
            case "DELETE" -> {
                context.access().require(call.caller(), ACTION + "delete", scope);
                Optional<Assignment> existing = find(id);
                existing.ifPresent(assignment -> context.access().remove(id));
                yield existing.map(assignment -> ArmReply.ok(assignment.body())).orElseGet(() -> ArmReply.empty(204));
            }
            default -> throw ArmError.methodNotAllowed(call.method());
        };
    }

    private ArmReply list(ArmCall call, String scope) {
        ODataFilter filter = ODataFilter.of(call);
        boolean atScope = filter.function("atScope").isPresent();
        Optional<String> assignedTo = filter.function("assignedTo");
        return ArmPages.of(
                call,
                context.access().assignments().stream()
                        .filter(assignment -> Access.isAtOrAbove(assignment.scope(), scope)
                                || !atScope && ResourceStore.isUnder(assignment.scope(), scope))
                        .filter(assignment -> filter.admits("principalId", assignment.principalId()))
                        .filter(assignment -> assignedTo
                                .map(assignment.principalId()::equalsIgnoreCase)
                                .orElse(true))
                        .map(Assignment::body)
                        .toList());
    }

    private ArmReply put(ArmCall call, String id, String scope, String guid) {
        if (!guid.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            throw ArmError.badRequest(
                    "InvalidRoleAssignmentId",
                    "The role assignment ID '" + guid + "' is not valid. The role assignment ID must be a GUID.");
        }
        requireScope(scope);
        String roleId = required(call, "roleDefinitionId");
        String principalId = required(call, "principalId").toLowerCase(Locale.ROOT);
        BuiltInRole role = context.access()
                .role(roleId)
                .orElseThrow(() -> ArmError.badRequest(
                        "RoleDefinitionDoesNotExist",
                        "The specified role definition with ID '" + ResourceStore.nameOf(roleId)
                                + "' does not exist."));
        Json.text(call.body(), "/properties/condition")
                .ifPresent(condition -> AssignmentCondition.check(
                        condition,
                        Json.text(call.body(), "/properties/conditionVersion").orElse("")));
        Optional<Assignment> sameName = find(id);
        if (sameName.isPresent()) {
            if (!sameName.get().principalId().equals(principalId)
                    || !sameName.get().role().equals(role)) {
                throw ArmError.badRequest(
                        "RoleAssignmentUpdateNotPermitted",
                        "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.");
            }
            return ArmReply.put(true, describe(sameName.get(), call).body());
        }
        context.access().assignments().stream()
                .filter(assignment -> ResourceStore.same(assignment.scope(), scope)
                        && assignment.principalId().equals(principalId)
                        && assignment.role().equals(role))
                .findFirst()
                .ifPresent(assignment -> {
                    throw ArmError.conflict(
                            "RoleAssignmentExists",
                            "The role assignment already exists. The ID of "
                                    + "the existing role assignment is "
                                    + ResourceStore.nameOf(assignment.id()).replace("-", "")
                                    + ".");
                });
        String type = principalType(call, principalId);
        context.access()
                .add(assignment(
                        context,
                        id,
                        scope,
                        role,
                        principalId,
                        type,
                        call.caller().objectId()));
        return ArmReply.put(false, describe(find(id).orElseThrow(), call).body());
    }

    /** The only changes that are allowed to an existing assignment: its description and its condition. */
    private Assignment describe(Assignment assignment, ArmCall call) {
        ObjectNode body = assignment.body().deepCopy();
        for (String name : List.of("description", "condition", "conditionVersion")) {
            Json.properties(body)
                    .put(name, Json.text(call.body(), "/properties/" + name).orElse(null));
        }
        Assignment described = new Assignment(
                assignment.id(),
                assignment.scope(),
                assignment.role(),
                assignment.principalId(),
                assignment.effectiveAt(),
                body);
        context.access().replace(described);
        return described;
    }

    private String principalType(ArmCall call, String principalId) {
        Optional<String> said = Json.text(call.body(), "/properties/principalType");
        Duration unknownFor = said.filter("ServicePrincipal"::equals).isPresent() ? UNKNOWN_SERVICE_PRINCIPAL : UNKNOWN;
        Principals.Principal principal = context.principals()
                .find(principalId)
                .filter(found -> !isNew(found, unknownFor))
                .orElseThrow(() -> ArmError.badRequest(
                        "PrincipalNotFound",
                        "Principal "
                                + principalId.replace("-", "") + " does not exist in the directory "
                                + context.tenants().of(call.target().path())
                                + ". Check that you have the correct principal ID. If you are creating this "
                                + "principal and "
                                + "then immediately assigning a role, this error might be related to a replication "
                                + "delay. In "
                                + "this case, set the role assignment principalType property to a value, such as "
                                + "ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype"));
        said.filter(type -> !type.equalsIgnoreCase(principal.type())).ifPresent(type -> {
            throw ArmError.badRequest(
                    "UnmatchedPrincipalType",
                    "The PrincipalId '" + principalId + "' has type '" + principal.type()
                            + "' , which is different from specified PrinciaplType '" + type + "'.");
        });
        return principal.type();
    }

    private boolean isNew(Principals.Principal principal, Duration inAzure) {
        return principal
                .createdAt()
                .plus(context.hook().principalUnknown(context.clock().pace().of(inAzure)))
                .isAfter(context.clock().now());
    }

    private void requireScope(String scope) {
        RequestPath target = RequestPath.of(scope);
        boolean subscriptionOrAbove = target.group().isEmpty();
        if (!subscriptionOrAbove && context.store().find(scope).isEmpty()) {
            throw target.namespace().isEmpty()
                    ? ArmError.groupNotFound(target.group().orElse(""))
                    : ArmError.of(
                            404,
                            "ResourceNotFound",
                            "The Resource '" + target.namespace().get() + "/"
                                    + String.join("/", target.tail()) + "' under resource group '"
                                    + target.group().orElse("") + "' was not found. For more details please go to "
                                    + "https://aka.ms/ARMResourceNotFoundFix");
        }
    }

    /** A new assignment that takes effect after Azure's delay. @param by object id of its creator */
    public static Assignment assignment(
            ArmContext context, String id, String scope, BuiltInRole role, String principalId, String type, String by) {
        String now = context.clock().now().toString();
        ObjectNode body = Json.object()
                .put("id", id)
                .put("type", "Microsoft.Authorization/roleAssignments")
                .put("name", ResourceStore.nameOf(id));
        body.putObject("properties")
                .put(
                        "roleDefinitionId",
                        role.id(RequestPath.of(scope).subscription().orElse("")))
                .put("principalId", principalId)
                .put("principalType", type)
                .put("scope", scope)
                .putNull("description")
                .putNull("condition")
                .putNull("conditionVersion")
                .put("createdOn", now)
                .put("updatedOn", now)
                .put("createdBy", by)
                .put("updatedBy", by);
        Instant effectiveAt = context.clock()
                .now()
                .plus(context.hook().roleWithoutEffect(context.clock().pace().of(WITHOUT_EFFECT)));
        return new Assignment(id, scope, role, principalId, effectiveAt, body);
    }

    private Optional<Assignment> find(String id) {
        return context.access().assignments().stream()
                .filter(assignment -> ResourceStore.same(assignment.id(), id))
                .findFirst();
    }

    private static String required(ArmCall call, String name) {
        return Json.text(call.body(), "/properties/" + name)
                .orElseThrow(() -> ArmError.badRequest(
                        "InvalidCreateRoleAssignmentRequest",
                        "The request body must have the property '" + name + "'."));
    }
}
