package io.keylesspull.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.management.exception.ManagementException;
import com.azure.resourcemanager.containerregistry.models.ImportImageParameters;
import com.azure.resourcemanager.containerregistry.models.ImportMode;
import com.azure.resourcemanager.containerregistry.models.ImportSource;
import com.azure.resourcemanager.containerregistry.models.Registry;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.time.Time;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The registries of the practice cloud, by the Azure SDK over the wire. */
class RegistryClientTest {

    private final PracticeCloudFixture practice =
            new PracticeCloudFixture(PracticeCloud.start(Pace.INSTANT, Time.system(), new Random(7)));

    @AfterEach
    void close() {
        practice.close();
    }

    @Test
    void theSdkMakesARegistryAndImportsAnImageOnce() {
        Registry made = practice.azure
                .containerRegistries()
                .define("sdkMadeRegistry")
                .withRegion("japaneast")
                .withNewResourceGroup("sdk")
                .withBasicSku()
                .create();
        assertThat(made.loginServerUrl()).isEqualTo("sdkmaderegistry.azurecr.io");
        assertThat(practice.azure
                        .containerRegistries()
                        .checkNameAvailability("sdkMadeRegistry")
                        .isAvailable())
                .isFalse();
        importImage();
        ManagementException again = catchThrowableOfType(ManagementException.class, this::importImage);
        assertThat(again.getResponse().getStatusCode()).isEqualTo(400);
        assertThat(again.getValue().getCode()).isEqualTo("InvalidParameters");
        assertThat(made.listQuotaUsages()).isNotEmpty();
        practice.azure.containerRegistries().deleteById(made.id());
        assertThat(practice.azure.containerRegistries().listByResourceGroup("sdk"))
                .isEmpty();
    }

    private void importImage() {
        practice.azure
                .containerRegistries()
                .manager()
                .serviceClient()
                .getRegistries()
                .importImage(
                        "sdk",
                        "sdkMadeRegistry",
                        new ImportImageParameters()
                                .withMode(ImportMode.NO_FORCE)
                                .withSource(new ImportSource()
                                        .withRegistryUri("mcr.microsoft.com")
                                        .withSourceImage("azuredocs/aci-helloworld:latest"))
                                .withTargetTags(List.of("aci-helloworld:v1")));
    }
}
