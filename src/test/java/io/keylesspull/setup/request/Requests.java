package io.keylesspull.setup.request;

import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.SignInMethod;
import io.keylesspull.setup.request.SetupRequest.Cluster;
import io.keylesspull.setup.request.SetupRequest.Identity;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.request.SetupRequest.MachineAccess;
import io.keylesspull.setup.request.SetupRequest.Registry;
import io.keylesspull.setup.request.SetupRequest.ResourceGroup;
import io.keylesspull.setup.request.SetupRequest.Role;
import io.keylesspull.setup.request.SetupRequest.ScaleSet;
import io.keylesspull.setup.request.SetupRequest.SignIn;
import java.util.List;
import java.util.Optional;

/** Requests to begin a test with, in the tutorial's names; nothing is wrong with them. */
public final class Requests {

    public static final Machine NEW_MACHINE = new Machine(
            "myDockerVM",
            true,
            "Ubuntu2204",
            "Standard_B2s",
            "azureuser",
            Optional.empty(),
            Optional.of("203.0.113.7/32"),
            Optional.empty());
    public static final Machine OLD_MACHINE = new Machine(
            "old_vm",
            false,
            "Ubuntu2204",
            "Standard_B2s",
            "azureuser",
            Optional.of("/home/me/my key"),
            Optional.empty(),
            Optional.of("machines(old)"));
    public static final Registry NEW_REGISTRY =
            new Registry("myContainerRegistry", true, "Basic", true, Optional.empty());
    public static final Registry OLD_REGISTRY = new Registry("contoso", false, "Basic", false, Optional.of("images"));
    public static final Identity USER_ASSIGNED =
            new Identity(Identity.Kind.USER_ASSIGNED, "myACRId", true, Optional.empty());
    public static final Identity SYSTEM_ASSIGNED =
            new Identity(Identity.Kind.SYSTEM_ASSIGNED, "", true, Optional.empty());

    private Requests() {}

    public static SetupRequest of(Registry registry, Identity identity, Machine... machines) {
        return new SetupRequest(
                new SignIn(SignInMethod.BROWSER, Optional.empty(), AzureCloud.PUBLIC),
                Optional.of("My Subscription"),
                "japaneast",
                new ResourceGroup("myResourceGroup", true),
                registry,
                "aci-helloworld:v1",
                List.of(machines),
                identity,
                Role.ACR_PULL,
                MachineAccess.DEFAULT);
    }

    /** The same as a request, signed in to otherwise. */
    public static SetupRequest like(SetupRequest request, SignIn signIn) {
        return like(request, signIn, request.role(), request.repositories());
    }

    /** The same with another role. */
    public static SetupRequest like(SetupRequest request, Role role) {
        return like(request, request.signIn(), role, request.repositories());
    }

    /** The same with clusters. */
    public static SetupRequest like(SetupRequest request, List<Cluster> clusters) {
        return new SetupRequest(
                request.signIn(),
                request.subscription(),
                request.location(),
                request.resourceGroup(),
                request.registry(),
                request.image(),
                request.machines(),
                clusters,
                request.scaleSet(),
                request.identity(),
                request.role(),
                request.repositories(),
                request.access());
    }

    /** The same with a scale set. */
    public static SetupRequest like(SetupRequest request, ScaleSet scaleSet) {
        return new SetupRequest(
                request.signIn(),
                request.subscription(),
                request.location(),
                request.resourceGroup(),
                request.registry(),
                request.image(),
                request.machines(),
                request.clusters(),
                Optional.of(scaleSet),
                request.identity(),
                request.role(),
                request.repositories(),
                request.access());
    }

    /** A scale set of so many instances. */
    public static ScaleSet scaleSet(int instances) {
        return new ScaleSet(
                "fleet", instances, "Ubuntu2204", "Standard_B2s", "azureuser", Optional.empty(), Optional.empty());
    }

    /** The same with the role on other repositories. */
    public static SetupRequest like(SetupRequest request, RepositoryScope repositories) {
        return like(request, request.signIn(), request.role(), repositories);
    }

    private static SetupRequest like(SetupRequest request, SignIn signIn, Role role, RepositoryScope repositories) {
        return new SetupRequest(
                signIn,
                request.subscription(),
                request.location(),
                request.resourceGroup(),
                request.registry(),
                request.image(),
                request.machines(),
                request.clusters(),
                request.scaleSet(),
                request.identity(),
                role,
                repositories,
                request.access());
    }
}
