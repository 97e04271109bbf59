package io.keylesspull.practice.arm;

import io.keylesspull.practice.arm.access.Locks;
import io.keylesspull.practice.arm.core.Access;
import io.keylesspull.practice.arm.core.Ending;
import io.keylesspull.practice.arm.core.Role;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Occasions;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What goes wrong in the control plane, on demand. Wherever Azure has a state that makes it go wrong, it is that state
 * and no canned answer: locks, policies, roles, quota, names. Safe for use by many threads.
 */
public final class ArmFaults {

    private static final String OWNER = "Owner";

    private final ArmState state;
    private final Router router;

    ArmFaults(ArmState state, Router router) {
        this.state = state;
        this.router = router;
    }

    /**
     * Lets long-running operations end badly that are begun from now on; what they were to make is there, and says
     * {@code Failed}.
     *
     * @param method such as {@code PUT}
     * @param path   regular expression, found anywhere in the path without regard to case
     */
    public Fault operation(String method, String path, Occasions when, Ending ending) {
        Pattern pattern = Pattern.compile(path, Pattern.CASE_INSENSITIVE);
        return state.base().operations().end(call -> call.is(method)
                && pattern.matcher(call.target().path()).find(), when, ending);
    }

    /**
     * Locks a scope. The fault counts refusals with the code {@code ScopeLocked}.
     *
     * @param level {@code CanNotDelete} or {@code ReadOnly}
     */
    public Fault lock(String scope, String level) {
        String name = "lock-" + state.alone(state.base().guids()::next);
        Fault fault = Fault.always(gone -> state.alone(() -> {
            state.locks().remove(scope, name);
            return null;
        }));
        state.alone(() -> {
            state.locks().add(scope, name, level, "Set to see what happens", fault);
            return null;
        });
        return fault;
    }

    /**
     * Lets a policy forbid to make or change a type of resource, with the code {@code RequestDisallowedByPolicy}.
     *
     * @param type such as {@code Microsoft.Compute/virtualMachines}
     * @param name of the policy
     */
    public Fault policy(String scope, String type, String name) {
        return state.policies().deny(scope, type, name);
    }

    /**
     * Takes the role Owner away from everybody who has it at a subscription: the practice user and application. The
     * fault counts what they are refused; removed, it gives the role back.
     *
     * @param instead display name of the built-in role that they get, such as {@code Reader}; empty for none
     */
    public Fault demote(Optional<String> instead) {
        Access access = state.base().access();
        return state.alone(() -> access.demote(role(access, OWNER), instead.map(name -> role(access, name))));
    }

    private static Role role(Access access, String name) {
        return access.roles().stream().filter(role -> role.name().equals(name)).findFirst()
                .orElseThrow(() -> new NoSuchElementException("there is no built-in role " + name));
    }

    /** Grants no more than so many cores in each region. The fault counts refusals for that reason. */
    public Fault limitCores(int cores) {
        return state.base().circumstances().regionalCores.set(cores);
    }

    /** Lets somebody else have a registry's name. The fault counts who was told so. */
    public Fault takeRegistryName(String name) {
        return state.base().circumstances().takeRegistryName(name);
    }

    /** How long new principals are {@code PrincipalNotFound}, by the cloud's clock. Those made before, too. */
    public Fault principalsUnknownFor(Duration duration) {
        return state.base().circumstances().principalUnknown.set(duration);
    }

    /** How long roles assigned from now on have no effect, by the cloud's clock. The fault counts such roles. */
    public Fault rolesWithoutEffectFor(Duration duration) {
        return state.base().circumstances().roleWithoutEffect.set(duration);
    }

    /**
     * Takes a resource, a group with all that is in it, or a role assignment away at once, as somebody else might.
     *
     * @throws NoSuchElementException where there is none with this id
     */
    public void delete(String id) {
        state.alone(() -> {
            router.drop(id);
            return null;
        });
    }
}
