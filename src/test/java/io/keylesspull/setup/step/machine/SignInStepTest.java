package io.keylesspull.setup.step.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignInStepTest {

    private static final String ID =
            "/subscriptions/s/resourceGroups/g/providers/" + "Microsoft.ManagedIdentity/userAssignedIdentities/myACRId";

    @Test
    void aRecentVersionIsGivenTheResourceId() {
        assertThat(String.join(" ", SignInStep.command(new CliVersion(2, 69, 0), Optional.of(ID))))
                .isEqualTo("az login --identity --resource-id " + ID + " --allow-no-subscriptions --output none");
    }

    @Test
    void anOldVersionKnowsOnlyUsername() {
        assertThat(String.join(" ", SignInStep.command(new CliVersion(2, 68, 9), Optional.of(ID))))
                .isEqualTo("az login --identity --username " + ID + " --allow-no-subscriptions --output none");
    }

    @Test
    void theSystemAssignedIdentityIsNotNamed() {
        assertThat(String.join(" ", SignInStep.command(new CliVersion(2, 79, 0), Optional.empty())))
                .isEqualTo("az login --identity --allow-no-subscriptions --output none");
    }
}
