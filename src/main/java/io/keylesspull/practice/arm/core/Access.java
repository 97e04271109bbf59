package io.keylesspull.practice.arm.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.clock.PracticeClock;
import io.keylesspull.practice.directory.AccessCheck;
import io.keylesspull.practice.directory.Caller;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * The built-in roles and the role assignments. May be called from any thread without the state's lock: the registries
 * call it while they hold locks of their own.
 */
public final class Access implements AccessCheck {

    private static final String REPOSITORY_NAME = "Microsoft.ContainerRegistry/registries/repositories:name";

    private final List<BuiltInRole> roles;
    private final List<Assignment> assignments = new CopyOnWriteArrayList<>();
    private final PracticeClock clock;

    public Access(PracticeClock clock) {
        this.clock = clock;
        try (InputStream in = Access.class.getResourceAsStream("/io/keylesspull/practice/roles.json")) {
            roles = Json.items(Json.parse(in.readAllBytes()))
                    .map(BuiltInRole::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param body as ARM shows it
     * @param effectiveAt when it takes effect
     */
    public record Assignment(
            String id, String scope, BuiltInRole role, String principalId, Instant effectiveAt, ObjectNode body) {}

    @Override
    public boolean allows(String principalId, String action, String scope) {
        return effective(principalId, scope).anyMatch(assignment -> assignment.role.allows(action));
    }

    @Override
    public boolean allowsIn(String principalId, String action, String scope, String repository) {
        Map<String, String> attributes = Map.of(REPOSITORY_NAME, repository);
        return effective(principalId, scope)
                .anyMatch(assignment -> assignment.role.allows(action)
                        && Json.text(assignment.body, "/properties/condition")
                                .map(condition -> AssignmentCondition.allows(condition, action, attributes))
                                .orElse(true));
    }

    public void require(Caller caller, String action, String scope) {
        if (!allows(caller.objectId(), action, scope)) {
            throw ArmError.authorizationFailed(caller.objectId(), action, scope);
        }
    }

    /** The assignments that have taken effect, apply at the scope and are for this principal. */
    public Stream<Assignment> effective(String principalId, String scope) {
        Instant now = clock.now();
        return assignments.stream()
                .filter(assignment -> assignment.principalId.equalsIgnoreCase(principalId)
                        && !assignment.effectiveAt.isAfter(now)
                        && isAtOrAbove(assignment.scope, scope));
    }

    /** Whether a principal has any role at, below or above a scope. */
    public boolean sees(String principalId, String scope) {
        Instant now = clock.now();
        return assignments.stream()
                .anyMatch(assignment -> assignment.principalId.equalsIgnoreCase(principalId)
                        && !assignment.effectiveAt.isAfter(now)
                        && (isAtOrAbove(assignment.scope, scope) || ResourceStore.isUnder(assignment.scope, scope)));
    }

    public Optional<BuiltInRole> role(String id) {
        String guid = ResourceStore.nameOf(id);
        return roles.stream().filter(role -> role.guid().equalsIgnoreCase(guid)).findFirst();
    }

    public List<BuiltInRole> roles() {
        return roles;
    }

    public List<Assignment> assignments() {
        return assignments;
    }

    public void add(Assignment assignment) {
        assignments.add(assignment);
    }

    /** Replaces the assignment with the same id, so that at no moment there is none. */
    public void replace(Assignment assignment) {
        assignments.replaceAll(old -> ResourceStore.same(old.id, assignment.id) ? assignment : old);
    }

    /** Removes the assignment with this id. @return whether there was one */
    public boolean remove(String id) {
        return assignments.removeIf(assignment -> ResourceStore.same(assignment.id, id));
    }

    /** Removes the assignments at and below a scope that was deleted. */
    void forget(String scope) {
        assignments.removeIf(assignment ->
                ResourceStore.same(assignment.scope, scope) || ResourceStore.isUnder(assignment.scope, scope));
    }

    public static boolean isAtOrAbove(String above, String scope) {
        return ResourceStore.same(above, scope) || ResourceStore.isUnder(scope, above);
    }
}
