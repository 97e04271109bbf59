package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.azure.model.Subscription;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.wire.HttpFault;
import io.keylesspull.practice.wire.RequestMatcher;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import io.keylesspull.ui.signin.PracticeSituation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    @ParameterizedTest
    @EnumSource
    void whatTheFirstPageNamesIsThere(PracticeSituation situation) throws Exception {
        try (ProgramInPractice program = new ProgramInPractice(folder, Pace.INSTANT, Time.system())) {
            for (Locale language : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
                Matcher named = Pattern.compile("practice[A-Za-z]+")
                        .matcher(new Texts(language).render("ui.situation." + situation + ".hint"));
                while (named.find()) {
                    String end = "/" + named.group();
                    assertThat(program.resources())
                            .anyMatch(id -> id.endsWith(end)
                                    && (id.contains("/registries/")
                                            || id.contains("/virtualMachines/")
                                            || id.contains("/managedClusters/")));
                }
            }
        }
    }

    @Test
    void aPrivateMachineBehindAJumpHostPullsFromAPrivateRegistry() throws Exception {
        try (ProgramInPractice program = new ProgramInPractice(folder, Pace.INSTANT, Time.system())) {
            assertThat(program.setUp(privateNetwork("practiceprivate")))
                    .as(program.printed())
                    .isZero();
            assertThat(program.printed()).contains("practicejump.japaneast.cloudapp.azure.com", "Proven.");

            assertThat(program.setUp(privateNetwork("practicelocked"))).isEqualTo(1);
            assertThat(program.printed()).contains("Nobody reaches registry “practicelocked”.");
        }
    }

    private static String privateNetwork(String registry) {
        return """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "rg"},
                 "registry": {"name": "%s", "create": false, "resourceGroup": "practiceRegistries"},
                 "image": "payroll/api:4.1", "identity": {"kind": "user-assigned", "name": "myId"},
                 "machines": [{"name": "practicePrivate", "create": false, "resourceGroup": "practiceMachines",
                   "ssh": {"jumpHosts": [{"host": "practicejump.japaneast.cloudapp.azure.com",
                                          "user": "azureuser"}]}}]}
                """.formatted(registry);
    }

    @Test
    void inAnotherDirectoryThereAreOtherSubscriptionsAndRegistries() throws Exception {
        try (ProgramInPractice program = new ProgramInPractice(folder, Pace.INSTANT, Time.system())) {
            String partner = """
                    {"version": 1, %s"subscription": "%s", "location": "japaneast", "resourceGroup": {"name": "rg"},
                     "registry": {"name": "practicepartner", "create": false, "resourceGroup": "practiceRegistries"},
                     "image": "partner/portal:2.0", "identity": {"kind": "user-assigned", "name": "myId"},
                     "machines": [{"name": "vm1"}]}
                    """;
            assertThat(program.setUp(partner.formatted("", "Partner subscription")))
                    .isEqualTo(1);
            assertThat(program.printed())
                    .contains(
                            "You have no subscription “Partner subscription” in this directory.",
                            "also in: Partner directory (partner.onmicrosoft.com)",
                            "signIn.tenant",
                            "“Practice subscription”, “Empty practice subscription”");

            assertThat(program.setUp(partner.formatted("", "Practice subscription")))
                    .isEqualTo(1);
            assertThat(program.printed())
                    .contains("Machines and clusters cannot pull from another directory with a managed identity");

            String signIn = "\"signIn\": {\"method\": \"browser\", \"tenant\": \"partner.onmicrosoft.com\"}, ";
            assertThat(program.setUp(partner.formatted(signIn, "Partner subscription")))
                    .as(program.printed())
                    .isZero();
            assertThat(program.printed()).contains("Proven.");
            assertThat(program.run("", "--undo", "last", "--yes"))
                    .as(program.printed())
                    .isZero();
            assertThat(program.resources()).noneMatch(id -> id.contains("/resourceGroups/rg"));
        }
    }

    @Test
    void anImageOfARegistryInAnotherDirectoryIsNotImportedAndItSaysWhy() throws Exception {
        try (ProgramInPractice program = new ProgramInPractice(folder, Pace.INSTANT, Time.system())) {
            String registry = program.resources().stream()
                    .filter(id -> id.endsWith("/practicepartner"))
                    .findFirst()
                    .orElseThrow();
            assertThat(program.setUp("""
                    {"version": 1, "location": "japaneast", "resourceGroup": {"name": "rg"},
                     "registry": {"name": "situationregistry", "import": "%s/partner/portal:2.0"},
                     "image": "portal:2.0", "identity": {"kind": "user-assigned", "name": "myId"},
                     "machines": [{"name": "vm1"}]}
                    """.formatted(registry))).isEqualTo(1);
            assertThat(program.printed())
                    .contains(
                            "/partner/portal:2.0 is in another directory (tenant).",
                            "az acr import --resource-group rg --name situationregistry --source"
                                    + " SERVER/partner/portal:2.0",
                            "--username USER --password PASSWORD")
                    .doesNotContain("doubtful");
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
