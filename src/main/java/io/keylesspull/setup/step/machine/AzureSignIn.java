package io.keylesspull.setup.step.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code az login --identity} in the form that the installed version wants. */
final class AzureSignIn {

    private AzureSignIn() {}

    /** @param identityId the user-assigned identity's resource id; empty for the system-assigned one */
    static String[] command(CliVersion version, Optional<String> identityId) {
        List<String> argv = new ArrayList<>(List.of("az", "login", "--identity"));
        identityId.ifPresent(id -> argv.addAll(
                List.of(version.atLeast(CliVersion.WITH_RESOURCE_ID) ? "--resource-id" : "--username", id)));
        // Without it the sign-in fails for as long as the role has not taken effect.
        argv.add("--allow-no-subscriptions");
        argv.addAll(List.of("--output", "none"));
        return argv.toArray(String[]::new);
    }
}
