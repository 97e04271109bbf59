package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.KeyPair;
import io.keylesspull.practice.arm.OperationFailures;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.wire.HttpFault;
import io.keylesspull.practice.wire.RequestMatcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Azure would refuse halfway is found before anything is made. */
@Timeout(120)
class PreflightTest {

    /** By the machines that the practice cloud starts with. */
    private static final int CORES_IN_USE = 12;

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String ADDRESS_QUOTA = "Quota of public addresses in japaneast";
    private static final String QUOTA = "Quota of virtual machines in japaneast";

    @TempDir
    private Path folder;

    @AutoClose
    private final ProgramInPractice program = new ProgramInPractice();

    @ParameterizedTest
    @CsvSource({"ecdsa, 256", "ecdsa, 384", "ecdsa, 521", "rsa, 1024", "rsa, 2047"})
    void aKeyThatAzureRefusesIsFoundBefore(String type, int bits) throws Exception {
        Map<String, JsonNode> checks = plan(machine("\"sshKey\": \"%s\"".formatted(key(type, bits))));

        JsonNode check = checks.get("Type of the SSH key of “vm1”");
        assertThat(check.path("verdict").asText()).isEqualTo("bad");
        assertThat(check.toString()).contains("ecdsa".equals(type) ? "ecdsa-sha2-nistp" + bits : bits + " bits");
        assertThat(checks.get("SSH key of “vm1”").path("verdict").asText()).isEqualTo("good");
        List<String> before = program.resources();
        assertThat(program.setUp(setup(machine("\"sshKey\": \"%s\"".formatted(key(type, bits))))))
                .isNotZero();
        assertThat(program.resources()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"rsa, 2048", "rsa, 3072", "ed25519, 256"})
    void aKeyThatAzureTakesIsGood(String type, int bits) throws Exception {
        assertThat(verdict(machine("\"sshKey\": \"%s\"".formatted(key(type, bits))), "Type of the SSH key of “vm1”"))
                .isEqualTo("good");
    }

    @Test
    void aLocationThatAzureDoesNotHaveIsFoundBefore() throws Exception {
        Map<String, JsonNode> checks =
                planOf(setup(machine("\"size\": \"Standard_B2s\"")).replace("japaneast", "japnest"));
        JsonNode check = checks.get("Location japnest");

        assertThat(check.path("verdict").asText()).isEqualTo("bad");
        assertThat(check.path("problem").path("what").asText()).isEqualTo("There is no location “japnest”.");
        assertThat(check.path("problem").path("remedy").asText()).contains("such as japaneast, ");
        assertThat(checks.values().stream()
                        .filter(one -> one.path("verdict").asText().equals("bad")))
                .as("nothing else that a location offers")
                .containsExactly(check);
        assertThat(verdict(machine("\"size\": \"Standard_B2s\""), "Location japaneast"))
                .isEqualTo("good");
        assertThat(planOf("""
                {"version": 1, "location": "japnest",
                 "resourceGroup": {"name": "practiceMachines", "create": false},
                 "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
                 "image": "aci-helloworld:v1", "machines": [{"name": "practiceBare", "create": false}],
                 "identity": {"kind": "system-assigned"}}
                """)).as("where nothing is made").doesNotContainKey("Location japnest");
    }

    /** Nothing runs on them. */
    @ParameterizedTest
    @CsvSource({"nosuchmachine", "practiceStopped"})
    void howLongCommandsTakeIsNotSaidOfAMachineThatIsMissingOrStopped(String name) throws Exception {
        assertThat(plan("""
                {"name": "%s", "create": false, "resourceGroup": "practiceMachines", "runCommand": true}
                """.formatted(name)))
                .hasEntrySatisfying(
                        "Machine “" + name + "”",
                        check -> assertThat(check.path("verdict").asText()).isEqualTo("bad"))
                .doesNotContainKey("How long commands take on “" + name + "”");
    }

    @Test
    void aKeyOfAMachineThatIsThereMayBeOfAnyType() throws Exception {
        assertThat(plan("""
                {"name": "practiceBare", "create": false, "resourceGroup": "practiceMachines", "sshKey": "%s"}
                """.formatted(key("ecdsa", 256)))).doesNotContainKey("Type of the SSH key of “practiceBare”");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0/0",
                "0.0.0.0/1",
                "128.0.0.0/1",
                "200.0.0.0/7",
                "203.0.113.24/3",
                "::ffff:0.0.0.0/96",
                "::ffff:0:0/96",
                "::ffff:203.0.113.24/97",
                "::/0",
                "2000::/3"
            })
    void aRangeAsWideAsTheInternetIsDoubtful(String range) throws Exception {
        Map<String, JsonNode> checks = plan(machine("\"allowSshFrom\": \"%s\"".formatted(range)));

        JsonNode check = checks.get("SSH access to “vm1”");
        assertThat(check.path("verdict").asText()).isNotEqualTo("good");
        assertThat(check.toString()).contains(range);
    }

    @Test
    void sizesOfAllFamiliesCountTogether() throws Exception {
        program.faults().arm().limitCores(CORES_IN_USE + 7);
        String both = """
                {"name": "vm1", "size": "Standard_D4s_v5"}, {"name": "vm2", "size": "Standard_B2s"},
                {"name": "vm3", "size": "Standard_B2ls_v2"}
                """;

        JsonNode check = plan(both).get(QUOTA);

        assertThat(check.path("verdict").asText()).isEqualTo("bad");
        assertThat(check.at("/problem/what").asText()).contains("Total Regional vCPUs", "japaneast");
        assertThat(check.at("/problem/meaning").asText())
                .contains("limit is " + (CORES_IN_USE + 7), CORES_IN_USE + " are in use", "8 more");
        assertThat(check.at("/problem/remedy").asText())
                .contains("at least " + (CORES_IN_USE + 8), "https://aka.ms/quotas");
        List<String> before = program.resources();
        assertThat(program.setUp(setup(both))).isNotZero();
        assertThat(program.resources()).isEqualTo(before);
    }

    @Test
    void sizesOfOneFamilyCountTogether() throws Exception {
        program.faults().arm().limitCores(100);

        JsonNode check = plan("""
                {"name": "vm1", "size": "Standard_B8ms"}, {"name": "vm2", "size": "Standard_B4ms"}
                """).get(QUOTA);

        assertThat(check.at("/problem/what").asText()).contains("Standard BS Family");
        assertThat(check.at("/problem/meaning").asText())
                .contains("limit is 16", CORES_IN_USE + " are in use", "12 more");
    }

    @Test
    void theAddressesOfNewMachinesCountTogether() throws Exception {
        String two = "{\"name\": \"vm1\"}, {\"name\": \"vm2\"}";
        int there = addresses();
        program.faults().arm().limitPublicAddresses(there + 1);

        JsonNode check = plan(two).get(ADDRESS_QUOTA);

        assertThat(check.path("verdict").asText()).isEqualTo("bad");
        assertThat(check.at("/problem/what").asText()).contains("Public IP Addresses", "japaneast");
        assertThat(check.at("/problem/meaning").asText())
                .contains("limit is " + (there + 1), there + " are in use", "2 more");
        assertThat(check.at("/problem/remedy").asText()).contains("at least " + (there + 2));
        assertThat(verdict("{\"name\": \"vm1\"}", ADDRESS_QUOTA)).isEqualTo("good");
    }

    @Test
    void theAddressOfAMachineThatIsMissingIsNotCountedAgain() throws Exception {
        String one = "{\"name\": \"vm1\"}";
        program.faults()
                .arm()
                .operation(
                        "PUT",
                        "/virtualMachines/vm1$",
                        Occasions.first(1),
                        OperationFailures.failed("AllocationFailed"));
        assertThat(program.setUp(setup(one))).isEqualTo(1);
        program.faults().arm().limitPublicAddresses(addresses());

        assertThat(verdict(one, ADDRESS_QUOTA)).isEqualTo("good");
        assertThat(verdict(one + ", {\"name\": \"vm2\"}", ADDRESS_QUOTA)).isEqualTo("bad");
    }

    @Test
    void whatJustFitsTheQuotaIsGood() throws Exception {
        program.faults().arm().limitCores(CORES_IN_USE + 6);

        assertThat(verdict("""
                {"name": "vm1", "size": "Standard_D4s_v5"}, {"name": "vm2", "size": "Standard_B2s"}
                """, QUOTA)).isEqualTo("good");
    }

    @Test
    void machinesThatAreThereAreNotCountedAgain() throws Exception {
        String two = "{\"name\": \"vm1\"}, {\"name\": \"vm2\"}";
        assertThat(program.setUp(setup(two))).as(program.printed()).isZero();
        program.faults().arm().limitCores(CORES_IN_USE + 6);

        assertThat(plan(two)).doesNotContainKey(QUOTA);
        assertThat(verdict(two + ", {\"name\": \"vm3\"}", QUOTA)).isEqualTo("good");
    }

    @ParameterizedTest
    @ValueSource(strings = {"198.51.100.0/24", "203.0.113.25", "203.0.113.0/28", "10.0.0.0/8", "2001:db8::/64"})
    void aRangeWithoutTheCallersAddressIsBad(String range) throws Exception {
        JsonNode check =
                plan(machine("\"allowSshFrom\": \"%s\"".formatted(range))).get("SSH access to “vm1”");

        assertThat(check.path("verdict").asText()).isEqualTo("bad");
        assertThat(check.at("/problem/what").asText()).contains(range, "203.0.113.24");
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.24", "203.0.113.24/32", "203.0.113.77/25", "203.0.0.0/8"})
    void aRangeWithTheCallersAddressIsGood(String range) throws Exception {
        assertThat(verdict(machine("\"allowSshFrom\": \"%s\"".formatted(range)), "SSH access to “vm1”"))
                .isEqualTo("good");
    }

    @ParameterizedTest
    @CsvSource({
        "Canonical:ubuntu-24_04-lts:server-arm64:latest, Standard_B2s, bad, is for Arm64",
        "Ubuntu2204, Standard_D2ps_v5, bad, is for x64",
        "Canonical:0001-com-ubuntu-server-jammy:22_04-lts:latest, Standard_D2s_v6, bad, is of generation V1",
        "Canonical:0001-com-ubuntu-server-jammy:nonsense:latest, Standard_B2s, bad, There is no image",
        "Canonical:ubuntu-24_04-lts:server:24.04.209901010, Standard_B2s, bad, There is no image",
        "Canonical:0001-com-ubuntu-server-focal:20_04-lts-gen2:latest, Standard_B2s, bad, not a system",
        "RedHat:RHEL:9-lvm-gen2:latest, Standard_B2s, bad, not a system",
        "MicrosoftWindowsServer:WindowsServer:2022-datacenter-g2:latest, Standard_B2s, bad, not a system",
        "Debian:debian-10:10-gen2:latest, Standard_B2s, bad, not a system",
        "center-for-internet-security-inc:cis-ubuntu:cis-ubuntulinux2204-l1-gen2:latest, Standard_B2s, bad, terms",
        "Debian11, Standard_B2s_v2, doubtful, no more updates",
        "Canonical:ubuntu-24_04-lts:server-arm64:latest, Standard_D2ps_v5, good, ''",
        "Canonical:ubuntu-24_04-lts:server:24.04.202511050, Standard_B2s, good, ''"
    })
    void anImageThatTheMachineCannotHaveIsFoundBefore(String image, String size, String verdict, String words)
            throws Exception {
        String machine = machine("\"image\": \"%s\", \"size\": \"%s\"".formatted(image, size));

        JsonNode check = plan(machine).get("Image " + image + " on size " + size + " in japaneast");

        assertThat(check.path("verdict").asText()).as(check.toString()).isEqualTo(verdict);
        assertThat(check.at("/problem/what").asText()).contains(words);
    }

    @Test
    void theSystemsOfTodayAreSetUp() throws Exception {
        String both = """
                {"name": "vm1", "image": "Debian13"}, {"name": "vm2", "image": "Ubuntu2604"}
                """;
        assertThat(plan(both).values())
                .allSatisfy(check -> assertThat(check.path("verdict").asText()).isEqualTo("good"));

        assertThat(program.setUp(setup(both))).as(program.printed()).isZero();

        assertThat(program.printed()).contains("Debian GNU/Linux 13 (trixie)", "Ubuntu 26.04");
    }

    @Test
    void anImageWithAPlanIsUsedOnceItsTermsAreAccepted() throws Exception {
        String urn = "center-for-internet-security-inc:cis-ubuntu:cis-ubuntulinux2204-l1-gen2:latest";
        String machine = machine("\"image\": \"" + urn + "\"");
        assertThat(plan(machine)
                        .get("Image " + urn + " on size Standard_B2s_v2 in japaneast")
                        .at("/problem/command")
                        .asText())
                .startsWith("az vm image terms accept --urn " + urn + " --subscription ");

        program.faults()
                .arm()
                .acceptTerms(
                        program.cloud().subscriptionId(),
                        "center-for-internet-security-inc",
                        "cis-ubuntu",
                        "cis-ubuntulinux2204-l1-gen2");

        assertThat(verdict(machine, "Image " + urn + " on size Standard_B2s_v2 in japaneast"))
                .isEqualTo("good");
        assertThat(program.setUp(setup(machine))).as(program.printed()).isZero();
    }

    /** Each place with a role there, and what is found missing. Whoever has a role may see the whole subscription. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "practiceBare, v1, 'practiceBare: Virtual Machine Contributor; practiceIdentity: Managed Identity"
                        + " Operator; practiceclassic: Owner', -",
                "practiceBare, v1, 'practiceBare: Virtual Machine Contributor; practiceclassic: Owner',"
                        + " 'Your right to use identity “practiceIdentity”'",
                "practiceBare, v1, 'practiceBare: Virtual Machine Contributor; practiceIdentity: Managed Identity"
                        + " Operator', 'Your right to grant roles'",
                "practiceBare, v1, 'practiceMachines: Managed Identity Operator; practiceclassic: Owner', 'Your right"
                        + " to give “practiceBare” an identity; Your right to read the host keys of “practiceBare” over"
                        + " Run Command'",
                "practiceBare, v9, 'practiceMachines: Contributor; practiceclassic: Role Based Access Control"
                        + " Administrator', 'Your right to import an image into registry “practiceclassic”'",
                "practiceBare, v9, 'practiceMachines: Contributor; practiceclassic: Role Based Access Control"
                        + " Administrator; practiceclassic: Contributor', -",
                "fresh, v1, 'practiceMachines: Virtual Machine Contributor; practiceIdentity: Managed Identity"
                        + " Operator; practiceclassic: Owner', 'Your right to create the network of “fresh”'",
                "fresh, v1, 'practiceMachines: Network Contributor; practiceIdentity: Managed Identity Operator;"
                        + " practiceclassic: Owner', 'Your right to create the machine “fresh”; Your right to read the"
                        + " host keys of “fresh” over Run Command'",
                "fresh, v1, 'practiceMachines: Network Contributor; practiceMachines: Virtual Machine Contributor;"
                        + " practiceIdentity: Managed Identity Operator; practiceclassic: Owner', -"
            })
    void eachRightIsAskedForWhereItIsNeeded(String machine, String tag, String roles, String missing) throws Exception {
        Map<String, List<String>> byScope = new LinkedHashMap<>();
        byScope.put("/subscriptions/" + program.cloud().subscriptionId(), List.of("Reader"));
        for (String role : roles.split("; ")) {
            String[] pair = role.split(": ");
            byScope.computeIfAbsent(id(pair[0]), scope -> new ArrayList<>()).add(pair[1]);
        }
        program.faults().arm().demoteTo(byScope);

        Map<String, JsonNode> checks = planOf("""
                {"version": 1, "location": "Japan East", "resourceGroup": {"name": "practiceMachines", "create": false},
                 "registry": {"name": "practiceclassic.azurecr.io", "create": false, "importSample": %s,
                              "resourceGroup": "practiceRegistries"},
                 "image": "aci-helloworld:%s", "machines": [{"name": "%s", "create": %s}],
                 "identity": {"kind": "user-assigned", "name": "practiceIdentity", "create": false}}
                """.formatted(tag.equals("v9"), tag, machine, machine.equals("fresh")));

        assertThat(checks.entrySet())
                .filteredOn(check -> check.getValue().path("verdict").asText().equals("bad"))
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(missing == null ? new String[0] : missing.split("; "));
    }

    @Test
    void aRoleThatIsGrantedAlreadyNeedsNoRightToGrant() throws Exception {
        String setup = """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "practiceMachines", "create": false},
                 "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
                 "image": "aci-helloworld:v1", "machines": [{"name": "practiceDocker", "create": false}],
                 "identity": {"kind": "user-assigned", "name": "practiceIdentity", "create": false}}
                """;
        assertThat(program.setUp(setup)).as(program.printed()).isZero();
        program.faults()
                .arm()
                .demoteTo(Map.of(
                        "/subscriptions/" + program.cloud().subscriptionId(),
                        List.of("Reader", "Virtual Machine Contributor")));

        assertThat(planOf(setup).values())
                .noneMatch(check -> check.path("verdict").asText().equals("bad"));
    }

    @Test
    void whatTheSubscriptionOffersMayBeHidden() throws Exception {
        program.faults()
                .arm()
                .demoteTo(Map.of(id("practiceMachines"), List.of("Owner"), id("practiceRegistries"), List.of("Owner")));

        Map<String, JsonNode> checks = planOf("""
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "practiceMachines", "create": false},
                 "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
                 "image": "aci-helloworld:v1", "machines": [{"name": "fresh"}],
                 "identity": {"kind": "system-assigned"}}
                """);

        assertThat(checks.get(QUOTA).path("verdict").asText()).isEqualTo("doubtful");
        assertThat(checks.get("Size Standard_B2s_v2 in japaneast")
                        .path("verdict")
                        .asText())
                .isEqualTo("doubtful");
    }

    @Test
    void whatAPolicyDeniesIsFoundBefore() throws Exception {
        Map<String, JsonNode> checks = planOf(setup(machine("\"size\": \"Standard_B2s\""))
                .replace("\"version\": 1", "\"version\": 1, \"subscription\": \"Policy and lock\""));

        JsonNode check =
                checks.get("Azure Policy on new networks and public addresses in resource group “myResourceGroup”");
        assertThat(check.path("verdict").asText()).isEqualTo("bad");
        assertThat(check.at("/problem/what").asText()).contains("no-public-addresses");
        assertThat(check.at("/problem/details").asText())
                .contains(
                        "Microsoft.Network/publicIPAddresses is not allowed", "/policyAssignments/no-public-addresses");
        assertThat(checks.entrySet())
                .filteredOn(one -> one.getKey().startsWith("Azure Policy on"))
                .hasSize(5)
                .filteredOn(one -> one.getValue().path("verdict").asText().equals("good"))
                .hasSize(4);
    }

    @Test
    void policiesThatMayNotBeAskedForAreNotCheckedAndTheCommandIsShown() throws Exception {
        program.faults()
                .http()
                .add(
                        RequestMatcher.to("management.azure.com").path("/checkPolicyRestrictions"),
                        Occasions.always(),
                        HttpFault.refusal(
                                409, "MissingSubscriptionRegistration", "The subscription is not registered."));

        JsonNode check =
                plan("{\"name\": \"vm1\"}").get("Azure Policy on new registries in resource group “myResourceGroup”");

        assertThat(check.path("verdict").asText()).isEqualTo("unchecked");
        assertThat(check.at("/problem/command").asText())
                .contains("az policy assignment list --scope /subscriptions/"
                        + program.cloud().subscriptionId() + "/resourceGroups/myResourceGroup");
    }

    /** The id of what has this name. */
    private String id(String name) {
        return program.resources().stream()
                .filter(id -> id.endsWith("/" + name))
                .findFirst()
                .orElseThrow();
    }

    private String verdict(String machines, String what) throws IOException {
        return plan(machines).get(what).path("verdict").asText();
    }

    /** @return each check by what was looked at */
    private Map<String, JsonNode> plan(String machines) throws IOException {
        return planOf(setup(machines));
    }

    private Map<String, JsonNode> planOf(String setup) throws IOException {
        Path file = Files.writeString(folder.resolve("plan.json"), setup);
        program.run("", "--plan", file.toString(), "--output", "json");
        Map<String, JsonNode> checks = new LinkedHashMap<>();
        for (String line : program.printed().lines().toList()) {
            JsonNode json = JSON.readTree(line);
            if (json.path("type").asText().equals("check")) {
                checks.put(json.path("what").asText(), json);
                ProgramInPractice.assertRemedied(json);
            }
        }
        assertThat(checks).as(program.printed()).isNotEmpty();
        return checks;
    }

    private static String machine(String more) {
        return "{\"name\": \"vm1\", " + more + "}";
    }

    private static String setup(String machines) {
        return """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
                 "registry": {"name": "myContainerRegistry", "importSample": true}, "image": "aci-helloworld:v1",
                 "machines": [%s], "identity": {"kind": "user-assigned", "name": "myACRId"}}
                """.formatted(machines);
    }

    /** @return path of a private key */
    private String key(String type, int bits) throws Exception {
        int kind = switch (type) {
            case "ecdsa" -> KeyPair.ECDSA;
            case "rsa" -> KeyPair.RSA;
            default -> KeyPair.ED25519;
        };
        KeyPair pair = KeyPair.genKeyPair(new JSch(), kind, bits);
        Path file = folder.resolve("id_" + type + bits);
        if (kind == KeyPair.ED25519) {
            try (var out = Files.newOutputStream(file)) {
                pair.writeOpenSSHv1PrivateKey(out, null);
            }
        } else {
            pair.writePrivateKey(file.toString());
        }
        return file.toString();
    }

    private int addresses() {
        return (int) program.resources().stream()
                .filter(id -> id.contains("/publicIPAddresses/"))
                .count();
    }
}
