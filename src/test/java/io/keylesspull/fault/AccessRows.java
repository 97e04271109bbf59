package io.keylesspull.fault;

import static io.keylesspull.fault.Row.run;
import static io.keylesspull.fault.Setup.SHARED;
import static io.keylesspull.practice.fault.Occasions.always;
import static io.keylesspull.practice.fault.Occasions.first;

import io.keylesspull.practice.machine.ssh.CommandFault;
import io.keylesspull.practice.wire.HttpFault;
import io.keylesspull.practice.wire.RequestMatcher;
import java.util.List;

/** What keeps a machine from its identity, the registry or the image, and is not the role. */
final class AccessRows {

    private static final String LOGIN = "^az acr login";
    private static final String PULL = "^docker pull ";
    private static final String HELPER = "^sudo chmod 0755 /usr/bin/docker-credential-";
    private static final String UNSAVED =
            "WARNING: Error saving credentials: open /home/azureuser/.docker/config.json402531: ";

    private static final RequestMatcher REGISTRY =
            RequestMatcher.to("*.azurecr.io").ofMachines();

    private AccessRows() {}

    static List<Row> rows() {
        return List.of(
                run(
                        "the registry’s firewall does not let the machine in (sign-in)",
                        SHARED,
                        world -> world.http(REGISTRY, always(), HttpFault.firewall("203.0.113.77")),
                        """
                        failed after 0..1 s; met 1..9 times
                        registry-login: The firewall of registry mycontainerregistry does not let machine
                        “practiceDocker” in. The registry sees its address as 203.0.113.77. The registry lets in
                        chosen addresses or private endpoints only. That does not change by waiting. Let the address in
                        by the command. …
                        try again. [… ERROR: Looks
                        like you don't have access to registry 'mycontainerregistry.azurecr.io'. … client with IP … is
                        not allowed access. …]
                        left: inside virtualMachines/practiceDocker: account and digest and directory and file and
                        group and image and package, mycontainerregistry.azurecr.io/aci-helloworld,
                        registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        userAssignedIdentities/myACRId, virtualMachines/practiceDocker (changed)
                        undo: as before
                        """),
                run(
                        "the registry’s firewall does not let the machine in (pull)",
                        SHARED,
                        world -> world.beforeCommand(
                                PULL, () -> world.http(REGISTRY, always(), HttpFault.firewall("203.0.113.77"))),
                        """
                        failed after 0..1 s; met 1..9 times
                        pull: The firewall of registry mycontainerregistry does not let machine
                        “practiceDocker” in. The registry sees its address as 203.0.113.77. The registry lets in
                        chosen addresses or private endpoints only. That does not change by waiting. Let the address in
                        by the command. …
                        try again. [Error response
                        from daemon: … 403 Forbidden …]
                        left: inside virtualMachines/practiceDocker: account and digest and directory and file and
                        group and image and package, mycontainerregistry.azurecr.io/aci-helloworld,
                        registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        userAssignedIdentities/myACRId, virtualMachines/practiceDocker (changed)
                        undo: as before
                        """),
                run(
                        "the registry’s firewall does not let the machine in (credential helper)",
                        SHARED,
                        world -> world.beforeCommand(
                                HELPER, () -> world.http(REGISTRY, always(), HttpFault.firewall("203.0.113.77"))),
                        """
                        failed after 0..1 s; met 1..9 times
                        pull-again: The firewall of registry mycontainerregistry does not let machine
                        “practiceDocker” in. The registry sees its address as 203.0.113.77. The registry lets in
                        chosen addresses or private endpoints only. That does not change by waiting. Let the address in
                        by the command. …
                        try again. […]
                        left: inside virtualMachines/practiceDocker: account and digest and directory and file and group
                        and image and package, mycontainerregistry.azurecr.io/aci-helloworld,
                        registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        userAssignedIdentities/myACRId, virtualMachines/practiceDocker (changed)
                        undo: as before
                        """),
                run(
                        "the registry’s firewall does not let this computer in",
                        SHARED,
                        world -> world.http(
                                RequestMatcher.to("*.azurecr.io").ofClients(),
                                always(),
                                HttpFault.firewall("203.0.113.77")),
                        """
                        proven after 0..1 s; met 1..9 times
                        undo: as before
                        """),
                run(
                        "this computer gets no connection to the registry",
                        SHARED,
                        world -> world.http(RequestMatcher.to("*.azurecr.io").ofClients(), always(), HttpFault.reset()),
                        """
                        proven after 30..60 s; met 9..25 times
                        waits: 5..9 × The answer of mycontainerregistry.azurecr.io broke off
                        undo: as before
                        """),
                run(
                        "the machine cannot resolve the registry’s name (sign-in)",
                        SHARED,
                        world -> world.http(REGISTRY, always(), HttpFault.unknownHost()),
                        """
                        failed after 0..1 s; met 1..9 times
                        registry-login: Machine “practiceDocker” cannot resolve the name mycontainerregistry.azurecr.io.
                        The DNS server that the machine asks does not know it. Check the DNS servers … try again.
                        [… ERROR: Could not connect to the registry login server … curl: (6) Could not resolve host:
                        mycontainerregistry.azurecr.io]
                        left: inside virtualMachines/practiceDocker: account and digest and directory and file and
                        group and image and package, mycontainerregistry.azurecr.io/aci-helloworld,
                        registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        userAssignedIdentities/myACRId, virtualMachines/practiceDocker (changed)
                        undo: as before
                        """),
                run(
                        "the machine cannot resolve the registry’s name (credential helper)",
                        SHARED,
                        world -> world.beforeCommand(
                                HELPER, () -> world.http(REGISTRY, always(), HttpFault.unknownHost())),
                        """
                        failed after 0..1 s; met 1..9 times
                        pull-again: Machine “practiceDocker” cannot resolve the name mycontainerregistry.azurecr.io. The
                        DNS server that the machine asks does not know it. Check the DNS servers … try again. […]
                        left: inside virtualMachines/practiceDocker: account and digest and directory and file and group
                        and image and package, mycontainerregistry.azurecr.io/aci-helloworld,
                        registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        userAssignedIdentities/myACRId, virtualMachines/practiceDocker (changed)
                        undo: as before
                        """),
                run(
                        "the registry’s name leads to a private endpoint without a way there (pull)",
                        SHARED,
                        world -> world.beforeCommand(
                                PULL, () -> world.http(REGISTRY, always(), HttpFault.noAnswer("10.1.0.5"))),
                        """
                        failed after 0..1 s; met 1..9 times
                        pull: Machine “practiceDocker” does not reach the private endpoint of registry
                        mycontainerregistry.azurecr.io. The registry’s name leads to a private address, to which there
                        is no way from the machine’s network. Peer the machine’s virtual network … try again. [… dial
                        tcp ‹address›:443: i/o timeout]
                        left: inside virtualMachines/practiceDocker: account and digest and directory and file and
                        group and image and package, mycontainerregistry.azurecr.io/aci-helloworld,
                        registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        userAssignedIdentities/myACRId, virtualMachines/practiceDocker (changed)
                        undo: as before
                        """),
                run(
                        "nothing answers at the registry’s address (sign-in)",
                        SHARED,
                        world -> world.http(REGISTRY, always(), HttpFault.noAnswer("20.1.0.5")),
                        """
                        failed after 0..1 s; met 1..9 times
                        registry-login: Machine “practiceDocker” gets no connection to mycontainerregistry.azurecr.io. A
                        firewall, a route or a proxy between them prevents it. Let the machine go out … try again.
                        [… ERROR: Could not connect to the registry login server … curl: (28) Connection timed out after
                        10001 milliseconds]
                        left: inside virtualMachines/practiceDocker: account and digest and directory and file and
                        group and image and package, mycontainerregistry.azurecr.io/aci-helloworld,
                        registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        userAssignedIdentities/myACRId, virtualMachines/practiceDocker (changed)
                        undo: as before
                        """),
                run(
                        "the metadata service cannot be reached",
                        SHARED,
                        world -> world.http(
                                RequestMatcher.to("169.254.169.254").ofMachines(),
                                always(),
                                HttpFault.noAnswer("169.254.169.254")),
                        """
                        failed after 0..1 s; met 1..9 times
                        sign-in: Machine “practiceDocker” does not reach the Azure Instance Metadata Service at
                        169.254.169.254. The tokens of its managed identity come from there. Check that no proxy, … try
                        again. [ERROR: Failed to connect to MSI. …]
                        left: inside virtualMachines/practiceDocker: digest and directory and file and
                        group and image and package, mycontainerregistry.azurecr.io/aci-helloworld,
                        registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        userAssignedIdentities/myACRId, virtualMachines/practiceDocker (changed)
                        undo: as before
                        """),
                run(
                        "the Azure CLI is killed",
                        SHARED,
                        world -> world.command("^az login", always(), CommandFault.ends(137, "")),
                        """
                        failed after 0..1 s; met 1 times
                        sign-in: On machine “practiceDocker”, “az” was killed before it ended. Its exit status is 137.
                        Usually the machine has run out of memory. Look for it on the machine, free memory or choose
                        a larger size for the machine, and try again.
                        left: inside virtualMachines/practiceDocker: digest and directory and file and
                        group and image and package, mycontainerregistry.azurecr.io/aci-helloworld,
                        registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        userAssignedIdentities/myACRId, virtualMachines/practiceDocker (changed)
                        undo: as before
                        """),
                run(
                        "sudo does not find the Azure CLI",
                        SHARED,
                        world -> world.command(
                                "^az login", always(), CommandFault.ends(1, "sudo: az: command not found")),
                        """
                        failed after 0..1 s; met 1 times
                        sign-in: Machine “practiceDocker” does not find the command “az”. It is not installed, or not in
                        the path of the user who runs it; sudo searches the folders of its secure_path alone. Install it
                        in one of these folders, such as /usr/bin, or add its folder to secure_path with “sudo visudo”,
                        and try again. [sudo: az: command not found]
                        left: inside virtualMachines/practiceDocker: digest and directory and file and
                        group and image and package, mycontainerregistry.azurecr.io/aci-helloworld,
                        registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        userAssignedIdentities/myACRId, virtualMachines/practiceDocker (changed)
                        undo: as before
                        """),
                run(
                        "the Azure CLI crashes",
                        SHARED,
                        world -> world.command(
                                "^az version",
                                always(),
                                CommandFault.ends(1, "ModuleNotFoundError: No module named 'azure'")),
                        """
                        failed after 0..1 s; met 2 times
                        azure-cli: The Azure CLI on machine “practiceDocker” is installed, but does not work. Even “az
                        version” fails. Read below what it said. Often a Python package … Then try again.
                        [ModuleNotFoundError: No module named 'azure']
                        left: inside virtualMachines/practiceDocker: digest and file and group and image and
                        package, mycontainerregistry.azurecr.io/aci-helloworld, registries/myContainerRegistry,
                        resourceGroups/myResourceGroup, roleAssignments, userAssignedIdentities/myACRId,
                        virtualMachines/practiceDocker (changed)
                        undo: as before
                        """),
                run(
                        "Docker cannot save the login",
                        SHARED,
                        world -> world.command(
                                LOGIN,
                                always(),
                                CommandFault.ends(1, UNSAVED + "permission denied\nERROR: Login failed.")),
                        """
                        failed after 0..1 s; met 1 times
                        registry-login: Docker on machine “practiceDocker” cannot keep or read its logins. They are in
                        ~/.docker/config.json, or with the program that is named there under “credsStore” or
                        “credHelpers”. Without them there is no pull. Read below what Docker said. … Then try
                        again. [WARNING: Error saving credentials: open /home/azureuser/.docker/config.json402531:
                        permission denied ERROR: Login failed.]
                        left: inside virtualMachines/practiceDocker: account and digest and directory and file and
                        group and image and package, mycontainerregistry.azurecr.io/aci-helloworld,
                        registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        userAssignedIdentities/myACRId, virtualMachines/practiceDocker (changed)
                        undo: as before
                        """),
                run(
                        "the disk is full when Docker saves the login",
                        SHARED,
                        world -> world.command(
                                LOGIN,
                                always(),
                                CommandFault.ends(1, UNSAVED + "no space left on device\nERROR: Login failed.")),
                        """
                        failed after 0..1 s; met 1 times
                        registry-login: The disk of machine “practiceDocker” is full. There was no space
                        for what “az” had to write. Free some space … and try again. [WARNING: Error saving
                        credentials: open
                        /home/azureuser/.docker/config.json402531: no space left on device ERROR: Login failed.]
                        left: inside virtualMachines/practiceDocker: account and digest and directory and file and
                        group and image and package, mycontainerregistry.azurecr.io/aci-helloworld,
                        registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        userAssignedIdentities/myACRId, virtualMachines/practiceDocker (changed)
                        undo: as before
                        """),
                run(
                        "the registry throttles the sign-in twice (429)",
                        SHARED,
                        world -> world.http(REGISTRY.path("^/oauth2/exchange$"), first(2), HttpFault.status(429)),
                        """
                        proven after 14..18 s; met 2 times
                        waits: 2 × the registry is busy or in trouble; it is asked again
                        undo: as before
                        """),
                run(
                        "the registry answers the sign-in with 503 for ever",
                        SHARED,
                        world -> world.http(REGISTRY, always(), HttpFault.status(503)),
                        """
                        failed after 300 s; met 20..40 times
                        waits: 10..14 × the registry is busy or in trouble; it is asked again
                        registry-login: After 5 minutes, mycontainerregistry.azurecr.io still does not serve machine
                        “practiceDocker”. It is busy, or one of its services is in trouble. Wait a few minutes and try
                        again. Known trouble is listed at https://azure.status.microsoft. [… did not issue a challenge.
                        …]
                        left: inside virtualMachines/practiceDocker: account and digest and directory and file and
                        group and image and package, mycontainerregistry.azurecr.io/aci-helloworld,
                        registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        userAssignedIdentities/myACRId, virtualMachines/practiceDocker (changed)
                        undo: as before
                        """));
    }
}
