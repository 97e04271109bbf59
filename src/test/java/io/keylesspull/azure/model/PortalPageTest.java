package io.keylesspull.azure.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortalPageTest {

    private static final String ID = "/subscriptions/s/resourceGroups/my group (1)";

    @Test
    void eachCloudHasItsPortal() {
        assertThat(AzureCloud.PUBLIC.portalPage(Optional.empty(), "/r"))
                .isEqualTo("https://portal.azure.com/#resource/r");
        assertThat(AzureCloud.US_GOVERNMENT.portalPage(Optional.empty(), "/r"))
                .isEqualTo("https://portal.azure.us/#resource/r");
        assertThat(AzureCloud.CHINA.portalPage(Optional.of("contoso.partner.onmschina.cn"), "/r"))
                .isEqualTo("https://portal.azure.cn/#@contoso.partner.onmschina.cn/resource/r");
    }

    @Test
    void anyNameIsAnAddress() {
        assertThat(URI.create(AzureCloud.PUBLIC.portalPage(Optional.of("t"), ID))
                        .toString())
                .endsWith("/resourceGroups/my%20group%20(1)");
    }
}
