package io.keylesspull.fault;

import static io.keylesspull.fault.RequestRows.IDENTITY;
import static io.keylesspull.fault.RequestRows.MACHINE;
import static io.keylesspull.fault.RequestRows.REGISTRY;
import static io.keylesspull.fault.RequestRows.azure;
import static io.keylesspull.fault.RequestRows.put;
import static io.keylesspull.fault.Row.run;
import static io.keylesspull.fault.Setup.NEW;
import static io.keylesspull.fault.Setup.SHARED;
import static io.keylesspull.practice.fault.Occasions.always;
import static io.keylesspull.practice.fault.Occasions.first;

import io.keylesspull.practice.arm.OperationFailures;
import io.keylesspull.practice.wire.HttpFault;
import io.keylesspull.practice.wire.RequestMatcher;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What Azure refuses, takes its time for, or loses. */
final class AzureRows {

    private static final String ROLE = "/roleAssignments/[^/]+$";

    private AzureRows() {}

    static List<Row> rows() {
        return List.of(
                run(
                        "an operation ends as Failed (security group)",
                        NEW,
                        world -> world.untilMended(world.faults()
                                .arm()
                                .operation(
                                        "PUT",
                                        "/networkSecurityGroups/",
                                        always(),
                                        OperationFailures.failed("InternalServerError", "It did not work."))),
                        """
                        failed after 0..3 s; met 1 times
                        network: Azure answered with an error: network of “myDockerVM”. The step could not be completed.
                        See below, and try again. [InternalServerError: It did not work.]
                        left: mycontainerregistry.azurecr.io/aci-helloworld, networkSecurityGroups/myDockerVMNSG,
                        publicIPAddresses/myDockerVMPublicIP,
                        registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        userAssignedIdentities/myACRId, virtualNetworks/myDockerVMVNET
                        undo: as before
                        """),
                run(
                        "an operation ends as Canceled (machine)",
                        NEW,
                        world -> world.untilMended(
                                world.faults().arm().operation("PUT", MACHINE, first(1), OperationFailures.canceled())),
                        """
                        failed after 0..3 s; met 1 times
                        machine: Azure answered with an error: machine “myDockerVM”. The step could not be completed.
                        See below, and try again. [OperationPreempted: Operation execution has been preempted by a
                        more recent operation.]
                        left: disks, mycontainerregistry.azurecr.io/aci-helloworld, networkInterfaces/myDockerVMVMNic,
                        networkSecurityGroups/myDockerVMNSG, publicIPAddresses/myDockerVMPublicIP,
                        registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        userAssignedIdentities/myACRId, virtualMachines/myDockerVM, virtualNetworks/myDockerVMVNET
                        undo: as before
                        """),
                run(
                        "AllocationFailed",
                        NEW,
                        world -> world.untilMended(world.faults()
                                .arm()
                                .operation("PUT", MACHINE, first(1), OperationFailures.failed("AllocationFailed"))),
                        """
                        failed after 0..3 s; met 1 times
                        machine: The chosen size is not available: machine “myDockerVM”. Azure does not offer it to this
                        subscription in this location at the moment. Choose another size or another location.
                        [AllocationFailed: Allocation failed. We do not have sufficient capacity for the requested VM
                        size in this region. Read more about improving likelihood of allocation success at
                        http://aka.ms/allocation-guidance]
                        left: disks, mycontainerregistry.azurecr.io/aci-helloworld, networkInterfaces/myDockerVMVMNic,
                        networkSecurityGroups/myDockerVMNSG, publicIPAddresses/myDockerVMPublicIP,
                        registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        userAssignedIdentities/myACRId, virtualMachines/myDockerVM, virtualNetworks/myDockerVMVNET
                        undo: as before
                        """),
                run(
                        "SkuNotAvailable, although the check found it",
                        NEW,
                        world -> world.http(
                                put(MACHINE),
                                always(),
                                HttpFault.refusal(
                                        409,
                                        "SkuNotAvailable",
                                        "The requested VM size for resource 'myDockerVM' is "
                                                + "currently not available in location 'japaneast'.")),
                        """
                        failed after 0..1 s; met 1 times
                        machine: The chosen size is not available: machine “myDockerVM”. Azure does not offer it to this
                        subscription in this location at the moment. Choose another size or another location.
                        [SkuNotAvailable: The requested VM size for resource 'myDockerVM' is currently not available in
                        location 'japaneast'.]
                        left: mycontainerregistry.azurecr.io/aci-helloworld, networkInterfaces/myDockerVMVMNic,
                        networkSecurityGroups/myDockerVMNSG, publicIPAddresses/myDockerVMPublicIP,
                        registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        userAssignedIdentities/myACRId, virtualNetworks/myDockerVMVNET
                        undo: as before
                        """),
                run(
                        "the quota is exceeded before the run",
                        NEW,
                        world -> world.untilMended(world.faults().arm().limitCores(1)),
                        """
                        failed after 0..1 s
                        check: The quota “Total Regional vCPUs” in japaneast is too small. The limit is 1, of which 12
                        are in use, and 2 more are wanted. Azure would not make every machine. Choose smaller sizes,
                        fewer machines or instances, or another location, delete machines that are not needed, or
                        ask for a limit of at least 14: in the Azure portal under Quotas (https://aka.ms/quotas).
                        [Total Regional vCPUs: 12 + 2 > 1]
                        undo: nothing to undo
                        """),
                run(
                        "the quota of public addresses is exceeded before the run",
                        NEW,
                        world -> world.untilMended(world.faults().arm().limitPublicAddresses(0)),
                        """
                        failed after 0..1 s
                        check: The quota “Public IP Addresses” in japaneast is too small. The limit is 0, of which
                        3..9 are in use, and 1 more are wanted: one for each new machine. Choose another location,
                        delete public addresses that are not needed, or ask for a limit of at least 4..10: in the Azure
                        portal under Quotas (https://aka.ms/quotas). [Public IP Addresses: 3..9 + 1 > 0 Public IP
                        Addresses - Standard: 3..9 + 1 > 0]
                        undo: nothing to undo
                        """),
                run(
                        "the quota of public addresses is exceeded after the check",
                        NEW,
                        world -> world.before(
                                put("/publicIPAddresses/myDockerVMPublicIP$"),
                                () -> world.untilMended(world.faults().arm().limitPublicAddresses(0))),
                        """
                        failed after 0..1 s; met 1 times
                        network: Your quota does not allow this: network of “myDockerVM”. The subscription may not have
                        more of it in this location. Choose another size or location, or ask for more quota in the
                        Azure portal. [PublicIPCountLimitReached: Cannot create more than 0 public IP addresses for
                        this subscription in this region.]
                        left: mycontainerregistry.azurecr.io/aci-helloworld, networkSecurityGroups/myDockerVMNSG,
                        registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        userAssignedIdentities/myACRId, virtualNetworks/myDockerVMVNET
                        undo: as before
                        """),
                run(
                        "the quota is exceeded after the check",
                        NEW,
                        world -> world.before(
                                put(MACHINE),
                                () -> world.untilMended(world.faults().arm().limitCores(1))),
                        """
                        failed after 0..1 s; met 1 times
                        machine: The quota “Total Regional Cores” in japaneast is too small. The limit is 1, of which 12
                        are in use, and 2 more are wanted. Azure would not make every machine. Choose smaller sizes,
                        fewer machines or instances, or another location, delete machines that are not needed, or
                        ask for a limit of at least 14: in the Azure portal under Quotas (https://aka.ms/quotas).
                        [OperationNotAllowed: Operation could not be
                        completed as it results in exceeding approved Total Regional Cores quota. Additional details -
                        Deployment Model: Resource Manager, Location: japaneast, Current Limit: 1, Current Usage: 12,
                        Additional Required: 2, (Minimum) New Limit Required: 14. Choose a smaller size or another
                        region, delete machines that are not needed, or ask for more quota at https://aka.ms/quotas.]
                        left: mycontainerregistry.azurecr.io/aci-helloworld, networkInterfaces/myDockerVMVMNic,
                        networkSecurityGroups/myDockerVMNSG, publicIPAddresses/myDockerVMPublicIP,
                        registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        userAssignedIdentities/myACRId, virtualNetworks/myDockerVMVNET
                        undo: as before
                        """),
                run(
                        "the name is taken before the run",
                        SHARED,
                        world -> world.untilMended(world.faults().arm().takeRegistryName("myContainerRegistry")),
                        """
                        failed after 0..1 s; met 1 times
                        check: No registry can be called “myContainerRegistry”. A registry’s name is part of its
                        address, so it has to be free in all of Azure. Choose another name. [The registry
                        myContainerRegistry is already in use.]
                        undo: nothing to undo
                        """),
                run(
                        "the name is taken between check and creation",
                        SHARED,
                        world -> world.before(
                                put(REGISTRY),
                                () -> world.untilMended(world.faults().arm().takeRegistryName("myContainerRegistry"))),
                        """
                        failed after 0..1 s; met 1 times
                        registry: The name is taken: registry “myContainerRegistry”. Somebody else in Azure has it.
                        Choose another name. [AlreadyInUse: The registry DNS name mycontainerregistry.azurecr.io is
                        already in use. Choose another name; checkNameAvailability tells which are free.]
                        left: inside virtualMachines/practiceDocker: digest and group and image,
                        resourceGroups/myResourceGroup, userAssignedIdentities/myACRId,
                        virtualMachines/practiceDocker (changed)
                        undo: as before
                        """),
                run(
                        "a policy forbids machines (RequestDisallowedByPolicy)",
                        NEW,
                        world -> world.untilMended(world.faults()
                                .arm()
                                .policy(
                                        "/subscriptions/" + world.cloud().subscriptionId(),
                                        "Microsoft.Compute/virtualMachines",
                                        "no-machines")),
                        """
                        failed after 0..1 s; met 1 times
                        machine: A policy of your organisation forbids this: machine “myDockerVM”. Azure refused it
                        because of that policy. Ask whoever manages Azure Policy. Azure’s message in the details names
                        the policy.
                        [RequestDisallowedByPolicy: Resource 'myDockerVM' was disallowed by policy. Policy identifiers:
                        '[{"policyAssignment":{"name":"no-machines",…}]'.]
                        left: mycontainerregistry.azurecr.io/aci-helloworld, networkInterfaces/myDockerVMVMNic,
                        networkSecurityGroups/myDockerVMNSG, publicIPAddresses/myDockerVMPublicIP,
                        registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        userAssignedIdentities/myACRId, virtualNetworks/myDockerVMVNET
                        undo: as before
                        """),
                run(
                        "a ReadOnly lock on the group (ScopeLocked)",
                        NEW,
                        world -> world.before(put(MACHINE), () -> {
                            // What is made at the same time would be locked too.
                            world.awaitMade("mycontainerregistry.azurecr.io/aci-helloworld", "roleAssignments");
                            world.untilMended(
                                    world.faults().arm().lock(world.id("/resourceGroups/myResourceGroup"), "ReadOnly"));
                        }),
                        """
                        failed after 0..1 s; met 1 times
                        machine: A lock prevents this: machine “myDockerVM”. Somebody protected it, or its resource
                        group, against changes. Remove the lock, or choose another resource group. [ScopeLocked: The
                        scope
                        '‹groups›/myResourceGroup/providers/Microsoft.Compute/virtualMachines/myDockerVM'
                        cannot perform write operation because following scope(s) are locked:
                        '‹groups›/myResourceGroup'. Please remove the lock and try again.]
                        left: mycontainerregistry.azurecr.io/aci-helloworld, networkInterfaces/myDockerVMVMNic,
                        networkSecurityGroups/myDockerVMNSG, publicIPAddresses/myDockerVMPublicIP,
                        registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        userAssignedIdentities/myACRId, virtualNetworks/myDockerVMVNET
                        undo: as before
                        """),
                run(
                        "access tokens expire in the middle",
                        SHARED,
                        world -> world.before(
                                put(REGISTRY),
                                () -> world.untilMended(world.faults().tokens().expireAccessTokens())),
                        """
                        proven after 0..1 s; met 1..9 times
                        undo: as before
                        """),
                run(
                        "the sign-in ends in the middle (the practice directory grants another at once)",
                        SHARED,
                        world -> world.before(put(REGISTRY), () -> {
                            world.untilMended(world.faults().tokens().expireAccessTokens());
                            world.untilMended(world.faults().tokens().expireSignIns());
                        }),
                        """
                        proven after 0..1 s; met 1..9 times
                        undo: as before
                        """),
                run("401 for ever", SHARED, world -> world.http(put(IDENTITY), always(), HttpFault.status(401)), """
                        failed after 0..1 s; met 2 times
                        identity: Azure does not accept your sign-in. It has ended, was cancelled, or is for another
                        directory. Try again. If that does not help, check this computer’s date and time.
                        [ExpiredAuthenticationToken: The access token expiry UTC time is earlier than current UTC time.]
                        left: mycontainerregistry.azurecr.io/aci-helloworld, registries/myContainerRegistry,
                        resourceGroups/myResourceGroup
                        undo: as before
                        """),
                run(
                        "403: the permission is lost in the middle",
                        // The image may still be on its way into the registry: then that is refused, too.
                        NEW,
                        world -> world.before(
                                azure().path("/runCommand$"),
                                () -> world.untilMended(world.faults().arm().demote(Optional.of("Reader")))),
                        """
                        failed after 0..1 s; met 1..2 times
                        host-keys: You may not do that: machine “myDockerVM”. Your account lacks a permission. Ask for
                        the permission named below. To grant roles, “Role Based Access Control Administrator” is
                        enough. [AuthorizationFailed: The client '‹id›' with object id '‹id›' does not have
                        authorization to perform action 'Microsoft.Compute/virtualMachines/runCommand/action' over scope
                        '‹groups›/myResourceGroup/providers/Microsoft.Compute/virtualMachines/myDockerVM'
                        or the scope is invalid. If access was recently granted, please refresh your credentials.] …
                        left: disks, … networkInterfaces/myDockerVMVMNic,
                        networkSecurityGroups/myDockerVMNSG, publicIPAddresses/myDockerVMPublicIP,
                        registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        userAssignedIdentities/myACRId, virtualMachines/myDockerVM, virtualNetworks/myDockerVMVNET
                        undo: as before
                        """),
                run(
                        "403: the permission is missing from the start",
                        SHARED,
                        world -> world.untilMended(world.faults().arm().demote(Optional.of("Reader"))),
                        """
                        failed after 0..1 s
                        check: You may not change machine “practiceDocker”. It could not be given the managed identity.
                        Ask for the role Virtual Machine Contributor on the machine.
                        [Microsoft.Compute/virtualMachines/write]
                        check: You may not create the identity “myACRId”. The setup would fail there. Ask for the role
                        Contributor on the subscription (resource group “myResourceGroup” does not exist yet), or
                        choose another resource group.
                        [Microsoft.ManagedIdentity/userAssignedIdentities/write]
                        check: You may not create the registry “myContainerRegistry”. The setup would fail there. Ask
                        for the role Contributor on the subscription (resource group “myResourceGroup” does not exist
                        yet), or choose another resource group.
                        [Microsoft.ContainerRegistry/registries/write]
                        check: You may not create the resource group “myResourceGroup”. The setup would fail there. Ask
                        for the role Contributor on the subscription, or choose a resource group that exists.
                        [Microsoft.Resources/subscriptions/resourceGroups/write]
                        check: You may not give identity “myACRId” to machines. The setup would fail there. This is a
                        right at the identity, not at the machine. Ask for the role Managed Identity Operator on the
                        subscription (resource group “myResourceGroup” does not exist yet).
                        [Microsoft.ManagedIdentity/userAssignedIdentities/assign/action]
                        check: You may not grant roles on the registry. The identity would have no right to pull, and
                        the setup would fail halfway. Ask for the role “Role Based Access Control Administrator” on the
                        subscription (resource group “myResourceGroup” does not exist yet). …
                        check: You may not import images into registry “myContainerRegistry”. The image could not
                        be copied there. Ask for the role “Container Registry Data Importer and Data Reader” or
                        Contributor on the subscription (resource group “myResourceGroup” does not exist yet).
                        [Microsoft.ContainerRegistry/registries/importImage/action]
                        check: You may not run commands on machine “practiceDocker”. Its SSH host keys are read that
                        way, so that the first connection is to this machine and no other. Ask for the role Virtual
                        Machine Contributor on “practiceDocker”. [Microsoft.Compute/virtualMachines/runCommand/action]
                        undo: nothing to undo
                        """),
                run(
                        "403: no permission at all",
                        SHARED,
                        world -> world.untilMended(world.faults().arm().demote(Optional.empty())),
                        """
                        failed after 0..1 s
                        program: This account has no Azure subscription in this directory. It is also in these
                        directories: Partner directory (partner.onmicrosoft.com). Choose one of them (signIn.tenant in
                        a setup file), sign in with another account, or ask for a role in a subscription.
                        undo: nothing to undo
                        """),
                run(
                        "PrincipalNotFound for 2 minutes",
                        SHARED,
                        world -> world.untilMended(world.faults().arm().principalsUnknownFor(Duration.ofMinutes(2))),
                        """
                        proven after 126..140 s; met 11..17 times
                        waits: 12..16 × the directory does not know the new identity yet …
                        undo: as before
                        """),
                run(
                        "PrincipalNotFound for ever",
                        SHARED,
                        world -> world.untilMended(world.faults().arm().principalsUnknownFor(Duration.ofHours(2))),
                        """
                        failed after 300 s; met 30..36 times
                        waits: 30..34 × the directory does not know the new identity yet
                        role: The directory does not know the identity: role on registry “myContainerRegistry”. A new
                        identity can take minutes to be known everywhere. It took too long this time. Try again.
                        [PrincipalNotFound: Principal ‹id› does not exist in the directory ‹id›. Check that you have the
                        correct principal ID. If you are creating this principal and then immediately assigning a role,
                        this error might be related to a replication delay. In this case, set the role assignment
                        principalType property to a value, such as ServicePrincipal, User, or Group. See
                        https://aka.ms/docs-principaltype]
                        left: inside virtualMachines/practiceDocker: digest and directory and file and group and image
                        and
                        package, mycontainerregistry.azurecr.io/aci-helloworld, registries/myContainerRegistry,
                        resourceGroups/myResourceGroup, userAssignedIdentities/myACRId, virtualMachines/practiceDocker
                        (changed)
                        undo: as before
                        """),
                run(
                        "the role has no effect for 9 minutes",
                        SHARED,
                        world -> world.untilMended(world.faults().arm().rolesWithoutEffectFor(Duration.ofMinutes(9))),
                        """
                        proven after 550..592 s; met 1 times
                        waits: 28..32 × the role has not taken effect yet
                        undo: as before
                        """),
                run(
                        "the role never has an effect",
                        SHARED,
                        world -> world.untilMended(world.faults().arm().rolesWithoutEffectFor(Duration.ofHours(20))),
                        """
                        failed after 720 s; met 1 times
                        waits: 36..40 × the role has not taken effect yet
                        registry-login: After 12 minutes, registry mycontainerregistry.azurecr.io still refuses machine
                        “practiceDocker”. The role has been granted but does not take effect; Azure says that it takes
                        up to 10 minutes. Try again later. If it stays so, look at the registry’s role assignments: the
                        role has to be this identity’s, on this registry. […SubscriptionNotFound…]
                        left: inside virtualMachines/practiceDocker: account and digest and directory and file and
                        group and image and
                        package, mycontainerregistry.azurecr.io/aci-helloworld, registries/myContainerRegistry,
                        resourceGroups/myResourceGroup, roleAssignments, userAssignedIdentities/myACRId,
                        virtualMachines/practiceDocker (changed)
                        undo: as before
                        """),
                run(
                        "Azure's clock is 10 minutes fast, and it throttles",
                        SHARED,
                        world -> {
                            world.untilMended(world.faults().skewClock(Duration.ofMinutes(10)));
                            world.http(put(REGISTRY), first(1), HttpFault.status(429, Duration.ofSeconds(20)));
                        },
                        """
                        proven after 19..23 s; met 5..99 times
                        waits: 1 × Azure asks to wait: too many requests
                        undo: as before
                        """),
                run(
                        "the directory's clock is 30 s fast: tokens are not valid yet",
                        SHARED,
                        world -> world.untilMended(
                                world.faults().tokens().accessTokensValidAfter(Duration.ofSeconds(30))),
                        """
                        failed after 0..1 s; met 2 times
                        program: Azure does not accept your sign-in. It has ended, was cancelled, or is for another
                        directory. Try again. If that does not help, check this computer’s date and time.
                        [InvalidAuthenticationToken: The access token is invalid.]
                        undo: nothing to undo
                        """),
                run(
                        "somebody deletes the registry before the role is granted",
                        SHARED,
                        world -> world.before(
                                put(ROLE),
                                () -> world.faults().arm().delete(world.id("/registries/myContainerRegistry"))),
                        """
                        failed after 0..60 s; met 1 times …
                        role: Azure does not find this: role on registry “myContainerRegistry”. It, or something that
                        it belongs to, does not exist or is not visible to you. Check the names and the
                        subscription. If somebody deleted it meanwhile, start again. [ResourceNotFound: …]
                        left: inside virtualMachines/practiceDocker: digest and directory and file and group and image
                        and package, resourceGroups/myResourceGroup, userAssignedIdentities/myACRId,
                        virtualMachines/practiceDocker (changed)
                        undo: as before
                        """),
                run(
                        "somebody deletes the identity before the machine is made",
                        NEW,
                        world -> world.before(
                                put(MACHINE),
                                () -> world.faults().arm().delete(world.id("/userAssignedIdentities/myACRId"))),
                        """
                        failed after 0..1 s; met 1 times
                        machine: Azure does not accept what was asked for: machine “myDockerVM”. Something in the
                        request is not as Azure wants it. See below what. Change it and try again.
                        [FailedIdentityOperation: Identity operation for resource
                        '‹groups›/myResourceGroup/providers/Microsoft.Compute/virtualMachines/myDockerVM'
                        failed with error 'Failed to perform resource identity operation. Status: 'BadRequest'.
                        Response: '{"error":{"code":"BadRequest","message":"Resource
                        '‹groups›/myResourceGroup/providers/Microsoft.ManagedIdentity/userAssignedIdentities/myACRId'
                        was not found."}}'.'.]
                        left: mycontainerregistry.azurecr.io/aci-helloworld, networkInterfaces/myDockerVMVMNic,
                        networkSecurityGroups/myDockerVMNSG, publicIPAddresses/myDockerVMPublicIP,
                        registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        virtualNetworks/myDockerVMVNET
                        undo: as before
                        """),
                run(
                        "somebody deletes the machine before its host keys are read",
                        NEW,
                        world -> world.before(
                                azure().path("/runCommand$"),
                                () -> world.faults().arm().delete(world.id("/virtualMachines/myDockerVM"))),
                        """
                        failed after 0..1 s; met 1 times
                        host-keys: Azure does not find this: machine “myDockerVM”. It, or something that it belongs to,
                        does not exist or is not visible to you. Check the names and the subscription. If somebody
                        deleted it meanwhile, start again. [ResourceNotFound: The Resource
                        'Microsoft.Compute/virtualMachines/myDockerVM' under resource group 'myResourceGroup' was not
                        found. For more details please go to https://aka.ms/ARMResourceNotFoundFix]
                        left: mycontainerregistry.azurecr.io/aci-helloworld, networkInterfaces/myDockerVMVMNic,
                        networkSecurityGroups/myDockerVMNSG, publicIPAddresses/myDockerVMPublicIP,
                        registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        userAssignedIdentities/myACRId, virtualNetworks/myDockerVMVNET
                        undo: as before
                        """),
                run(
                        "somebody deletes the resource group in the middle",
                        NEW,
                        world -> world.before(
                                azure().path("/runCommand$"),
                                () -> world.faults().arm().delete(world.id("/resourceGroups/myResourceGroup"))),
                        """
                        failed after 0..60 s; met 1 times …
                        host-keys: Azure does not find this: machine “myDockerVM”. It, or something that it belongs to,
                        does not exist or is not visible to you. Check the names and the subscription. If somebody
                        deleted it meanwhile, start again. [ResourceGroupNotFound: Resource group 'myResourceGroup'
                        could not be found.] …
                        undo: as before
                        """),
                run(
                        "the registry's own service answers 503 for ever (digest)",
                        SHARED,
                        world -> world.http(
                                RequestMatcher.to("*.azurecr.io").ofClients(), always(), HttpFault.status(503)),
                        """
                        failed after 40..60 s; met 5..10 times
                        waits: 4..9 × Azure answered with error 503
                        image: Azure cannot answer for now: image “aci-helloworld:v1”. It was reached, but one of its
                        services is in trouble. Wait a few minutes and try again. Known trouble is listed at
                        https://azure.status.microsoft. [UNAVAILABLE: the registry failed]
                        left: inside virtualMachines/practiceDocker: account and digest and directory and file and
                        group and image and
                        package, registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        userAssignedIdentities/myACRId, virtualMachines/practiceDocker (changed)
                        undo: as before
                        """));
    }
}
