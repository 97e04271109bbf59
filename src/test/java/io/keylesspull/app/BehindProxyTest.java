package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.app.RealProgram.Ended;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.wire.InspectingProxy;
import io.keylesspull.practice.wire.PracticeServer;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The program itself, in a process of its own and not in practice mode, in a company's network: all that it reaches is
 * a proxy that asks for a password and inspects TLS. Behind that a practice cloud plays Azure.
 */
@Timeout(300)
class BehindProxyTest {

    @TempDir
    private Path folder;

    private PracticeCloud cloud;
    private PracticeServer server;
    private InspectingProxy proxy;

    @BeforeEach
    void open() throws Exception {
        cloud = PracticeCloud.start(Pace.INSTANT, Time.system(), new Random());
        server = cloud.serve(0, new SecureRandom());
        proxy = new InspectingProxy(server);
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        server.close();
        cloud.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"kind\": \"user-assigned\", \"name\": \"myACRId\"", "\"kind\": \"system-assigned\""})
    void bothExamplesEndInEqualDigests(String identity) throws Exception {
        Path authority = Files.writeString(folder.resolve("contoso-ca.pem"), proxy.certificate());

        Ended ended = program(
                "--run",
                setup(identity),
                "--output",
                "json",
                "--ca-file",
                authority.toString(),
                "--ssh-proxy",
                proxy.url());

        assertThat(ended.status()).as(ended.out() + ended.err()).isZero();
        JsonNode last = new ObjectMapper()
                .readTree(ended.out().lines().reduce((one, other) -> other).orElseThrow());
        String digest = last.findValue("digest").asText();
        assertThat(digest).startsWith("sha256:");
        assertThat(cloud.images()).anyMatch(image -> image.contains(digest));
        assertThat(proxy.inspected())
                .contains("login.microsoftonline.com", "management.azure.com")
                .anyMatch(host -> host.endsWith(".azurecr.io"));
        assertThat(proxy.passed()).isNotEmpty().allMatch(target -> target.endsWith(":22"));
        assertThat(writtenAnywhere(ended)).noneMatch(text -> text.contains(proxy.password()));
    }

    @Test
    void withoutTheAuthorityItSaysWhoseCertificateIsNotTrustedAndWhatToDo() throws Exception {
        Ended ended = program("--run", setup("\"kind\": \"system-assigned\""));

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out() + ended.err())
                .contains(
                        "The certificate of login.microsoftonline.com is not trusted",
                        "CN=Keyless Pull practice cloud",
                        "--ca-file")
                .doesNotContain("The network is down", proxy.password());
        assertThat(cloud.resourceIds()).noneMatch(id -> id.contains("myResourceGroup"));
    }

    private String setup(String identity) throws IOException {
        return Files.writeString(folder.resolve("setup.json"), """
                {"version": 1, "signIn": {"method": "environment"}, "subscription": "%s", "location": "japaneast",
                 "resourceGroup": {"name": "myResourceGroup"},
                 "registry": {"name": "myContainerRegistry", "importSample": true}, "image": "aci-helloworld:v1",
                 "machines": [{"name": "myDockerVM", "allowSshFrom": "%s/32"}], "identity": {%s}}
                """.formatted(
                                cloud.subscriptionId(), PracticeCloud.CALLER, identity))
                .toString();
    }

    private Ended program(String... arguments) throws IOException, InterruptedException {
        return RealProgram.signedIn(folder, proxy.url(), cloud.tenantId()).run(arguments);
    }

    /** Everything that the program has printed or left behind. */
    private List<String> writtenAnywhere(Ended ended) throws IOException {
        List<String> all = new ArrayList<>(List.of(ended.out(), ended.err()));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.add(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all;
    }
}
