package io.keylesspull.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.directory.PracticeApp;
import io.keylesspull.practice.wire.PracticeServer;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts with the real Azure CLI of today and real SSH. */
class CurrentAzureCliTest {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final PracticeCloud cloud = PracticeCloud.start(Pace.INSTANT, Time.system(), new Random(7));

    @TempDir
    private Path folder;

    private PracticeServer server;
    private CurrentAzureCli cli;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        server = cloud.serve(0, new SecureRandom());
        cli = CurrentAzureCli.open(Files.createDirectory(folder.resolve("home")), cloud, server);
    }

    @AfterEach
    void close() {
        server.close();
        cloud.close();
    }

    @Test
    void theTutorialByHandEndsInEqualDigests() throws IOException, InterruptedException {
        Path script = folder.resolve("tutorial.sh");
        try (InputStream content = CurrentAzureCliTest.class.getResourceAsStream("tutorial.sh")) {
            Files.copy(content, script);
        }
        ProgramResult result = cli.with("AZURE_CLIENT_ID", PracticeApp.CLIENT_ID)
                .with("AZURE_CLIENT_SECRET", PracticeApp.SECRET)
                .with("AZURE_TENANT_ID", cloud.tenantId())
                .with("SSH_FROM", PracticeCloud.CALLER + "/32")
                .run(script, LIMIT);

        assertThat(result.status()).as(result.out() + result.err()).isZero();
        List<String> last =
                result.out().lines().skip(result.out().lines().count() - 2).toList();
        assertThat(last.get(0)).matches("pulled sha256:[0-9a-f]{64}");
        assertThat(last.get(1)).isEqualTo(last.get(0).replace("pulled", "stored"));
        String digest = last.get(0).replace("pulled ", "");
        assertThat(cloud.images()).anyMatch(line -> line.contains("mycontainerregistry") && line.contains(digest));
    }

    @Test
    void theMachinesThatAreThereAtFirstAreReachedToo() throws IOException, InterruptedException {
        cli.signIn(cloud);
        ProgramResult result = run("""
                address=$(az vm show --show-details --resource-group practiceMachines --name practiceDocker \\
                  --query publicIps --output tsv)
                ssh -n azureuser@"$address" hostname
                """);
        assertThat(result.out()).as(result.err()).isEqualTo("practiceDocker\n");
    }

    @Test
    void aMachineThatCannotBeMadeIsRefusedInAzuresWords() throws IOException, InterruptedException {
        cli.signIn(cloud);
        ProgramResult result = cli.tryAz(
                "vm",
                "create",
                "--resource-group",
                "practiceMachines",
                "--name",
                "tooNew",
                "--image",
                "Ubuntu2204",
                "--size",
                "Standard_E2s_v6",
                "--generate-ssh-keys");
        assertThat(result.status()).isNotZero();
        assertThat(result.err()).contains("InvalidTemplateDeployment", "SkuNotAvailable");
    }

    @Test
    void onlyTheHomeAndTemporaryFilesCanBeWritten() throws IOException, InterruptedException {
        ProgramResult result = run("""
                echo kept > ~/note
                echo gone > /tmp/note
                touch /usr/bin/new
                """);
        assertThat(result.err()).contains("Read-only file system");
        assertThat(cli.home().resolve("note")).hasContent("kept");
        assertThat(run("ls /tmp").out()).isEmpty();
        assertThat(Files.readString(Path.of("/proc/self/mounts")))
                .doesNotContain(cli.home().toString());
    }

    @Test
    void aScriptThatTakesTooLongIsEndedWithAllThatItStarted() {
        assertThatThrownBy(() -> run(Duration.ofSeconds(2), """
                sleep 86417 &
                echo begun
                sleep 86417
                """))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("not done within 2 s");
        await("nothing is left of it")
                .until(() -> ProcessHandle.allProcesses()
                        .noneMatch(one -> one.info().commandLine().orElse("").contains("sleep 86417")));
    }

    private ProgramResult run(String script) throws IOException, InterruptedException {
        return run(LIMIT, script);
    }

    private ProgramResult run(Duration limit, String script) throws IOException, InterruptedException {
        return cli.run(Files.writeString(folder.resolve("script.sh"), script), limit);
    }
}
