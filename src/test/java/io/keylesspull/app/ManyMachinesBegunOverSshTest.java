package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.app.cli.ExitStatus;
import io.keylesspull.fault.VirtualTime;
import io.keylesspull.practice.ManyMachinesSetup;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.wire.HttpFault;
import io.keylesspull.practice.wire.RequestMatcher;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * More than 50 existing machines of a run that an earlier version began over SSH: it left the way open in what it
 * stored. They go on by scripts that Azure hands out.
 */
@Timeout(600)
class ManyMachinesBegunOverSshTest {

    private static final int MACHINES = 51;

    private final VirtualTime time = new VirtualTime();

    @AutoClose
    private final ProgramInPractice program = new ProgramInPractice(time);

    private String setup(String key) {
        return """
                {"version": 1, "subscription": "Many machines", "location": "japaneast",
                 "resourceGroup": {"name": "myResourceGroup"},
                 "registry": {"name": "myContainerRegistry", "importSample": true}, "image": "aci-helloworld:v1",
                 "identity": {"kind": "user-assigned", "name": "myACRId"}, "azureCli": false, "machines": [%s]}
                """.formatted(ManyMachinesSetup.machines(MACHINES)
                .replace("\"create\"", "\"sshKey\": \"" + key + "\", \"create\""));
    }

    @Test
    void goOnByRunCommandAndAreUndone() throws Exception {
        program.faults().manyMachines(MACHINES);
        List<String> before = program.resources();
        String key = program.session().practiceKeyPath().orElseThrow().replace("\\", "\\\\");
        Fault refusing = program.faults()
                .http()
                .add(
                        RequestMatcher.to("management.azure.com")
                                .method("PATCH")
                                .path("/virtualMachines/practice0051$"),
                        Occasions.always(),
                        HttpFault.refusal(400, "BadRequest", "Not now."));
        assertThat(program.setUp(setup(key))).as(program.printed()).isEqualTo(ExitStatus.FAILED);
        refusing.remove();
        assertThat(program.stored().left().changes()).hasSizeGreaterThanOrEqualTo(MACHINES);
        leaveTheWayOpen();

        assertThat(program.run("", "--resume", "last")).as(program.printed()).isEqualTo(ExitStatus.PROVEN);

        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();
        assertThat(program.resources()).containsExactlyInAnyOrderElementsOf(before);
    }

    /** In the setup file of the run, and in its journal, which has it, too. */
    private void leaveTheWayOpen() throws Exception {
        Path run = program.stored().folder();
        Path file = run.resolve("setup.json");
        String written = Files.readString(file);
        String open = written.replaceAll("(?m)\"sshKey\"\\s*:\\s*\"[^\"]*\",?", "");
        assertThat(open).isNotEqualTo(written);
        Files.writeString(file, open);
        Path journal = run.resolve("journal.jsonl");
        List<String> lines = new ArrayList<>(Files.readAllLines(journal));
        ObjectNode begun = (ObjectNode) new ObjectMapper().readTree(lines.get(0));
        assertThat(begun.path("setup").asText()).isEqualTo(written);
        begun.put("setup", open).remove("crc");
        lines.set(0, sealed(begun.toString()));
        Files.write(journal, lines);
    }

    /** With the checksum of a line of a journal. */
    private static String sealed(String json) {
        String line = json.substring(0, json.length() - 1);
        CRC32C crc = new CRC32C();
        crc.update(line.getBytes(StandardCharsets.UTF_8));
        return line + ",\"crc\":\"%08x\"}".formatted(crc.getValue());
    }
}
