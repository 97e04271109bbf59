package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.practice.clock.Pace;
import io.keylesspull.time.Time;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A registry with a domain name label: its login server is NAME-HASH.azurecr.io, which the Azure CLI cannot look up.
 */
@Timeout(120)
class LabelledRegistryTest {

    private static final Pattern SERVER = Pattern.compile("practicelabelled-([a-z0-9]{16})\\.azurecr\\.io");

    @TempDir
    private Path folder;

    @Test
    void thePullIsProvenWithTheHashAloneAsSuffix() {
        try (ProgramInPractice program = new ProgramInPractice(folder, Pace.INSTANT, Time.system())) {
            assertThat(program.setUp("""
                    {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
                     "registry": {"name": "practicelabelled", "create": false, "resourceGroup": "practiceRegistries"},
                     "image": "aci-helloworld:v1", "machines": [{"name": "myDockerVM"}],
                     "identity": {"kind": "user-assigned", "name": "myACRId"}}
                    """)).as(program.printed()).isZero();

            Matcher server = SERVER.matcher(program.printed());
            assertThat(server.find()).as(program.printed()).isTrue();
            assertThat(program.printed())
                    .contains(
                            "az acr login --name practicelabelled --suffix " + server.group(1),
                            "docker pull " + server.group() + "/aci-helloworld:v1");
        }
    }
}
