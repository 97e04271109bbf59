package io.keylesspull.setup.step.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.azure.model.PermissionMode;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.model.RegistryInfo.Network;
import io.keylesspull.azure.model.RegistryInfos;
import org.junit.jupiter.api.Test;

class RegistryLoginStepTest {

    @Test
    void anOrdinaryLoginServerNeedsNoSuffix() {
        assertThat(RegistryLoginStep.suffix(registry("myContainerRegistry", "mycontainerregistry.azurecr.io")))
                .isEmpty();
    }

    @Test
    void aLoginServerWithADomainNameLabelNeedsItsHashAlone() {
        assertThat(RegistryLoginStep.suffix(registry("contoso", "contoso-a1b2c3d4.azurecr.io")))
                .contains("a1b2c3d4");
    }

    private static RegistryInfo registry(String name, String loginServer) {
        return RegistryInfos.of(
                "/id", name, "group", "japaneast", loginServer, "Basic", PermissionMode.LEGACY, Network.OPEN);
    }
}
