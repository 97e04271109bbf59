package io.keylesspull.setup.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.setup.request.SetupFile.Read;
import io.keylesspull.setup.request.SetupFile.Refused;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetupFileTest {

    private static String asset(String name) throws IOException {
        try (InputStream in = SetupFileTest.class.getResourceAsStream("/io/keylesspull/assets/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<Violation> refused(String json, boolean practice) {
        return ((Refused) SetupFile.read(json, practice)).violations();
    }

    @Test
    void theExampleIsReadAndReadsBackEqualWhenWritten() throws IOException {
        SetupRequest request = ((Read) SetupFile.read(asset("example-setup.json"), false)).request();
        assertThat(request.registry().name()).isEqualTo("myContainerRegistry");
        assertThat(SetupFile.read(SetupFile.write(request), false)).isEqualTo(new Read(request));
    }

    @Test
    void allErrorsAreReportedTogetherWithTheirPaths() throws IOException {
        String json = asset("example-setup.json")
                .replace("\"importSample\"", "\"importSampel\"")
                .replace("\"Basic\"", "\"basic\"")
                .replace("\"japaneast\"", "7")
                .replace("myACRId", "x")
                .replace("\"myDockerVM\"", "\"my_vm\"");
        assertThat(refused(json, false))
                .extracting(Violation::path)
                .containsExactlyInAnyOrder(
                        "registry.importSampel", "registry.sku", "location", "identity.name", "machines[0].name");
        assertThat(refused(json, false))
                .filteredOn(v -> v.path().equals("registry.importSampel"))
                .allSatisfy(v -> assertThat(v.rule().arguments()).contains("importSample"));
    }

    @Test
    void anImportIsReadAndReadsBackEqualWhenWrittenButNotBesideTheSample() throws IOException {
        String both = asset("example-setup.json")
                .replace("\"importSample\"", "\"import\": \"docker.io/library/nginx:1.27\", \"importSample\"");
        assertThat(refused(both, false)).singleElement().satisfies(v -> {
            assertThat(v.path()).isEqualTo("registry.import");
            assertThat(v.rule().key()).isEqualTo("setup.file.importTwice");
        });

        SetupRequest request = ((Read)
                        SetupFile.read(both.replace("\"importSample\": true", "\"importSample\": false"), false))
                .request();
        assertThat(request.registry().imported()).contains("docker.io/library/nginx:1.27");
        assertThat(SetupFile.read(SetupFile.write(request), false)).isEqualTo(new Read(request));
    }

    @Test
    void theWayToAMachineIsReadAndReadsBackEqualWhenWritten() throws IOException {
        String json = asset("example-setup.json")
                .replace(
                        "\"machines\": [",
                        "\"machines\": [{\"name\": \"vm1\", \"create\": false, \"sshKey\": \"k\", "
                                + "\"ssh\": {\"address\": \"private\", \"port\": 2222, "
                                + "\"jumpHosts\": [{\"host\": \"b\", "
                                + "\"port\": 2200, \"user\": \"ops\", \"key\": \"~/.ssh/ops\", \"hostKey\": \"SHA256:"
                                + "A".repeat(43) + "\"}]}}, ");
        SetupRequest request = ((Read) SetupFile.read(json, false)).request();
        assertThat(request.machines().get(0).ssh().orElseThrow().port()).isEqualTo(2222);
        assertThat(request.machines()
                        .get(0)
                        .ssh()
                        .orElseThrow()
                        .jumpHosts()
                        .get(0)
                        .port())
                .isEqualTo(2200);
        assertThat(SetupFile.read(SetupFile.write(request), false)).isEqualTo(new Read(request));
        assertThat(refused(
                        json.replace("2222", "65536").replace("2200", "\"22\"").replace("private", "any"), false))
                .extracting(Violation::path)
                .containsExactlyInAnyOrder(
                        "machines[0].ssh.address", "machines[0].ssh.port", "machines[0].ssh.jumpHosts[0].port");
    }

    @Test
    void aScaleSetIsReadAndReadsBackEqualWhenWrittenAlsoAlone() throws IOException {
        String json = asset("example-setup.json")
                .replace("\"machines\": [", "\"scaleSet\": {\"name\": \"fleet\", \"instances\": 25}, \"machines\": [");
        SetupRequest request = ((Read) SetupFile.read(json, false)).request();
        assertThat(request.scaleSet())
                .contains(new SetupRequest.ScaleSet(
                        "fleet", 25, "Ubuntu2204", "", "azureuser", Optional.empty(), Optional.empty()));
        assertThat(SetupFile.read(SetupFile.write(request), false)).isEqualTo(new Read(request));
        SetupRequest alone = request.withMachines(List.of());
        assertThat(SetupFile.read(SetupFile.write(alone), false)).isEqualTo(new Read(alone));
    }

    @ParameterizedTest
    @CsvSource({"0", "1001", "2.5", "'\"3\"'", "null"})
    void aNumberOfInstancesThatAzureRefusesIsSaidOnce(String instances) throws IOException {
        String json = asset("example-setup.json")
                .replace(
                        "\"machines\": [",
                        "\"scaleSet\": {\"name\": \"fleet\", \"instances\": " + instances + "}, \"machines\": [");
        assertThat(refused(json, false)).singleElement().satisfies(violation -> {
            assertThat(violation.path()).isEqualTo("scaleSet.instances");
            assertThat(violation.rule().key()).isEqualTo("setup.rule.scaleSet.instances");
        });
    }

    @Test
    void aScaleSetNeedsAUserAssignedIdentity() throws IOException {
        ObjectNode root = (ObjectNode) new ObjectMapper().readTree(asset("example-setup.json"));
        root.remove("machines");
        root.putObject("scaleSet").put("name", "fleet").put("instances", 3);
        root.remove("identity");
        assertThat(refused(root.toString(), false)).extracting(Violation::path).containsExactly("identity");
        root.putObject("identity").put("kind", "system-assigned");
        assertThat(refused(root.toString(), false))
                .extracting(violation -> violation.rule().key())
                .containsExactly("setup.rule.scaleSet.identity");
    }

    @Test
    void aMachineThatIsReachedByRunCommandNeedsNoKey() throws IOException {
        String json = asset("example-setup.json")
                .replace(
                        "\"machines\": [",
                        "\"machines\": [{\"name\": \"vm1\", \"create\": false, \"runCommand\": true}, ");
        SetupRequest request = ((Read) SetupFile.read(json, false)).request();
        assertThat(request.machines().get(0).byRunCommand()).isTrue();
        assertThat(request.machines().get(1).byRunCommand()).isFalse();
        assertThat(SetupFile.read(SetupFile.write(request), false)).isEqualTo(new Read(request));
        assertThat(refused(json.replace("true", "\"yes\""), false))
                .extracting(Violation::path)
                .contains("machines[0].runCommand");
    }

    @Test
    void aTextInThePlaceOfAnotherTypeIsShownInItsQuotes() throws IOException {
        String json = asset("example-setup.json")
                .replaceFirst("\"version\": *1", "\"version\": \"1\"")
                .replace(
                        "\"machines\": [",
                        "\"machines\": [{\"name\": \"vm1\", \"create\": \"no\", \"ssh\": {\"port\": \"22\"}}, "
                                + "{\"name\": 5, \"ssh\": {\"jumpHosts\": \"bastion\"}}, {\"name\": \"vm3\", "
                                + "\"ssh\": \"private\"}, ");
        assertThat(refused(json, false).stream()
                        .map(violation -> violation.path() + " = " + violation.value())
                        .toList())
                .contains(
                        "version = \"1\"",
                        "machines[0].create = \"no\"",
                        "machines[0].ssh.port = \"22\"",
                        "machines[1].name = 5",
                        "machines[1].ssh.jumpHosts = \"bastion\"",
                        "machines[2].ssh = \"private\"");
    }

    @Test
    void keysThatMakeNoSenseTogetherAreRefused() throws IOException {
        String json = asset("example-setup.json")
                .replace(
                        "\"machines\": [",
                        "\"machines\": [{\"name\": \"vm1\", \"create\": false, \"runCommand\": true, "
                                + "\"ssh\": {\"port\": 2222}}, {\"name\": \"vm2\", \"allowSshFrom\": \"10.0.0.0/8\", "
                                + "\"subnet\": \"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network"
                                + "/virtualNetworks/v/subnets/n\"}, ");
        assertThat(refused(json, false))
                .containsExactly(
                        new Violation("machines[0].runCommand", "true", Text.of("setup.file.runCommand.ssh")),
                        new Violation(
                                "machines[1].allowSshFrom", "10.0.0.0/8", Text.of("setup.file.subnet.allowSshFrom")));
        assertThat(SetupFile.read(
                        json.replace("\"runCommand\": true", "\"runCommand\": false, \"sshKey\": \"k\"")
                                .replace("\"allowSshFrom\": \"10.0.0.0/8\", ", ""),
                        false))
                .isInstanceOf(Read.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"sshKey\": \"~/.ssh/id\"; machines[0].sshKey; ~/.ssh/id; setup.file.runCommand.sshKey",
                "\"ssh\": {\"addKey\": true}; machines[0].runCommand; true; setup.file.runCommand.ssh"
            })
    void aKeyBesideRunCommandIsRefused(String beside, String path, String value, String rule) throws IOException {
        String json = asset("example-setup.json")
                .replace(
                        "\"machines\": [",
                        "\"machines\": [{\"name\": \"vm1\", \"create\": false, \"runCommand\": true, " + beside
                                + "}, ");
        assertThat(refused(json, false)).containsExactly(new Violation(path, value, Text.of(rule)));
        // A run that was begun before there was such a rule.
        assertThat(SetupFile.readBegun(json, false)).isInstanceOf(Read.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"create\": false, \"allowSshFrom\": \"10.0.0.0/8\"; allowSshFrom; 10.0.0.0/8; existing.allowSshFrom",
                "\"publicAddress\": true, \"subnet\": \"SUBNET\"; publicAddress; true; subnet.publicAddress"
            })
    void keysOfAMachineThatContradictEachOtherAreRefused(String keys, String key, String value, String rule)
            throws IOException {
        String json = withMachine(keys);
        assertThat(refused(json, false))
                .containsExactly(new Violation("machines[0]." + key, value, Text.of("setup.file." + rule)));
        assertThat(SetupFile.readBegun(json, false)).isInstanceOf(Read.class);
    }

    @Test
    void aMachineInASubnetMayBeSaidToHaveNoPublicAddress() throws IOException {
        String json = withMachine("\"publicAddress\": false, \"subnet\": \"SUBNET\"");
        assertThat(SetupFile.read(json, false)).isInstanceOfSatisfying(Read.class, read -> {
            assertThat(read.request().machines().get(0).subnet()).isPresent();
            assertThat(SetupFile.read(SetupFile.write(read.request()), false)).isEqualTo(read);
        });
    }

    private static String withMachine(String keys) throws IOException {
        return asset("example-setup.json")
                .replace(
                        "\"machines\": [",
                        "\"machines\": [{\"name\": \"vm1\", "
                                + keys.replace(
                                        "SUBNET",
                                        "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks"
                                                + "/v/subnets/n")
                                + "}, ");
    }

    @Test
    void theKeyOfAMachineReachedByRunCommandIsNotWritten() throws IOException {
        SetupRequest request = ((Read) SetupFile.read(asset("example-run-command.json"), true)).request();
        SetupRequest withKey = request.withMachines(request.machines().stream()
                .map(machine -> machine.withSshKey(Optional.of("/home/me/.ssh/id")))
                .toList());

        assertThat(SetupFile.read(SetupFile.write(withKey), true)).isEqualTo(new Read(request));
    }

    @Test
    void aMachineWithoutAPublicAddressIsReadAndWrittenAndLetsNobodyIn() throws IOException {
        String json = asset("example-setup.json")
                .replace("\"machines\": [", "\"machines\": [{\"name\": \"vm1\", \"publicAddress\": false}, ");
        assertThat(SetupFile.read(json, false)).isInstanceOfSatisfying(Read.class, read -> {
            assertThat(read.request().machines().get(0).network()).isEqualTo(new SetupRequest.BehindGateway());
            assertThat(SetupFile.read(SetupFile.write(read.request()), false)).isEqualTo(read);
        });
        assertThat(refused(
                        json.replace(
                                "\"publicAddress\": false",
                                "\"publicAddress\": false, \"allowSshFrom\": \"10.0.0.0/8\""),
                        false))
                .containsExactly(new Violation(
                        "machines[0].allowSshFrom", "10.0.0.0/8", Text.of("setup.file.publicAddress.allowSshFrom")));
    }

    @Test
    void onlyPracticeDoesWithoutSignInAndSubscription() throws IOException {
        String json = asset("example-setup.json").replaceAll("(?m)^  \"(signIn|subscription)\".*\\n", "");
        assertThat(SetupFile.read(json, true)).isInstanceOf(Read.class);
        assertThat(refused(json, false)).extracting(Violation::path).containsExactly("signIn", "subscription");
    }

    @Test
    void whatIsNotJsonIsRefusedWithLineAndColumn() {
        assertThat(refused("{\n  \"version\": 1,,\n}", true))
                .singleElement()
                .satisfies(v -> assertThat(v.rule().arguments().get(0)).isEqualTo("2"));
        assertThat(refused("{\"image\": 1, \"image\": 2}", true))
                .singleElement()
                .satisfies(v -> assertThat(v.rule().arguments().get(2)).isEqualTo("image"));
        assertThat(refused("", true)).hasSize(1);
        assertThat(refused("[]", true)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"version\": 1, } | key",
                "{\"version\": } | value",
                "{\"version\": [1 | end",
                "{\"version\": yes} | value",
                "{\"version\" 1} | colon",
                "{\"version\": 1 \"image\": 2} | comma",
                "{\"version\": [1}} | close"
            })
    void whatIsNotJsonIsToldWhatWasExpected(String json, String expected) {
        assertThat(refused(json, true)).singleElement().satisfies(violation -> {
            assertThat(violation.rule().key()).isEqualTo("setup.file.notJsonBut");
            assertThat(violation.rule().arguments().get(2)).isEqualTo(Text.of("setup.file.expected." + expected));
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"clusters\": []             | clusters   | rule.machines.none",
                "\"machines\": []             | machines   | rule.machines.none",
                "\"machines\": [], \"clusters\": [] | '' | rule.machines.none",
                "\"clusters\": {}             | clusters   | file.type",
                "\"machines\": [], \"clusters\": {} | clusters | file.type",
                "\"machines\": {}, \"clusters\": [{\"name\": \"c\"}], \"keepSignedIn\": false | machines | file.type",
                "\"role\": \"AcrPull\"        | ''         | rule.machines.none",
                "\"scaleSets\": {}            | scaleSets  | file.unknown",
                "\"cluster\": [], \"machines\": [] | cluster | file.unknown"
            })
    void aSetupWithoutTargetsIsToldSoOfTheKeyThatIsThere(String keys, String path, String rule) {
        String json = """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "g"}, "image": "a:v1",
                 "registry": {"name": "myRegistry"}, %s}
                """.formatted(keys);
        assertThat(refused(json, true)).singleElement().satisfies(violation -> {
            assertThat(violation.path()).isEqualTo(path);
            assertThat(violation.rule().key()).isEqualTo("setup." + rule);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"machines\": [{\"name\": \"vm1\"}], \"clusters\": [] | clusters",
                "\"machines\": [], \"scaleSet\": {\"name\": \"s\", \"instances\": 1}, \"clusters\": [] | clusters",
                "\"machines\": {}, \"clusters\": []              | machines, clusters",
                "\"machine\": [], \"clusters\": []               | machine, clusters"
            })
    void aListOfNoClustersIsRefusedBesideWhateverElse(String keys, String paths) {
        String json = """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "g"}, "image": "a:v1",
                 "registry": {"name": "myRegistry"}, "identity": {"kind": "user-assigned", "name": "myId"}, %s}
                """.formatted(keys);
        assertThat(refused(json, true)).extracting(Violation::path).containsExactlyInAnyOrder(paths.split(", "));
    }

    @Test
    void whereThereAreOnlyClustersNoEmptyListOfMachinesIsWrittenAndOneIsRead() throws IOException {
        String json = """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "g"}, "image": "a:v1",
                 "registry": {"name": "myRegistry", "importSample": true}, "clusters": [{"name": "c"}]%s}
                """;
        SetupRequest request = ((Read) SetupFile.read(json.formatted(""), true)).request();

        assertThat(SetupFile.write(request)).doesNotContain("machines");
        assertThat(SetupFile.read(json.formatted(", \"machines\": []"), true)).isEqualTo(new Read(request));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clusters     | 21   | {\"name\": \"c_%d!\"}",
                "machines     | 1001 | {\"name\": \"m %d!\"}",
                "repositories | 21   | \"A%d!\""
            })
    void whatIsWrongInAListThatIsTooLongIsToldToo(String key, int count, String item) {
        String items = IntStream.range(0, count).mapToObj(item::formatted).collect(Collectors.joining(","));
        String json = """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "g."}, "image": "a:v1",
                 "registry": {"name": "myRegistry"}, "identity": {"kind": "user-assigned", "name": "myId"},
                 "scaleSet": {"name": "s", "instances": 1}, "%s": [%s]}
                """.formatted(key, items);
        assertThat(refused(json, true))
                .extracting(Violation::path)
                .contains("resourceGroup.name")
                .containsOnlyOnce(key)
                .filteredOn(path -> path.startsWith(key + "["))
                .hasSize(count - 1);
    }

    @Test
    void everyViolationHasItsWordsInBothLanguages() {
        List<Violation> all =
                refused("{\"version\": 2, \"machines\": [{}], \"rol\": 1, \"identity\": {\"kind\": \"user\"}}", false);
        for (Locale locale : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
            assertThat(all)
                    .allSatisfy(
                            v -> assertThat(new Texts(locale).render(v.rule())).isNotBlank());
        }
    }

    @Test
    void theSchemaAndTheReaderKnowTheSameKeysTypesAndDefaults() throws IOException {
        agree(SetupFileKeys.file(), new ObjectMapper().readTree(asset("setup.schema.json")), "");
    }

    private static void agree(FileValue<?> value, JsonNode schema, String path) {
        assertThat(schema.path("type").asText()).as(path).isEqualTo(value.type());
        if (value instanceof FileObject<?> object) {
            assertThat(schema.path("additionalProperties").asBoolean(true))
                    .as(path)
                    .isFalse();
            assertThat(schema.path("properties").fieldNames())
                    .toIterable()
                    .as(path)
                    .containsExactlyElementsOf(
                            object.keys().stream().map(FileKey::name).toList());
            assertThat(strings(schema.path("required")))
                    .as(path)
                    .containsExactlyElementsOf(object.keys().stream()
                            .filter(FileKey::required)
                            .map(FileKey::name)
                            .toList());
            object.keys().forEach(key -> agree(key, schema.path("properties").path(key.name()), path));
        } else if (value instanceof FileValue.Items<?> items) {
            agree(items.each(), schema.path("items"), path + "[]");
        } else if (value instanceof FileValue.Choice<?> choice) {
            assertThat(strings(schema.path("enum")))
                    .as(path)
                    .containsExactlyElementsOf(choice.words().keySet());
        } else if (value instanceof FileValue.Version version) {
            assertThat(schema.path("const").asInt()).isEqualTo(version.only());
        }
    }

    private static <V> void agree(FileKey<?, V> key, JsonNode schema, String path) {
        agree(key.value(), schema, path + "." + key.name());
        if (!(key.value() instanceof FileObject)) {
            assertThat(schema.path("default").asText(""))
                    .as(path + "." + key.name())
                    .isEqualTo(key.fallback()
                            .map(v -> key.value().write(v).asText())
                            .orElse(""));
        }
    }

    private static List<String> strings(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
