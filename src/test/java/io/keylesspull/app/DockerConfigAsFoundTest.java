package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.machine.host.PracticeMachine;
import io.keylesspull.practice.machine.ssh.CommandFault;
import io.keylesspull.practice.machine.ssh.MachineFaults;
import io.keylesspull.practice.machine.state.AzProfile;
import io.keylesspull.practice.machine.state.FileTree;
import io.keylesspull.practice.wire.HttpFault;
import io.keylesspull.practice.wire.RequestMatcher;
import io.keylesspull.setup.step.CredentialHelper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Docker's configuration on a machine that was there before, in the states in which people leave theirs. */
@Timeout(120)
class DockerConfigAsFoundTest {

    private static final String REGISTRY = "practiceclassic.azurecr.io";
    private static final String HOME = "/home/azureuser";
    private static final String USERS = HOME + "/.docker/config.json";
    private static final String ROOTS = "/root/.docker/config.json";
    private static final String OLD = "acr-managed-identity-00000000-1111-2222-3333-444444444444";
    private static final String LOGIN = "{\"auths\": {\"other.example\": {\"auth\": \"dXNlcjpwYXNzd29yZA==\"}}}";

    @AutoClose
    private final ProgramInPractice program = new ProgramInPractice(new LaterTime());

    private PracticeMachine machine;

    @BeforeEach
    void begin() {
        machine = program.cloud()
                .machine(program.resources().stream()
                        .filter(id -> id.endsWith("/virtualMachines/practiceDocker"))
                        .findFirst()
                        .orElseThrow());
    }

    private static String setup(String more) {
        return """
                {"version": 1, "location": "japaneast",
                 "resourceGroup": {"name": "practiceMachines", "create": false},
                 "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
                 "image": "aci-helloworld:v1", "machines": [{"name": "practiceDocker", "create": false}],
                 "identity": {"kind": "system-assigned"}%s}
                """.formatted(more);
    }

    private FileTree files() {
        return machine.state().files();
    }

    private void has(String path, String text, String owner, int mode) {
        files().makeDirectory(FileTree.parent(path), owner, 0700);
        files().put(path, text.getBytes(StandardCharsets.UTF_8), owner, mode);
    }

    /** All files and folders in the homes, with owners, modes and contents. */
    private List<String> homes() {
        return machine.inventory().stream()
                .filter(line -> line.matches("(?s)(file|directory) /(home|root)\\b.*"))
                .filter(line -> !line.contains("/.ssh"))
                .filter(line -> !line.contains("/.azure"))
                .toList();
    }

    private void stopsBeforeItWrites(String more, String... words) {
        List<String> before = homes();
        assertThat(program.setUp(setup(more))).as(program.printed()).isEqualTo(1);
        assertThat(program.printed()).contains(words).doesNotContain("Proven.", "az acr login", "dXNlcjpwYXNz");
        assertThat(homes()).isEqualTo(before);
        assertThat(machine.inventory()).noneMatch(line -> line.contains("/docker-credential-"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ", \"keepSignedIn\": false",
                ", \"azureCli\": false",
                ", \"dockerGroup\": false",
                ", \"dockerGroup\": false, \"keepSignedIn\": false"
            })
    void aConfigurationThatDockerCannotReadIsNeverReplaced(String more) {
        String text = "{ // our proxies\n \"proxies\": {}, " + LOGIN.substring(1);
        has(USERS, text, "azureuser", 0600);
        has(ROOTS, text, "root", 0600);

        stopsBeforeItWrites(
                more,
                "/config.json on machine “practiceDocker” is not JSON that can be understood",
                "invalid character '/'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "\"text\"",
                "{\"auths\": {",
                "{} trailing",
                "{\"auths\": []}",
                "{\"credHelpers\": {\"a\": 1}}",
                "{\"auths\": {\"a\": {\"auth\": \"no base64!\"}}}",
                "\uFEFF{}"
            })
    void whateverDockerWouldReplaceStopsTheSetup(String text) {
        has(USERS, text, "azureuser", 0644);

        stopsBeforeItWrites("", ".docker/config.json on machine “practiceDocker” is not JSON that can be understood");
    }

    @Test
    void theConfigurationOfRootIsLookedAtBeforeTheUserSignsIn() {
        has(ROOTS, "{ // ours", "root", 0600);

        stopsBeforeItWrites("", "Docker's configuration " + ROOTS + " on machine “practiceDocker” is not JSON");
    }

    @Test
    void theConfigurationOfRootDoesNotMatterWhereOnlyTheUserPulls() {
        has(ROOTS, "{ // ours", "root", 0600);

        assertThat(program.setUp(setup(", \"keepSignedIn\": false")))
                .as(program.printed())
                .isZero();
        assertThat(files().text(ROOTS)).contains("{ // ours");
    }

    @ParameterizedTest
    @CsvSource({"root, 600", "root, 640", "azureuser, 000"})
    void aConfigurationThatItsUserMayNotReadIsNamed(String owner, String mode) {
        files().makeDirectory(FileTree.parent(USERS), "azureuser", 0700);
        files().put(USERS, LOGIN.getBytes(StandardCharsets.UTF_8), owner, Integer.parseInt(mode, 8));

        stopsBeforeItWrites(
                "",
                "The user azureuser cannot read Docker's configuration .docker/config.json on machine “practiceDocker”",
                "Permission denied");
    }

    @Test
    void aFolderInThePlaceOfTheConfigurationIsNamed() {
        files().makeDirectory(FileTree.parent(USERS), "azureuser", 0700);
        files().makeDirectory(USERS, "azureuser", 0700);

        stopsBeforeItWrites("", "cannot read Docker's configuration .docker/config.json", "Is a directory");
    }

    @ParameterizedTest
    @CsvSource({"azureuser, 500", "root, 700", "root, 755", "root, 1777"})
    void aFolderInWhichItsUserCannotReplaceTheConfigurationIsNamedAndNothingStays(String owner, String mode) {
        files().makeDirectory(FileTree.parent(USERS), owner, Integer.parseInt(mode, 8));
        files().put(USERS, LOGIN.getBytes(StandardCharsets.UTF_8), "root", 0644);

        stopsBeforeItWrites(
                "",
                "The user azureuser cannot write Docker's configuration .docker/config.json on machine"
                        + " “practiceDocker”.");
    }

    @Test
    void aHomeInWhichTheFolderCannotBeMadeIsNamed() {
        files().changeMode(HOME, 0550);

        stopsBeforeItWrites("", "The user azureuser cannot write Docker's configuration .docker/config.json");
    }

    private void undo() {
        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();
    }

    private static String ofIdentity(String more) {
        return setup(more).replace("\"system-assigned\"", "\"user-assigned\", \"name\": \"myACRId\"");
    }

    /** An entry of this program's for an identity that nothing has any more. */
    private static String oldHelper(String more) {
        return "{\"credHelpers\": {\"" + REGISTRY + "\": \"" + OLD + "\"}" + more + "}";
    }

    private void hasOldHelper() {
        has(USERS, oldHelper(""), "azureuser", 0600);
        has(ROOTS, oldHelper(""), "root", 0600);
        has(new CredentialHelper(OLD).path(), CredentialHelper.script(), "root", 0755);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ", \"keepSignedIn\": false",
                ", \"azureCli\": false",
                ", \"dockerGroup\": false",
                ", \"dockerGroup\": false, \"keepSignedIn\": false"
            })
    void aHelperForAnIdentityThatIsGoneIsClearedBeforeTheLoginAndComesBackByUndo(String more) {
        hasOldHelper();
        List<String> before = homes();

        assertThat(program.setUp(ofIdentity(more))).as(program.printed()).isZero();

        assertThat(program.printed()).contains("Proven.").contains("  proof ").contains("myACRId");
        boolean forTheUser = !more.equals(", \"dockerGroup\": false, \"keepSignedIn\": false");
        assertThat(files().text(forTheUser ? USERS : ROOTS))
                .hasValueSatisfying(text -> assertThat(text).doesNotContain(OLD));
        undo();
        assertThat(meaning(homes())).isEqualTo(meaning(before));
    }

    private static List<String> meaning(List<String> homes) {
        return homes.stream()
                .map(line -> line.replaceAll("\\s", "").replace("\"auths\":{},", ""))
                .toList();
    }

    @Test
    void theProofSaysWhoseItIs() {
        hasOldHelper();

        assertThat(program.setUp(setup(", \"keepSignedIn\": false")))
                .as(program.printed())
                .isZero();

        assertThat(program.printed().lines().filter(line -> line.contains("  proof ") && line.contains("done: ")))
                .singleElement()
                .asString()
                .contains("sha256:", "as the machine’s system-assigned identity");
    }

    @Test
    void aRunThatEndsBetweenClearingTheHelperAndThePullGivesItBackByUndo() {
        hasOldHelper();
        List<String> before = homes();
        program.faults()
                .http()
                .add(RequestMatcher.to(REGISTRY).path("/oauth2/exchange"), Occasions.always(), HttpFault.status(401));

        assertThat(program.setUp(ofIdentity(""))).isEqualTo(1);

        assertThat(files().text(USERS))
                .hasValueSatisfying(text -> assertThat(text).doesNotContain(OLD));
        undo();
        assertThat(meaning(homes())).isEqualTo(meaning(before));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ", \"keepSignedIn\": false",
                ", \"azureCli\": false",
                ", \"dockerGroup\": false",
                ", \"dockerGroup\": false, \"keepSignedIn\": false"
            })
    void undoTakesTheFilesAndFoldersAwayThatTheRunMade(String more) {
        List<String> before = all();

        assertThat(program.setUp(ofIdentity(more))).as(program.printed()).isZero();
        undo();

        assertThat(all()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", \"keepSignedIn\": false", ", \"dockerGroup\": false"})
    void undoLeavesTheFoldersThatWereThere(String more) {
        for (String home : List.of(HOME, "/root")) {
            files().makeDirectory(home + "/.docker", home.equals(HOME) ? "azureuser" : "root", 0700);
            files().makeDirectory(home + "/.azure", home.equals(HOME) ? "azureuser" : "root", 0755);
        }
        List<String> before = all();

        assertThat(program.setUp(setup(more))).as(program.printed()).isZero();
        undo();

        assertThat(all()).isEqualTo(before);
    }

    /** As if the program was killed between two of its commands. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void undoRemovesATemporaryFileThatAKilledRunLeft(boolean wasThere) {
        if (wasThere) {
            has(USERS, LOGIN, "azureuser", 0600);
            has(ROOTS, LOGIN, "root", 0600);
        }
        List<String> before = homes();
        MachineFaults machines = program.faults().machines();
        Fault move =
                machines.command(MachineFaults.ANY, "mv .*keyless-pull", Occasions.always(), CommandFault.ends(1, ""));
        Fault remove = machines.command(
                MachineFaults.ANY, "rm -f .*keyless-pull$", Occasions.always(), CommandFault.ends(0, ""));
        assertThat(program.setUp(setup(", \"azureCli\": false")))
                .as(program.printed())
                .isEqualTo(1);
        assertThat(homes()).anyMatch(line -> line.contains(".keyless-pull"));
        move.remove();
        remove.remove();

        undo();

        assertThat(homes()).isEqualTo(before);
    }

    @Test
    void undoLeavesTheFoldersThatSomebodyUsesByThen() {
        assertThat(program.setUp(setup(", \"keepSignedIn\": false")))
                .as(program.printed())
                .isZero();
        files().put(HOME + "/.docker/other", "kept");
        machine.state()
                .azureProfile("azureuser")
                .signIn(new AzProfile.SignedIn("&client_id=1", "MSIClient-1", "tenant", List.of()));
        assertThat(program.setUp(setup(", \"keepSignedIn\": false")))
                .as(program.printed())
                .isZero();

        undo();

        assertThat(files().node(HOME + "/.docker/other")).isPresent();
        assertThat(files().node(HOME + "/.azure")).isPresent();
    }

    private List<String> all() {
        return machine.inventory().stream()
                .filter(line -> line.startsWith("file ") || line.startsWith("directory "))
                .filter(line -> !line.startsWith("directory /var/lib/docker"))
                .toList();
    }

    @Test
    void aRegistryOfMicrosoftThatIsBlockedIsNoWall() {
        program.faults().http().add(RequestMatcher.to("mcr.microsoft.com"), Occasions.always(), HttpFault.status(403));

        assertThat(program.setUp(setup(""))).as(program.printed()).isZero();

        assertThat(program.printed())
                .contains("Proven.")
                .contains("not checked by running mcr.microsoft.com/hello-world, which could not be pulled: ");
        undo();
        assertThat(program.printed()).doesNotContain("hello-world");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFullDiskIsNamedAndNothingStays(boolean azureCli) {
        has(USERS, LOGIN, "azureuser", 0600);
        machine.state().installed("azure-cli");
        has("/usr/bin/curl", "", "root", 0755);
        machine.fillDisk();

        stopsBeforeItWrites(
                ", \"azureCli\": " + azureCli,
                "The user azureuser cannot write Docker's configuration .docker/config.json",
                "No space left on device");
    }

    @ParameterizedTest
    @CsvSource({"azureuser, 400", "azureuser, 444", "azureuser, 640", "root, 644"})
    void aConfigurationOfAnyModeIsChangedAndChangedBackAndNothingStays(String owner, String mode) {
        files().makeDirectory(FileTree.parent(USERS), "azureuser", 0755);
        files().put(USERS, LOGIN.getBytes(StandardCharsets.UTF_8), owner, Integer.parseInt(mode, 8));

        assertThat(program.setUp(setup(", \"azureCli\": false")))
                .as(program.printed())
                .isZero();
        assertThat(files().text(USERS))
                .hasValueSatisfying(text -> assertThat(text).contains("other.example", REGISTRY));
        assertThat(files().node(USERS).orElseThrow().mode()).isEqualTo(Integer.parseInt(mode, 8));
        assertThat(homes()).noneMatch(line -> line.contains(".keyless-pull"));
        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();
        assertThat(files().text(USERS))
                .hasValueSatisfying(
                        text -> assertThat(text).contains("other.example").doesNotContain(REGISTRY));
        assertThat(homes()).noneMatch(line -> line.contains(".keyless-pull"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", \"keepSignedIn\": false", ", \"azureCli\": false"})
    void aHelperOfSomebodyElseForTheRegistryIsNamedAtOnce(String more) {
        has(USERS, "{\"credHelpers\": {\"" + REGISTRY + "\": \"acr-env\"}}", "azureuser", 0600);

        stopsBeforeItWrites(
                more,
                "Docker on machine “practiceDocker” already asks the credential helper “acr-env” for " + REGISTRY
                        + ".");
    }

    @Test
    void aHelperOfSomebodyElseInTheConfigurationOfRootIsNamedAtOnce() {
        has(ROOTS, "{\"credHelpers\": {\"" + REGISTRY + "\": \"acr-env\"}}", "root", 0600);

        stopsBeforeItWrites("", "already asks the credential helper “acr-env” for " + REGISTRY, "in " + ROOTS);
    }

    @Test
    void aCredentialStoreWhoseProgramIsMissingIsNamedAtOnce() {
        has(USERS, "{\"credsStore\": \"desktop\"}", "azureuser", 0600);

        stopsBeforeItWrites(
                "",
                "Docker on machine “practiceDocker” is set to keep sign-ins with the program docker-credential-desktop,"
                        + " which is not there.");
    }

    @Test
    void aCredentialStoreWhoseProgramIsMissingDoesNotMatterWhereNothingIsKeptInIt() {
        has(USERS, "{\"credsStore\": \"desktop\"}", "azureuser", 0600);

        assertThat(program.setUp(setup(", \"azureCli\": false")))
                .as(program.printed())
                .isZero();
        assertThat(files().text(USERS))
                .hasValueSatisfying(text -> assertThat(text).contains("\"credsStore\": \"desktop\""));
    }

    @Test
    void aMissingCredentialStoreIsNamedWhereAnOldHelperWouldMakeRoomForIt() {
        has(USERS, oldHelper(", \"credsStore\": \"desktop\""), "azureuser", 0600);

        stopsBeforeItWrites("", "with the program docker-credential-desktop, which is not there.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", \"keepSignedIn\": false", ", \"azureCli\": false"})
    void thatDockerAsksNoHelperForTheRegistryIsNoDecisionForAnother(String more) {
        has(USERS, "{\"credsStore\": \"desktop\", \"credHelpers\": {\"" + REGISTRY + "\": \"\"}}", "azureuser", 0600);
        List<String> before = homes();

        assertThat(program.setUp(setup(more))).as(program.printed()).isZero();
        undo();

        assertThat(meaning(homes()).stream().map(line -> line.replace(",\"auths\":{}", "")))
                .isEqualTo(meaning(before));
    }

    @Test
    void aConfigurationWithOtherLoginsAndProxiesKeepsThem() {
        has(
                USERS,
                LOGIN.replace("}}}", "}}, \"proxies\": {\"default\": {\"httpProxy\": \"http://p:1\"}}}"),
                "azureuser",
                0600);

        assertThat(program.setUp(setup(""))).as(program.printed()).isZero();
        assertThat(files().text(USERS))
                .hasValueSatisfying(text -> assertThat(text).contains("other.example", "http://p:1", REGISTRY));
    }
}
