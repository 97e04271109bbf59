package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.azure.model.Subscription;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.wire.HttpFault;
import io.keylesspull.practice.wire.RequestMatcher;
import io.keylesspull.time.Time;
import io.keylesspull.ui.signin.PracticeSituation;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the practice cloud offers besides a setup that goes well. */
@Timeout(120)
class SituationsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void eachHasItsSubscription(PracticeSituation situation) throws Exception {
        try (ProgramInPractice program = new ProgramInPractice(folder, Pace.INSTANT, Time.system())) {
            assertThat(program.session().subscriptions().all())
                    .extracting(Subscription::name)
                    .contains(situation.subscription());
        }
    }

    @Test
    void whoMayNotAssignRolesIsToldBeforehand() throws Exception {
        try (ProgramInPractice program = new ProgramInPractice(folder, Pace.INSTANT, Time.system())) {
            assertThat(program.run("", "--plan", file("Missing rights", "", "rg")))
                    .as(program.printed())
                    .isEqualTo(1);
            assertThat(program.printed()).containsPattern("bad +Your right to grant roles");
        }
    }

    @Test
    void aPolicyIsFoundBeforehandAndNothingIsMade() throws Exception {
        try (ProgramInPractice program = new ProgramInPractice(folder, Pace.INSTANT, Time.system())) {
            assertThat(program.run("", "--run", file("Policy and lock", "", "rg")))
                    .as(program.printed())
                    .isEqualTo(1);
            assertThat(program.printed()).contains("no-public-addresses").containsPattern("bad +Azure Policy on");
            assertThat(program.resources()).noneMatch(id -> id.contains("/rg"));
        }
    }

    /** As where the account may not ask for policies. */
    private static void hidePolicies(ProgramInPractice program) {
        program.faults()
                .http()
                .add(
                        RequestMatcher.to("management.azure.com").path("/checkPolicyRestrictions"),
                        Occasions.always(),
                        HttpFault.refusal(403, "AuthorizationFailed", "You may not ask for policies."));
    }

    @Test
    void aPolicyRefusesInTheMiddleAndWhatWasMadeIsUndone() throws Exception {
        try (ProgramInPractice program = new ProgramInPractice(folder, Pace.INSTANT, Time.system())) {
            hidePolicies(program);
            assertThat(program.run("", "--run", file("Policy and lock", "", "rg")))
                    .as(program.printed())
                    .isEqualTo(1);
            assertThat(program.printed()).contains("no-public-addresses");

            assertThat(program.run("", "--undo", "last", "--yes"))
                    .as(program.printed())
                    .isZero();
            assertThat(program.resources()).noneMatch(id -> id.contains("/rg"));
        }
    }

    @Test
    void aLockedGroupIsRefused() throws Exception {
        try (ProgramInPractice program = new ProgramInPractice(folder, Pace.INSTANT, Time.system())) {
            hidePolicies(program);
            assertThat(program.run("", "--run", file("Policy and lock", "", "sharedServices")))
                    .as(program.printed())
                    .isEqualTo(1);
            assertThat(program.printed()).contains("locked");
        }
    }

    @Test
    void withoutQuotaTheSmallestSizeStillFits() throws Exception {
        try (ProgramInPractice program = new ProgramInPractice(folder, Pace.INSTANT, Time.system())) {
            assertThat(program.run("", "--plan", file("Quota and sizes", "\"size\": \"Standard_B2s\",", "rg")))
                    .as(program.printed())
                    .isEqualTo(1);
            assertThat(program.printed()).contains("Standard_B2s").containsIgnoringCase("quota");

            assertThat(program.run("", "--run", file("Quota and sizes", "\"size\": \"Standard_B1s\",", "rg")))
                    .as(program.printed())
                    .isZero();
        }
    }

    private String file(String subscription, String size, String group) throws Exception {
        return Files.writeString(
                        folder.resolve("setup.json"), """
                {"version": 1, "subscription": "%s", "location": "japaneast",
                 "resourceGroup": {"name": "%s", "create": %s},
                 "registry": {"name": "situationregistry", "create": true, "importSample": true},
                 "image": "aci-helloworld:v1", "identity": {"kind": "user-assigned", "name": "myId"},
                 "machines": [{%s "name": "vm1", "create": true}]}
                """.formatted(subscription, group, group.equals("rg"), size))
                .toString();
    }
}
