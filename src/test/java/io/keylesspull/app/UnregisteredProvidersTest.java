package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.setup.session.StoredRun;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import io.keylesspull.ui.runs.RunTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A subscription that never used the resource providers that a setup needs. */
@Timeout(120)
class UnregisteredProvidersTest {

    private static final String PROVIDERS =
            "Microsoft.ContainerRegistry, Microsoft.ManagedIdentity, Microsoft.Network, Microsoft.Compute";

    @TempDir
    private Path folder;

    @Test
    void theyArePreviewedRegisteredAndReportedAsStayingAfterUndo() throws Exception {
        Path file = Files.writeString(folder.resolve("setup.json"), """
                {"version": 1, "subscription": "Empty practice subscription", "location": "japaneast",
                 "resourceGroup": {"name": "rg"}, "registry": {"name": "freshregistry", "create": true,
                 "importSample": true}, "image": "aci-helloworld:v1",
                 "machines": [{"name": "vm1", "create": true}], "identity": {"kind": "user-assigned", "name": "myId"}}
                """);
        try (ProgramInPractice program = new ProgramInPractice(folder, Pace.INSTANT, Time.system())) {
            assertThat(program.run("", "--plan", file.toString(), "--output", "json"))
                    .as(program.printed())
                    .isZero();
            assertThat(providers(program, "plannedChange").path("kind").asText())
                    .isEqualTo("change");
            assertThat(providers(program, "plannedChange").path("what").asText())
                    .endsWith(": " + PROVIDERS);

            assertThat(program.run("", "--run", file.toString(), "--output", "json"))
                    .as(program.printed())
                    .isZero();
            assertThat(providers(program, "stepSucceeded").path("outcome").asText())
                    .isEqualTo("changed");
            StoredRun run = program.stored();
            assertThat(run.canBeUndone()).isTrue();
            assertThat(new RunTexts(new Texts(Locale.ENGLISH), ZoneOffset.UTC).leftInFull(run))
                    .contains("resource provider Microsoft.Network")
                    .noneMatch(line -> line.contains("image Microsoft"));

            assertThat(program.run("", "--undo", "last", "--yes"))
                    .as(program.printed())
                    .isZero();
            assertThat(program.printed()).contains("resource provider Microsoft.Network — registered for the whole");
            assertThat(program.resources()).noneMatch(id -> id.contains("/rg"));
            assertThat(program.stored().canBeUndone())
                    .as("registered providers are nothing to undo")
                    .isFalse();
            assertThat(program.stored().state()).isEqualTo(StoredRun.State.UNDONE);
        }
    }

    private static JsonNode providers(ProgramInPractice program, String type) throws IOException {
        ObjectMapper json = new ObjectMapper();
        for (String line : program.printed().lines().toList()) {
            JsonNode node = json.readTree(line);
            if (node.path("type").asText().equals(type)
                    && node.path("step").asText().equals("providers")) {
                return node;
            }
        }
        throw new AssertionError("no " + type + " of the resource providers in " + List.of(program.printed()));
    }
}
