package io.keylesspull.setup.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class AzureSignInTest {

    private static final String ID = "/subscriptions/s/resourceGroups/g/providers/"
            + "Microsoft.ManagedIdentity/userAssignedIdentities/myACRId";

    @Test
    void aRecentVersionIsGivenTheResourceId() {
        assertThat(AzureSignIn.command(new CliVersion(2, 69, 0), Optional.of(ID)).shown())
                .isEqualTo("az login --identity --resource-id " + ID + " --allow-no-subscriptions --output none");
    }

    @Test
    void anOldVersionKnowsOnlyUsername() {
        assertThat(AzureSignIn.command(new CliVersion(2, 68, 9), Optional.of(ID)).shown())
                .isEqualTo("az login --identity --username " + ID + " --allow-no-subscriptions --output none");
    }

    @Test
    void theSystemAssignedIdentityIsNotNamed() {
        assertThat(AzureSignIn.command(new CliVersion(2, 79, 0), Optional.empty()).shown())
                .isEqualTo("az login --identity --allow-no-subscriptions --output none");
    }
}
