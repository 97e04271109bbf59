package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.practice.NationalCloud;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.wire.PracticeServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program itself, in a process of its own and not in practice mode, in a national cloud: the practice server plays
 * it by its own host names, and nothing answers at those of Azure's public cloud.
 */
@Timeout(300)
class NationalCloudsTest {

    @TempDir
    private Path folder;

    @Test
    void azureGovernmentEndsInEqualDigests() throws Exception {
        NationalCloud government = NationalCloud.usGovernment();

        String printed = setUp(government, "AzureUSGovernment", "usgovvirginia");

        assertThat(printed).contains(".azurecr.us/aci-helloworld", "az cloud set --name AzureUSGovernment");
        assertThat(government.asked())
                .contains("login.microsoftonline.us", "management.usgovcloudapi.net")
                .contains("nationalregistry.azurecr.us");
    }

    @Test
    void azureInChinaEndsInEqualDigests() throws Exception {
        NationalCloud china = NationalCloud.china();

        String printed = setUp(china, "AzureChinaCloud", "chinaeast2");

        assertThat(printed).contains(".azurecr.cn/aci-helloworld", "az cloud set --name AzureChinaCloud");
        assertThat(china.asked())
                .contains("login.chinacloudapi.cn", "management.chinacloudapi.cn")
                .contains("nationalregistry.azurecr.cn");
    }

    private String setUp(NationalCloud national, String name, String location) throws Exception {
        try (PracticeCloud cloud = national.start();
                PracticeServer server = cloud.serve(0, new SecureRandom())) {
            Path authority = Files.writeString(folder.resolve("ca.pem"), server.certificate());
            Path setup = Files.writeString(folder.resolve("setup.json"), """
                    {"version": 1, "signIn": {"method": "environment", "cloud": "%s"}, "subscription": "%s",
                     "location": "%s", "resourceGroup": {"name": "nationalGroup"},
                     "registry": {"name": "nationalregistry", "importSample": true}, "image": "aci-helloworld:v1",
                     "machines": [{"name": "nationalVM", "allowSshFrom": "%s/32"}],
                     "identity": {"kind": "user-assigned", "name": "myACRId"}}
                    """.formatted(
                            name, cloud.subscriptionId(), location, PracticeCloud.CALLER));
            RealProgram.Ended ended = RealProgram.signedIn(
                            folder, server.proxy().toString(), cloud.tenantId())
                    .run(
                            "--run",
                            setup.toString(),
                            "--output",
                            "json",
                            "--ca-file",
                            authority.toString(),
                            "--ssh-proxy",
                            server.proxy().toString());
            String printed = ended.out();
            assertThat(ended.status()).as(ended.printed()).isZero();
            JsonNode last = new ObjectMapper()
                    .readTree(printed.lines().reduce((one, other) -> other).orElseThrow());
            String digest = last.findValue("digest").asText();
            assertThat(cloud.images()).anyMatch(image -> image.contains(digest));
            return printed;
        }
    }
}
