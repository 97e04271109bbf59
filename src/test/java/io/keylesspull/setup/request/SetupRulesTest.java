package io.keylesspull.setup.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.azure.model.ImageReference;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SetupRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"aci-helloworld:v1", "a/b__c/d.e:1_2-3.X", "my.app/web:latest"})
    void anImageByTagIsRight(String image) {
        assertThat(ImageName.parse(image)).map(ImageName::toString).contains(image);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "app",
                "App:v1",
                "app:",
                "app:.x",
                "contoso.azurecr.io/app:v1",
                "localhost:5000/app:v1",
                "app@sha256:00",
                "a//b:v1",
                "app:v1\n"
            })
    void whatIsNotAnImageByTagIsRefused(String image) {
        assertThat(ImageName.parse(image)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.7", "203.0.113.0/24", "0.0.0.0/0", "2001:db8::/64", "::1"})
    void anAddressRangeIsRight(String range) {
        assertThat(AddressRange.isValid(range)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "*", "Internet", "1.2.3", "1.2.3.256", "1.2.3.4/33", "::g", "::/129", "1.2.3.4/", "host"})
    void whatIsNoAddressRangeIsRefused(String range) {
        assertThat(AddressRange.isValid(range)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "contoso, contoso",
        "contoso.azurecr.io, contoso",
        "Contoso.AzureCR.io, Contoso",
        "contoso-1f90abc.azurecr.io, contoso",
        "https://contoso.azurecr.io/, contoso",
        "contoso.azurecr.cn, contoso",
        "contoso.azurecr.us:443, contoso",
        "contoso.example.com, contoso.example.com",
        "my-registry, my-registry"
    })
    void aRegistryMayBeNamedByItsLoginServer(String given, String name) {
        assertThat(new SetupRequest.Registry(given, false, "Basic", false, Optional.empty()).name())
                .isEqualTo(name);
    }

    @Test
    void aRepositoryMayBeNamedLikeAnotherRegistrysImage() {
        assertThat(ImageName.parse("docker.io/library/nginx:1.27"))
                .contains(new ImageName("docker.io/library/nginx", "1.27"));
    }

    @Test
    void machineImagesGoByAliasOrByUrn() {
        assertThat(MachineImages.resolve("Ubuntu2204"))
                .map(ImageReference::toString)
                .contains("Canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2:latest");
        assertThat(MachineImages.resolve("Ubuntu2604"))
                .map(ImageReference::toString)
                .contains("Canonical:ubuntu-26_04-lts:server:latest");
        assertThat(MachineImages.resolve("Debian13").map(MachineImages::isEnded))
                .contains(false);
        assertThat(MachineImages.resolve("Debian11").map(MachineImages::isEnded))
                .contains(true);
        assertThat(MachineImages.resolve("Debian:debian-12:12-gen2:latest")).isPresent();
        assertThat(MachineImages.resolve("Windows:a:b")).isEmpty();
    }
}
