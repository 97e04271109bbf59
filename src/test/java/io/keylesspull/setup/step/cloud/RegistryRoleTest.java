package io.keylesspull.setup.step.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.azure.model.PermissionMode;
import io.keylesspull.setup.request.SetupRequest.Role;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryRoleTest {

    @ParameterizedTest
    @CsvSource({
        "ACR_PULL, LEGACY, AcrPull",
        "ACR_PUSH, LEGACY, AcrPush",
        "ACR_PULL, ABAC, Container Registry Repository Reader",
        "ACR_PUSH, ABAC, Container Registry Repository Writer"
    })
    void theRoleIsTheOneThatThePermissionModeHonours(Role wanted, PermissionMode mode, String granted) {
        assertThat(RegistryRole.of(wanted, mode).roleName()).isEqualTo(granted);
    }
}
