package io.keylesspull.practice.arm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.Access;
import io.keylesspull.practice.arm.core.Access.Assignment;
import io.keylesspull.practice.arm.core.ArmHook;
import io.keylesspull.practice.arm.core.BuiltInRole;
import io.keylesspull.practice.arm.core.OperationFailure;
import io.keylesspull.practice.arm.core.ResourceEnvelope;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.RequestPath;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import io.keylesspull.practice.directory.Caller;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.fault.Rules;
import io.keylesspull.practice.fault.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the control plane fail, on demand. If Azure has a state that causes the failure, the fault is that state and
 * not a canned response: locks, policies, roles, quota, names. Safe for use by many threads.
 */
public final class ArmFaults implements ArmHook {

    private static final String OWNER = "Owner";

    private final Rules<ArmCall, OperationFailure> operations = new Rules<>();
    private final Rules<ArmCall, Boolean> busy = new Rules<>();
    private final Policies policies = new Policies();
    private final Map<String, Fault> names = new ConcurrentHashMap<>();
    private final Setting<Duration> principalUnknown = new Setting<>();
    private final Setting<Duration> roleWithoutEffect = new Setting<>();
    private final Setting<Duration> listLag = new Setting<>();
    private final Setting<Duration> interfaceReserved = new Setting<>();
    private final Setting<Boolean> agentsDead = new Setting<>();
    private final Setting<Integer> regionalCores = new Setting<>();
    private final Setting<Integer> publicAddresses = new Setting<>();
    /** Which refusals each fault counts. */
    private final Map<Fault, BiPredicate<ArmCall, ArmError>> refusals = new ConcurrentHashMap<>();

    private volatile ControlPlane plane;
    private volatile ArmState state;
    private volatile Router router;

    /**
     * Sets the control plane that has these faults. Must be called before a fault is set that is a state of Azure's.
     */
    public void strike(ControlPlane controlPlane) {
        plane = controlPlane;
        state = controlPlane.state();
        router = controlPlane.router();
    }

    /** Accepts the terms of an image's plan for a subscription, as an owner of it does. */
    public void acceptTerms(String subscription, String publisher, String offer, String plan) {
        ObjectNode body = Json.object();
        body.putObject("properties").put("accepted", true);
        byOwner(
                "PUT",
                "/subscriptions/" + subscription
                        + "/providers/Microsoft.MarketplaceOrdering/offerTypes/virtualmachine/publishers/"
                        + publisher + "/offers/" + offer + "/plans/" + plan + "/agreements/current",
                "2021-01-01",
                body);
    }

    /** Lets the firewall of a registry let other addresses in than before. @param addresses such as a CIDR */
    public void admit(String registryId, String... addresses) {
        ObjectNode body = Json.object();
        ArrayNode rules =
                body.putObject("properties").putObject("networkRuleSet").putArray("ipRules");
        Stream.of(addresses)
                .forEach(address -> rules.addObject().put("action", "Allow").put("value", address));
        byOwner("PATCH", registryId, "2025-11-01", body);
    }

    private void byOwner(String method, String path, String version, ObjectNode body) {
        state.locked(() -> {
            String owner = state.context().access().assignments().stream()
                    .filter(assignment -> assignment.role().name().equals(OWNER))
                    .findFirst()
                    .orElseThrow()
                    .principalId();
            return router.answer(new ArmCall(
                    method, RequestPath.of(path), Map.of("api-version", version), body, new Caller(owner, "", "", "")));
        });
    }

    /** Lets the first rule of a network security group name others than before. @param sources such as a CIDR */
    public Fault changeRule(String groupId, String sources) {
        JsonNode before = state.locked(() -> rule(groupId).path("sourceAddressPrefix"));
        Fault fault = Fault.always(gone -> setSources(groupId, before.asText()));
        setSources(groupId, sources);
        return fault;
    }

    private void setSources(String groupId, String sources) {
        state.locked(() -> rule(groupId).put("sourceAddressPrefix", sources));
    }

    private ObjectNode rule(String groupId) {
        return (ObjectNode)
                state.context().store().find(groupId).orElseThrow().at("/properties/securityRules/0/properties");
    }

    /** Gives a virtual network's first subnet a network security group that lets in what Azure's own rules let in. */
    public Fault closeSubnet(String networkId) {
        String groupId = networkId.replace("/virtualNetworks/", "/networkSecurityGroups/") + "-closed";
        Fault fault = Fault.always(gone -> state.locked(() -> {
            subnet(networkId).remove("networkSecurityGroup");
            state.context().remove(state.context().store().find(groupId).orElseThrow());
            return null;
        }));
        state.locked(() -> {
            ObjectNode group = Json.object()
                    .put("id", groupId)
                    .put("name", ResourceStore.nameOf(groupId))
                    .put("type", ResourceKind.NSG.type())
                    .put("location", "japaneast");
            group.putObject("properties").putArray("securityRules");
            state.context().store().put(group);
            return subnet(networkId).set("networkSecurityGroup", Json.reference(groupId));
        });
        return fault;
    }

    /** Makes a virtual network's first subnet private, so that it gives machines no way out. */
    public Fault makePrivate(String networkId) {
        Fault fault = Fault.always(gone -> state.locked(() -> subnet(networkId).remove("defaultOutboundAccess")));
        state.locked(() -> subnet(networkId).put("defaultOutboundAccess", false));
        return fault;
    }

    private ObjectNode subnet(String networkId) {
        return (ObjectNode)
                state.context().store().find(networkId).orElseThrow().at("/properties/subnets/0/properties");
    }

    /**
     * Makes long-running operations fail that are started from now on; the resource exists and is {@code Failed}.
     *
     * @param method such as {@code PUT}
     * @param path regular expression, found anywhere in the path without regard to case
     */
    public Fault operation(String method, String path, Occasions when, OperationFailure failure) {
        Pattern pattern = Pattern.compile(path, Pattern.CASE_INSENSITIVE);
        return operations.add(
                call -> call.is(method) && pattern.matcher(call.target().path()).find(), when, failure);
    }

    /**
     * Locks a scope. The fault counts refusals with the code {@code ScopeLocked}.
     *
     * @param level {@code CanNotDelete} or {@code ReadOnly}
     */
    public Fault lock(String scope, String level) {
        String name = "lock-" + state.locked(state.context().guids()::next);
        Fault fault = Fault.always(gone -> state.locked(() -> {
            state.locks().remove(scope, name);
            return null;
        }));
        state.locked(() -> {
            state.locks().add(scope, name, level, "Set to see what happens");
            return null;
        });
        refusals.put(
                fault,
                (call, error) ->
                        isCode(error, "ScopeLocked") && error.getMessage().contains("are locked: '" + scope + "'"));
        return fault;
    }

    /**
     * Forbids creating or changing a type of resource by a policy, with the code {@code RequestDisallowedByPolicy}.
     *
     * @param type such as {@code Microsoft.Compute/virtualMachines}
     * @param name of the policy
     */
    public Fault policy(String scope, String type, String name) {
        return policies.deny(scope, type, name);
    }

    /**
     * Removes the role Owner from everybody who has it at a subscription: the practice user and application. The fault
     * counts what they are refused; removing it gives the role back.
     *
     * @param instead display name of the built-in role that they get, such as {@code Reader}; empty for none, and no
     *     other role anywhere either
     */
    public Fault demote(Optional<String> instead) {
        Access access = state.context().access();
        return state.locked(() -> demote(access, role(access, OWNER), instead.map(name -> role(access, name))));
    }

    /**
     * The same, but everybody gets roles at places of their own instead.
     *
     * @param roles display names of built-in roles, by scope
     */
    public Fault demoteTo(Map<String, List<String>> roles) {
        Access access = state.context().access();
        List<Assignment> owners = state.locked(() -> access.assignments().stream()
                .filter(assignment -> assignment.role().name().equals("Owner")
                        && assignment.scope().matches("(?i)/subscriptions/[^/]+"))
                .toList());
        Fault fault = demote(Optional.empty());
        state.locked(() -> {
            for (Assignment old : owners) {
                roles.forEach((scope, names) -> names.forEach(name -> access.add(new Assignment(
                        scope + "/providers/Microsoft.Authorization/roleAssignments/"
                                + state.context().guids().next(),
                        scope,
                        role(access, name),
                        old.principalId(),
                        old.effectiveAt(),
                        old.body()))));
            }
            return null;
        });
        return fault;
    }

    private Fault demote(Access access, BuiltInRole from, Optional<BuiltInRole> to) {
        List<Assignment> atSubscriptions = access.assignments().stream()
                .filter(assignment -> assignment.scope().matches("(?i)/subscriptions/[^/]+"))
                .toList();
        Set<String> demoted = atSubscriptions.stream()
                .filter(assignment -> assignment.role().equals(from))
                .map(Assignment::principalId)
                .collect(Collectors.toSet());
        List<Assignment> before = (to.isEmpty() ? access.assignments() : atSubscriptions)
                .stream()
                        .filter(assignment -> demoted.contains(assignment.principalId())
                                && (to.isEmpty() || assignment.role().equals(from)))
                        .toList();
        before.forEach(assignment -> access.remove(assignment.id()));
        to.ifPresent(role -> before.forEach(old -> access.add(
                new Assignment(old.id(), old.scope(), role, old.principalId(), old.effectiveAt(), old.body()))));
        Fault fault = Fault.always(gone -> {
            if (refusals.remove(gone) != null) {
                before.forEach(assignment -> access.remove(assignment.id()));
                before.forEach(access::add);
            }
        });
        refusals.put(
                fault,
                (call, error) -> isCode(error, "AuthorizationFailed")
                        && demoted.contains(call.caller().objectId()));
        return fault;
    }

    private static BuiltInRole role(Access access, String name) {
        return access.roles().stream()
                .filter(role -> role.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("there is no built-in role " + name));
    }

    /**
     * Makes copies of a machine and of what belongs to it, at once and without any check.
     *
     * @param name of the machine; whatever has it in its id is copied
     * @param copies their names
     */
    public void copy(String name, List<String> copies) {
        state.locked(() -> {
            List<String> originals = state.context()
                    .store()
                    .all()
                    .filter(resource -> Json.id(resource).contains(name))
                    .map(JsonNode::toString)
                    .toList();
            copies.forEach(copy ->
                    originals.forEach(original -> state.context().store().put(parsed(original.replace(name, copy)))));
            return null;
        });
    }

    private static ObjectNode parsed(String json) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    /** Gives the practice user one more subscription, in which nothing has happened yet. */
    public void subscription(String id, String name) {
        String user = state.locked(() -> state.context().access().assignments().stream()
                .filter(made -> made.role().name().equals(OWNER)
                        && made.body().at("/properties/principalType").asText().equals("User"))
                .map(Assignment::principalId)
                .findFirst()
                .orElseThrow());
        plane.addUnusedSubscription(id, name, List.of(new ControlPlane.Owner(user, "")));
    }

    /** Cancels a deployment that runs, as somebody does in the portal. @param path of a request about it */
    public void cancelDeployment(String path) {
        byOwner("POST", path.replaceFirst("(/deployments/[^/]+).*", "$1/cancel"), "2025-04-01", Json.object());
    }

    /**
     * A provider takes no more requests of a kind for now, also from deployments.
     *
     * @param path regular expression, found anywhere in it
     */
    public Fault tooMany(String method, String path) {
        Pattern pattern = Pattern.compile(path, Pattern.CASE_INSENSITIVE);
        return busy.add(
                call -> call.is(method) && pattern.matcher(call.target().path()).find(), Occasions.always(), true);
    }

    /** Changes nothing. Counts the requests that are throttled. */
    public Fault throttled() {
        Fault counter = Fault.always(refusals::remove);
        refusals.put(counter, (call, error) -> error.reply().status() == 429);
        return counter;
    }

    /** Limits the cores in each region. The fault counts refusals for that reason. */
    public Fault limitCores(int cores) {
        return regionalCores.set(cores);
    }

    /** Limits the public addresses in each region. The fault counts refusals for that reason. */
    public Fault limitPublicAddresses(int addresses) {
        return publicAddresses.set(addresses);
    }

    /** Gives a registry's name to another customer. The fault counts refusals for that reason. */
    public Fault takeRegistryName(String name) {
        Fault fault = Fault.always(gone -> names.values().remove(gone));
        names.put(name.toLowerCase(Locale.ROOT), fault);
        return fault;
    }

    /**
     * Makes principals {@code PrincipalNotFound} for so long after their creation, by the cloud's clock; also those
     * that exist already.
     */
    public Fault principalsUnknownFor(Duration duration) {
        return principalUnknown.set(duration);
    }

    /**
     * Makes roles assigned from now on take effect so much later, by the cloud's clock. The fault counts such roles.
     */
    public Fault rolesWithoutEffectFor(Duration duration) {
        return roleWithoutEffect.set(duration);
    }

    /** Stops the agents of all machines, so that they report nothing and run no script. */
    public Fault agentsDead() {
        return agentsDead.set(true);
    }

    /**
     * By how much lists of resources of any type are late, by the cloud's clock: they do not show what was made since,
     * and show what was deleted since.
     */
    public Fault listsLagBy(Duration duration) {
        return listLag.set(duration);
    }

    /**
     * How long the network interfaces of machines that cannot be made from now on are kept for those, by the cloud's
     * clock. The fault counts who was refused one.
     */
    public Fault interfacesReservedFor(Duration duration) {
        return interfaceReserved.set(duration);
    }

    /**
     * Keeps a network interface for a machine from now on, by the cloud's clock. The fault counts who was refused it.
     *
     * @param machine id of one that could not be made
     */
    public Fault reserveInterface(String id, String machine, Duration duration) {
        Fault fault = interfaceReserved.set(duration);
        state.locked(() -> {
            state.context()
                    .reservations()
                    .reserve(id, machine, state.context().clock().now());
            return null;
        });
        return fault;
    }

    /** Makes a cluster one whose subscription moved here from another directory: its identities stayed there. */
    public Fault moveCluster(String name) {
        return state.locked(() -> {
            ObjectNode identity = state.context()
                    .store()
                    .all(ResourceKind.CLUSTER)
                    .filter(found -> Json.name(found).equals(name))
                    .findFirst()
                    .orElseThrow()
                    .withObject("/identity");
            String here = identity.path("tenantId").asText();
            identity.put("tenantId", "0b5f2c9e-4d31-4e8a-9f67-2a1c3b5d7e90");
            return Fault.always(gone -> state.locked(() -> identity.put("tenantId", here)));
        });
    }

    /**
     * Takes a resource, a group with all that is in it, or a role assignment away at once, as somebody else might.
     *
     * @throws NoSuchElementException if there is none with this id
     */
    public void delete(String id) {
        state.locked(() -> {
            router.drop(id);
            return null;
        });
    }

    /**
     * Makes a resource at once, as somebody else might.
     *
     * @param id of a resource in a group that exists
     */
    public void make(ResourceKind kind, String id) {
        state.locked(() -> {
            state.context().store().put(ResourceEnvelope.make(kind, id, "japaneast"));
            return null;
        });
    }

    @Override
    public void check(ArmCall call) {
        if (busy.strike(call).isPresent()) {
            throw ArmError.throttled(call.subscription());
        }
        policies.require(call);
    }

    @Override
    public void refused(ArmCall call, ArmError error) {
        refusals.forEach((fault, counts) -> {
            if (counts.test(call, error)) {
                fault.strikes();
            }
        });
        if (isCode(error, "PrincipalNotFound")) {
            principalUnknown.struck();
        }
        if (isCode(error, "NicReservedForAnotherVm")) {
            interfaceReserved.struck();
        }
        if (isCode(error, "PublicIPCountLimitReached")) {
            publicAddresses.struck();
        }
        if (isCode(error, "OperationNotAllowed") && error.getMessage().contains("Total Regional Cores")) {
            regionalCores.struck();
        }
    }

    private static boolean isCode(ArmError error, String code) {
        return error.error().path("code").asText().equals(code);
    }

    @Override
    public Optional<OperationFailure> failure(ArmCall call) {
        return operations.strike(call);
    }

    @Override
    public int regionalCores(int usual) {
        return regionalCores.get().orElse(usual);
    }

    @Override
    public int publicAddresses(int usual) {
        return publicAddresses.get().orElse(usual);
    }

    @Override
    public boolean areAgentsDead() {
        return agentsDead.get().orElse(false);
    }

    @Override
    public Duration principalUnknown(Duration usual) {
        return principalUnknown.get().orElse(usual);
    }

    @Override
    public Duration roleWithoutEffect(Duration usual) {
        roleWithoutEffect.struck();
        return roleWithoutEffect.get().orElse(usual);
    }

    @Override
    public Duration listLag(Duration usual) {
        return listLag.get().orElse(usual);
    }

    @Override
    public Duration interfaceReserved(Duration usual) {
        return interfaceReserved.get().orElse(usual);
    }

    @Override
    public boolean isRegistryNameTaken(String label) {
        return Optional.ofNullable(names.get(label)).filter(Fault::strikes).isPresent();
    }
}
