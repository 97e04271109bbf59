package io.keylesspull.practice.arm;

import io.keylesspull.practice.arm.access.RoleAssignments;
import io.keylesspull.practice.arm.compute.MachineTypes;
import io.keylesspull.practice.arm.core.Base;
import io.keylesspull.practice.arm.core.Principals;
import io.keylesspull.practice.arm.core.Provider;
import io.keylesspull.practice.arm.core.Role;
import io.keylesspull.practice.arm.identity.IdentityTypes;
import io.keylesspull.practice.arm.network.NetworkTypes;
import io.keylesspull.practice.arm.protocol.Answer;
import io.keylesspull.practice.arm.protocol.AzureError;
import io.keylesspull.practice.arm.protocol.Call;
import io.keylesspull.practice.arm.protocol.Calls;
import io.keylesspull.practice.arm.protocol.Reply;
import io.keylesspull.practice.arm.registry.RegistryTypes;
import io.keylesspull.practice.directory.Tokens;
import io.keylesspull.practice.machine.Hardware;
import io.keylesspull.practice.registry.ImageStore;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Azure Resource Manager as {@code management.azure.com} answers. Safe for use by many threads. */
public final class ControlPlane {

    private static final String OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
    private static final String AUTHORITY = "https://login.microsoftonline.com/";
    private static final List<String> REGISTERED = List.of("Microsoft.Compute", "Microsoft.ContainerRegistry",
            "Microsoft.ManagedIdentity", "Microsoft.Network");

    private final ArmState state;
    private final Calls calls;
    private final Subscriptions subscriptions;
    private final Registrations registrations;
    private final Router router;

    ControlPlane(ArmState state, Tokens tokens, List<Provider> providers) {
        Base base = state.base();
        this.state = state;
        this.calls = new Calls(tokens, base.tenantId());
        this.subscriptions = new Subscriptions(base);
        this.registrations = new Registrations(base.locations(), base.access(), base.clock());
        this.router = new Router(state, subscriptions, registrations, providers);
    }

    /**
     * @param images   what is in the registries that it makes
     * @param hardware what its virtual machines run on
     */
    public static ControlPlane of(ArmState state, Tokens tokens, ImageStore images, Hardware hardware) {
        Base base = state.base();
        return new ControlPlane(state, tokens, List.of(new IdentityTypes(base), new RegistryTypes(base, images),
                new NetworkTypes(base), new MachineTypes(base, hardware)));
    }

    /** Adds a subscription, with everything registered that is needed. @param owners get the role Owner there */
    public void addSubscription(String id, String displayName, List<Owner> owners) {
        state.alone(() -> {
            subscriptions.add(id, displayName);
            REGISTERED.forEach(namespace -> registrations.register(id, namespace));
            owners.forEach(owner -> own(owner, "/subscriptions/" + id));
            return null;
        });
    }

    /** Ends the time in which everything happens at once, and a month ago: see {@code Clockwork}. */
    public void open() {
        state.base().clock().open();
    }

    ArmState state() {
        return state;
    }

    Router router() {
        return router;
    }

    /** Answers a request; a refusal is an answer, too. */
    public Response handle(Request request) {
        Reply reply = reply(request);
        if (reply.status() == 401) {
            reply = reply.with(Map.of("WWW-Authenticate", "Bearer authorization_uri=\"" + AUTHORITY
                    + state.base().tenantId() + "\", error=\"invalid_token\""));
        }
        String id = state.alone(state.base().guids()::next);
        return reply.with(Map.of("x-ms-request-id", id, "x-ms-correlation-request-id", id)).response();
    }

    private Reply reply(Request request) {
        Call call;
        try {
            call = calls.read(request);
        } catch (AzureError unreadable) {
            return unreadable.reply();
        }
        try {
            return answer(call);
        } catch (AzureError refusal) {
            state.base().hook().refused(call, refusal);
            return refusal.reply();
        }
    }

    private Reply answer(Call call) {
        Answer answer = state.alone(() -> router.answer(call));
        if (answer instanceof Answer.Work work) {
            Reply done = work.unlocked().get();
            return state.alone(() -> work.locked().apply(done));
        }
        return (Reply) answer;
    }

    private void own(Owner owner, String scope) {
        Base base = state.base();
        String type = owner.clientId().isEmpty() ? "User" : "ServicePrincipal";
        base.principals().add(new Principals.Principal(owner.objectId(), owner.clientId(), type, "",
                base.clock().now()));
        Role role = base.access().role(OWNER).orElseThrow(() -> new IllegalStateException("No role Owner"));
        String guid = UUID.nameUUIDFromBytes((scope + owner.objectId()).getBytes(StandardCharsets.UTF_8)).toString();
        base.access().add(RoleAssignments.assignment(base, scope + "/providers/Microsoft.Authorization/roleAssignments/"
                + guid, scope, role, owner.objectId(), type, owner.objectId()));
    }

    /** @param clientId of an app's service principal; empty for a person */
    public record Owner(String objectId, String clientId) {
    }
}
