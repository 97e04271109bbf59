package io.keylesspull.practice.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.clock.Pace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComputeCatalogueTest {

    private static final String LOCATION = MachineCloud.COMPUTE + "/locations/japaneast";
    private static final String JAMMY =
            LOCATION + "/publishers/Canonical/artifacttypes/vmimage/offers/0001-com-ubuntu-server-jammy/skus";

    private final MachineCloud cloud = new MachineCloud(Pace.INSTANT);

    @Test
    void sizesComePageByPageWithWhatForbidsThem() {
        List<JsonNode> skus = new ArrayList<>();
        String next = "https://management.azure.com" + MachineCloud.COMPUTE
                + "/skus?api-version=2021-07-01&$filter=location%20eq%20%27japaneast%27";
        int pages = 0;
        while (!next.isEmpty()) {
            JsonNode page = cloud.sendTo("GET", next, Json.object()).body();
            page.path("value").forEach(skus::add);
            next = page.path("nextLink").asText();
            pages++;
        }
        assertThat(pages).isGreaterThan(1);
        assertThat(skus).extracting(Json::name).doesNotHaveDuplicates().contains("Standard_B2s");
        assertThat(skus)
                .filteredOn(sku -> sku.path("restrictions").size() > 0)
                .extracting(Json::name)
                .containsExactlyInAnyOrder("Standard_B1ls", "Standard_E2s_v6");
    }

    @Test
    void machinesCountAgainstTheQuota() {
        cloud.create("vm", MachineCloud.wanted("nic"));
        List<JsonNode> usages =
                Json.items(cloud.get(LOCATION + "/usages").path("value")).toList();

        assertThat(usages)
                .filteredOn(usage -> usage.at("/name/value").asText().matches("cores|standardBSFamily"))
                .extracting(usage -> usage.path("currentValue").asInt())
                .containsExactly(2, 2);
    }

    @Test
    void imagesAreFoundLevelByLevel() {
        assertThat(cloud.get(LOCATION + "/publishers"))
                .extracting(Json::name)
                .containsExactly("Canonical", "Debian", "center-for-internet-security-inc", "MicrosoftWindowsServer");
        assertThat(cloud.get(JAMMY)).extracting(Json::name).containsExactly("22_04-lts", "22_04-lts-gen2");
        String versions = JAMMY + "/22_04-lts-gen2/versions";
        assertThat(cloud.get(versions + "?$top=1&$orderby=name%20desc"))
                .extracting(Json::name)
                .containsExactly("22.04.202511060");
        assertThat(cloud.get(versions + "/22.04.202511060")
                        .at("/properties/hyperVGeneration")
                        .asText())
                .isEqualTo("V2");
        assertThat(cloud.send("GET", JAMMY.replace("0001-", "no-"), Json.object())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void everyRegionKnowsItsSizesAndNoOtherDoes() {
        assertThat(cloud.get(LOCATION + "/vmSizes").path("value")).isNotEmpty();
        assertThat(cloud.send("GET", LOCATION.replace("japaneast", "atlantis") + "/vmSizes", Json.object())
                        .code())
                .isEqualTo("NoRegisteredProviderFound");
    }
}
