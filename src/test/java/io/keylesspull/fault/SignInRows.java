package io.keylesspull.fault;

import static io.keylesspull.fault.RequestRows.IDENTITY;
import static io.keylesspull.fault.RequestRows.REGISTRY;
import static io.keylesspull.fault.RequestRows.put;
import static io.keylesspull.fault.Row.run;
import static io.keylesspull.fault.Setup.SHARED;
import static io.keylesspull.practice.fault.Occasions.always;
import static io.keylesspull.practice.fault.Occasions.first;

import io.keylesspull.practice.directory.Refusal;
import io.keylesspull.practice.wire.HttpFault;
import java.util.List;

/** Sign-ins that the directory refuses, or wants again. */
final class SignInRows {

    private static final String CLAIMS = "{\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"c1\"}}}";
    private static final Refusal DECLINED =
            new Refusal("authorization_declined", 0, "The user denied the request.", "");

    private SignInRows() {}

    static List<Row> rows() {
        return List.of(
                run(
                        "a Conditional Access policy blocks the sign-in",
                        SHARED,
                        world -> refuse(
                                world, "device_code", new Refusal("invalid_grant", 53003, "Access was blocked.", "")),
                        """
                        failed after 0..1 s; met 1 times
                        program: A Conditional Access policy of the directory prevents this sign-in. It allows certain
                        devices, networks or ways of signing in only; a sign-in by device code is often excluded.
                        Ask whoever manages Conditional Access, or sign in in another way or from another device.
                        [AADSTS53003: Access was blocked. Trace ID: …]
                        undo: nothing to undo
                        """),
                run(
                        "the sign-in is declined in the browser",
                        SHARED,
                        world -> refuse(world, "device_code", DECLINED),
                        """
                        failed after 0..1 s; met 1 times
                        program: The sign-in was cancelled. Somebody declined it in the browser. Try again if you
                        want to go on. [authorization_declined: The user denied the request. Trace ID: …]
                        undo: nothing to undo
                        """),
                run(
                        "Azure asks for a stronger sign-in in the middle (the practice directory grants it at once)",
                        SHARED,
                        world -> world.http(put(REGISTRY), first(1), HttpFault.claimsChallenge(CLAIMS)),
                        """
                        proven after 0..1 s; met 1 times
                        undo: as before
                        """),
                run(
                        "Azure asks for a stronger sign-in in the middle, and the person declines it",
                        SHARED,
                        world -> {
                            world.http(put(IDENTITY), always(), HttpFault.claimsChallenge(CLAIMS));
                            world.before(put(IDENTITY), () -> {
                                refuseStronger(
                                        world,
                                        "refresh_token",
                                        new Refusal("interaction_required", 50076, "Use a second factor.", CLAIMS));
                                refuseStronger(world, "device_code", DECLINED);
                            });
                        },
                        """
                        failed after 0..1 s; met 2 times
                        identity: The sign-in was cancelled. Somebody declined it in the browser. Try again if you
                        want to go on. [authorization_declined: The user denied the request. Trace ID: …]
                        left: mycontainerregistry.azurecr.io/aci-helloworld, registries/myContainerRegistry,
                        resourceGroups/myResourceGroup
                        undo: as before
                        """));
    }

    private static void refuse(World world, String kind, Refusal how) {
        world.untilMended(world.faults().tokens().refuse(kind, always(), how));
    }

    /** Refuses what the claims ask for, and nothing else. */
    private static void refuseStronger(World world, String kind, Refusal how) {
        world.untilMended(world.faults()
                .tokens()
                .refuse(
                        kind,
                        sent -> sent.get("claims")
                                .filter(claims -> claims.contains("acrs"))
                                .isPresent(),
                        always(),
                        how));
    }
}
