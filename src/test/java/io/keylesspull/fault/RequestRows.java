package io.keylesspull.fault;

import static io.keylesspull.fault.Row.run;
import static io.keylesspull.fault.Setup.NEW;
import static io.keylesspull.fault.Setup.NEW_SLOWLY;
import static io.keylesspull.fault.Setup.SHARED;
import static io.keylesspull.practice.fault.Occasions.always;
import static io.keylesspull.practice.fault.Occasions.first;

import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.wire.HttpFault;
import io.keylesspull.practice.wire.RequestMatcher;
import java.time.Duration;
import java.util.List;

/** Requests to Azure that are not answered as they should be. */
final class RequestRows {

    static final String REGISTRY = "/registries/myContainerRegistry$";
    static final String IDENTITY = "/userAssignedIdentities/myACRId$";
    static final String MACHINE = "/virtualMachines/myDockerVM$";
    static final String NETWORK = "/virtualNetworks/myDockerVMVNET$";
    static final String IMPORT = "/importImage$";

    private RequestRows() {}

    static RequestMatcher azure() {
        return RequestMatcher.to("management.azure.com");
    }

    static RequestMatcher put(String path) {
        return azure().method("PUT").path(path);
    }

    static List<Row> rows() {
        return List.of(
                run(
                        "429 with Retry-After 20 s, twice",
                        SHARED,
                        world -> world.http(put(REGISTRY), first(2), HttpFault.status(429, Duration.ofSeconds(20))),
                        """
                        proven after 39..43 s; met 2 times
                        waits: 2 × Azure asks to wait: too many requests
                        undo: as before
                        """),
                run(
                        "429 with Retry-After 20 s, for ever",
                        SHARED,
                        world -> world.http(put(IDENTITY), always(), HttpFault.status(429, Duration.ofSeconds(20))),
                        """
                        failed after 300 s; met 13..19 times
                        waits: 13..17 × Azure asks to wait: too many requests
                        identity: Azure limits requests for now: identity “myACRId”. There were too many requests
                        in a short time. Wait a few minutes and try again. [SubscriptionRequestsThrottled: Number of
                        requests for the subscription exceeded the limit. Please try again later.]
                        left: mycontainerregistry.azurecr.io/aci-helloworld, registries/myContainerRegistry,
                        resourceGroups/myResourceGroup
                        undo: as before
                        """),
                run(
                        "429 with Retry-After 10 min",
                        SHARED,
                        world -> world.http(put(IDENTITY), always(), HttpFault.status(429, Duration.ofMinutes(10))),
                        """
                        failed after 0..1 s; met 1 times
                        identity: Azure limits requests for now: identity “myACRId”. There were too many requests
                        in a short time. Wait a few minutes and try again. [SubscriptionRequestsThrottled: Number of
                        requests for the subscription exceeded the limit. Please try again later.]
                        left: mycontainerregistry.azurecr.io/aci-helloworld, registries/myContainerRegistry,
                        resourceGroups/myResourceGroup
                        undo: as before
                        """),
                run("408 once", NEW, world -> world.http(put(NETWORK), first(1), HttpFault.status(408)), """
                        proven after 0..1 s; met 1 times
                        waits: 1 × Azure answered with error 408
                        undo: as before
                        """),
                run("500 once", SHARED, world -> world.http(put(IDENTITY), first(1), HttpFault.status(500)), """
                        proven after 0..1 s; met 1 times
                        waits: 1 × Azure answered with error 500
                        undo: as before
                        """),
                run(
                        "500 once, after the registry was made",
                        SHARED,
                        world -> world.http(
                                put(REGISTRY), first(1), HttpFault.status(500).afterTheEffect()),
                        """
                        proven after 0..1 s; met 1 times
                        waits: 1 × Azure answered with error 500
                        undo: as before
                        """),
                run(
                        "500 once, to an action that must not be done twice (import of the image)",
                        SHARED,
                        world -> world.http(azure().path(IMPORT), first(1), HttpFault.status(500)),
                        """
                        failed after 0..1 s; met 1 times
                        image: Azure answered with an error: image “aci-helloworld:v1”. The step could not be completed.
                        See below, and try again. [InternalServerError: Encountered internal server error.]
                        left: inside virtualMachines/practiceDocker: account and digest and directory and file and
                        group and image and
                        package, registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        userAssignedIdentities/myACRId, virtualMachines/practiceDocker (changed)
                        undo: as before
                        """),
                run("502 once", SHARED, world -> world.http(put(REGISTRY), first(1), HttpFault.status(502)), """
                        proven after 0..1 s; met 1 times
                        waits: 1 × Azure answered with error 502
                        undo: as before
                        """),
                run(
                        "503 once, with Retry-After 30 s",
                        SHARED,
                        world -> world.http(put(IDENTITY), first(1), HttpFault.status(503, Duration.ofSeconds(30))),
                        """
                        proven after 29..33 s; met 1 times
                        waits: 1 × Azure answered with error 503
                        undo: as before
                        """),
                run("504 once", SHARED, world -> world.http(put(IDENTITY), first(1), HttpFault.status(504)), """
                        proven after 0..1 s; met 1 times
                        waits: 1 × Azure answered with error 504
                        undo: as before
                        """),
                run("500 for ever", SHARED, world -> world.http(put(IDENTITY), always(), HttpFault.status(500)), """
                        failed after 44..60 s; met 5..11 times
                        waits: 5..9 × Azure answered with error 500
                        identity: Azure answered with an error: identity “myACRId”. The step could not be completed.
                        See below, and try again. [InternalServerError: Encountered internal server error.]
                        left: mycontainerregistry.azurecr.io/aci-helloworld, registries/myContainerRegistry,
                        resourceGroups/myResourceGroup
                        undo: as before
                        """),
                run("503 for ever", SHARED, world -> world.http(put(IDENTITY), always(), HttpFault.status(503)), """
                        failed after 44..60 s; met 5..11 times
                        waits: 5..9 × Azure answered with error 503
                        identity: Azure cannot answer for now: identity “myACRId”. It was reached, but one
                        of its services is in trouble. Wait a few minutes and try again. Known trouble is listed at
                        https://azure.status.microsoft. [ServiceUnavailable: The service is temporarily unavailable.]
                        left: mycontainerregistry.azurecr.io/aci-helloworld, registries/myContainerRegistry,
                        resourceGroups/myResourceGroup
                        undo: as before
                        """),
                run(
                        "504 for ever, to everything, from the first request after the sign-in",
                        SHARED,
                        world -> world.http(azure(), always(), HttpFault.status(504)),
                        """
                        failed after 44..60 s; met 5..11 times
                        program: Azure cannot answer for now: your account. It was reached, but one of its services is
                        in trouble. Wait a few minutes and try again. Known trouble is listed at
                        https://azure.status.microsoft. [GatewayTimeout: The gateway did not receive a response from
                        'Microsoft.Resources' within the specified time period.]
                        undo: nothing to undo
                        """),
                run(
                        "connections are refused from the start",
                        SHARED,
                        world -> world.untilMended(world.faults().refuseConnections()),
                        """
                        failed after 3..6 s; met 1 times
                        program: Azure could not be reached: your account. The network is down, or a proxy or firewall
                        stands in between. Check the connection and try again. [ClosedChannelException]
                        undo: nothing to undo
                        """),
                // Whoever asks a registry for its images waits for 6 s and no longer.
                run(
                        "connections are refused for 4 s",
                        SHARED,
                        world -> world.before(put(IDENTITY), () -> {
                            Fault refused = world.untilMended(world.faults().refuseConnections());
                            world.time().after(Duration.ofSeconds(4), refused::remove);
                        }),
                        """
                        proven after 4..25 s; met 1 times
                        waits: 1..4 × The answer of management.azure.com broke off …
                        waits: 1..14 × management.azure.com cannot be reached …
                        undo: as before
                        """),
                run(
                        "connections are refused for ever",
                        SHARED,
                        world -> world.before(
                                put(IDENTITY),
                                () -> world.untilMended(world.faults().refuseConnections())),
                        """
                        failed after 44..120 s; met 1 times
                        waits: 1..4 × The answer of management.azure.com broke off …
                        waits: 5..21 × management.azure.com cannot be reached …
                        identity: Azure could not be reached: identity “myACRId”. The network is down, or a proxy or
                        firewall stands in between. Check the connection and try again. […] …
                        left: …
                        undo: as before
                        """),
                run(
                        "a connection is reset before the answer",
                        SHARED,
                        world -> world.http(put(REGISTRY), first(1), HttpFault.reset()),
                        """
                        proven after 0..1 s; met 1 times
                        waits: 1 × The answer of management.azure.com broke off
                        undo: as before
                        """),
                run(
                        "a connection is reset in the middle of the answer",
                        NEW,
                        world -> world.http(put(MACHINE), first(1), HttpFault.resetInTheMiddle()),
                        """
                        proven after 0..1 s; met 1 times
                        waits: 1 × The answer of management.azure.com broke off
                        undo: as before
                        """),
                run(
                        "connections are reset for ever",
                        SHARED,
                        world -> world.http(put(IDENTITY), always(), HttpFault.reset()),
                        """
                        failed after 44..60 s; met 6..12 times
                        waits: 6..10 × The answer of management.azure.com broke off
                        identity: Azure could not be reached: identity “myACRId”. The network is down, or a proxy or
                        firewall stands in between. Check the connection and try again. [Connection reset]
                        left: mycontainerregistry.azurecr.io/aci-helloworld, registries/myContainerRegistry,
                        resourceGroups/myResourceGroup
                        undo: as before
                        """),
                run(
                                "no answer ever comes (black hole)",
                                SHARED,
                                world -> world.http(put(IDENTITY), always(), HttpFault.blackHole()),
                                """
                        failed after 0..10 s; met 3 times
                        waits: 2 × management.azure.com did not answer in time
                        identity: Azure could not be reached: identity “myACRId”. …
                        left: mycontainerregistry.azurecr.io/aci-helloworld, registries/myContainerRegistry,
                        resourceGroups/myResourceGroup
                        undo: as before
                        """)
                        .slowly(),
                run(
                        "an answer drips, a byte every 100 ms",
                        SHARED,
                        world -> world.http(
                                azure().path("/checkNameAvailability$"),
                                first(1),
                                HttpFault.drip(Duration.ofMillis(100))),
                        """
                        proven after 7..11 s; met 1 times
                        undo: as before
                        """),
                run(
                        "an answer to a question is cut short",
                        SHARED,
                        world -> world.http(azure().method("GET").path(REGISTRY), first(1), HttpFault.cutShort()),
                        """
                        proven after 0..1 s; met 1 times
                        undo: as before
                        """),
                run(
                        "an answer is cut short after the machine was made",
                        NEW,
                        world -> world.http(put(MACHINE), first(1), HttpFault.cutShort()),
                        """
                        proven after 0..1 s; met 1 times
                        waits: 1 × The answer of management.azure.com broke off
                        undo: as before
                        """),
                run(
                        "an answer is cut short, to an action that must not be done twice",
                        SHARED,
                        world -> world.http(azure().path(IMPORT), first(1), HttpFault.cutShort()),
                        """
                        failed after 0..1 s; met 1 times
                        image: Azure could not be reached: image “aci-helloworld:v1”. The network is down, or a proxy or
                        firewall stands in between. Check the connection and try again.
                        [The connection was closed before the answer was complete]
                        left: inside virtualMachines/practiceDocker: account and digest and directory and file and
                        group and image and
                        package, mycontainerregistry.azurecr.io/aci-helloworld, registries/myContainerRegistry,
                        resourceGroups/myResourceGroup, roleAssignments, userAssignedIdentities/myACRId,
                        virtualMachines/practiceDocker (changed)
                        undo: as before
                        """),
                run(
                        "a page instead of JSON, once",
                        SHARED,
                        world -> world.http(put(REGISTRY), first(1), HttpFault.notJson()),
                        """
                        proven after 0..1 s; met 1 times
                        waits: 1 × Something other than Azure answered for management.azure.com
                        undo: as before
                        """),
                run(
                        "a page instead of JSON, for ever",
                        SHARED,
                        world -> world.http(put(IDENTITY), always(), HttpFault.notJson()),
                        """
                        failed after 44..60 s; met 6..12 times
                        waits: 6..10 × Something other than Azure answered for management.azure.com
                        identity: Azure could not be reached: identity “myACRId”. The network is down, or a
                        proxy or firewall stands in between. Check the connection and try again. [The answer from
                        management.azure.com (200, text/html; charset=utf-8) is not one of Azure's: a proxy, or a page
                        of the network to sign in on, may stand in between.]
                        left: mycontainerregistry.azurecr.io/aci-helloworld, registries/myContainerRegistry,
                        resourceGroups/myResourceGroup
                        undo: as before
                        """),
                run(
                        "the operation that makes the machine is not found (404)",
                        NEW_SLOWLY,
                        world -> world.http(
                                RequestMatcher.polling().path("/Microsoft.Compute/"),
                                always(),
                                HttpFault.refusal(404, "NotFound", "The entity was not found.")),
                        """
                        failed after 4..8 s; met 1 times
                        machine: Azure no longer says how this ended: machine “myDockerVM”. It may be there, or may
                        not, or may still be on its way. Try again: what is there is found, and nothing is made twice.
                        [Azure does not find the operation that it had begun: The entity was not found.]
                        left: disks, mycontainerregistry.azurecr.io/aci-helloworld, networkInterfaces/myDockerVMVMNic,
                        networkSecurityGroups/myDockerVMNSG, publicIPAddresses/myDockerVMPublicIP,
                        registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        userAssignedIdentities/myACRId, virtualMachines/myDockerVM, virtualNetworks/myDockerVMVNET
                        undo: as before
                        """));
    }
}
