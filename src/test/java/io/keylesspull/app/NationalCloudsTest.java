package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.practice.NationalCloud;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.directory.PracticeApp;
import io.keylesspull.practice.wire.PracticeServer;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
            Path out = folder.resolve("out");
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-Duser.language=en",
                    "-cp",
                    Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                            .filter(entry -> !entry.endsWith("test-classes"))
                            .reduce((one, other) -> one + File.pathSeparator + other)
                            .orElseThrow(),
                    "io.keylesspull.Main",
                    "--run",
                    setup.toString(),
                    "--output",
                    "json",
                    "--ca-file",
                    authority.toString(),
                    "--ssh-proxy",
                    server.proxy().toString()));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .redirectOutput(out.toFile());
            builder.environment()
                    .putAll(Map.of(
                            "HTTPS_PROXY", server.proxy().toString(),
                            "AZURE_CLIENT_ID", PracticeApp.CLIENT_ID,
                            "AZURE_CLIENT_SECRET", PracticeApp.SECRET,
                            "AZURE_TENANT_ID", cloud.tenantId(),
                            "XDG_DATA_HOME", folder.resolve("data").toString(),
                            "XDG_CONFIG_HOME", folder.resolve("config").toString()));
            builder.environment().keySet().removeAll(List.of("NO_PROXY", "no_proxy", "SSL_CERT_FILE"));
            Process process = builder.start();
            try {
                int status = process.waitFor();
                String printed = Files.readString(out, StandardCharsets.UTF_8);
                assertThat(status).as(printed).isZero();
                JsonNode last = new ObjectMapper()
                        .readTree(printed.lines().reduce((one, other) -> other).orElseThrow());
                String digest = last.findValue("digest").asText();
                assertThat(cloud.images()).anyMatch(image -> image.contains(digest));
                return printed;
            } finally {
                process.destroyForcibly();
            }
        }
    }
}
