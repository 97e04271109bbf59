package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.practice.Faults;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.wire.PracticeServer;
import io.keylesspull.practice.wire.RequestMatcher;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program, in a process of its own, is told to end in the middle of its work, as by a service manager. It cancels,
 * and ends as Java does upon that signal: with 128 and its number (JDK, java/lang/Terminator.java).
 */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such signal")
class StoppedProgramTest {

    private static final int SIGTERM = 15;

    @TempDir
    private Path folder;

    private final Faults faults = new Faults();
    private PracticeCloud cloud;
    private PracticeServer server;

    @BeforeEach
    void open() throws IOException {
        cloud = faults.start(Pace.INSTANT, Time.system(), new Random());
        server = cloud.serve(0, new SecureRandom());
    }

    @AfterEach
    void close() {
        server.close();
        cloud.close();
    }

    @Test
    void aRunThatIsTerminatedNamesWhatIsLeftAndHowToGoOn() throws Exception {
        CompletableFuture<Process> running = new CompletableFuture<>();
        faults.http()
                .before(
                        RequestMatcher.to("management.azure.com").method("PUT").path("/userAssignedIdentities/"),
                        Occasions.first(1),
                        () -> running.join().destroy());
        String authority = Files.writeString(folder.resolve("ca.pem"), server.certificate())
                .toString();
        Path setup = Files.writeString(folder.resolve("setup.json"), """
                {"version": 1, "signIn": {"method": "environment"}, "subscription": "Practice subscription",
                 "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
                 "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
                 "image": "aci-helloworld:v1", "identity": {"kind": "user-assigned", "name": "myACRId"},
                 "machines": [{"name": "practiceAgentOnly", "create": false, "resourceGroup": "practiceMachines",
                  "runCommand": true}]}
                """);

        RealProgram.Ended ended = RealProgram.signedIn(folder, server.proxy().toString(), cloud.tenantId())
                .run(running::complete, "--run", setup.toString(), "--ca-file", authority);

        assertThat(ended.status()).as(ended.printed()).isEqualTo(128 + SIGTERM);
        assertThat(ended.out())
                .contains("The run was cancelled.", "/resourceGroups/myResourceGroup")
                .containsPattern("Take it back:\\R +keyless-pull --ca-file " + authority + " --undo ");
    }
}
