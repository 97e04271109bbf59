package io.keylesspull.setup.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.SignInMethod;
import io.keylesspull.engine.plan.Facts;
import io.keylesspull.remote.SshRoute;
import io.keylesspull.remote.key.KeyFiles;
import io.keylesspull.setup.request.Requests;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Cluster;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.request.SetupRequest.MachineAccess;
import io.keylesspull.setup.request.SetupRequest.Role;
import io.keylesspull.setup.request.SetupRequest.SignIn;
import io.keylesspull.setup.step.Script.Line;
import io.keylesspull.setup.step.connection.SshKeys;
import io.keylesspull.setup.step.fleet.Sampling;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ByHandTest {

    private static List<String> typed(SetupRequest request) {
        return lines(request).stream()
                .filter(line -> !line.comment())
                .map(Line::text)
                .toList();
    }

    private static List<String> comments(SetupRequest request) {
        return lines(request).stream().filter(Line::comment).map(Line::text).toList();
    }

    /** What is printed if nothing is known of Azure. */
    static List<Line> lines(SetupRequest request) {
        SshKeys keys = new SshKeys(Path.of("id_ed25519"), Path.of("known_hosts"), KeyFiles.only());
        return Review.byHand(
                request,
                new SetupPlan(
                                request,
                                null,
                                SshRoute.direct(),
                                keys,
                                Optional.empty(),
                                new Sampling(Runnable::run, new Random(1)))
                        .plan(),
                new Facts());
    }

    @Test
    void theFirstExampleOnNewThingsIsTheTutorialsOrder() {
        List<String> lines = typed(Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, Requests.NEW_MACHINE));
        assertThat(lines)
                .containsSubsequence(
                        "az login",
                        "az account set --subscription 'My Subscription'",
                        "az group create --name myResourceGroup --location japaneast",
                        "az acr create --resource-group myResourceGroup --name mycontainerregistry --location japaneast"
                                + " --sku Basic --output none",
                        "az identity create --resource-group myResourceGroup --name myACRId --location japaneast"
                                + " --output none",
                        "az role assignment create --assignee-object-id \"$principalId\""
                                + " --assignee-principal-type ServicePrincipal --role AcrPull --scope \"$registryId\""
                                + " --output none",
                        "az vm create --resource-group myResourceGroup --name myDockerVM --location japaneast"
                                + " --image Canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2:latest --size "
                                + "Standard_B2s --storage-sku StandardSSD_LRS --os-disk-size-gb 32"
                                + " --admin-username azureuser --generate-ssh-keys"
                                + " --assign-identity \"$identityId\""
                                + " --nsg-rule NONE --public-ip-sku Standard --output none",
                        "az network nsg rule create --resource-group myResourceGroup --nsg-name myDockerVMNSG"
                                + " --name default-allow-ssh --priority 1000 --protocol Tcp"
                                + " --destination-port-ranges 22 --source-address-prefixes 203.0.113.7/32"
                                + " --output none",
                        "ssh -n azureuser@\"$address\" 'sudo usermod --append --groups docker azureuser'",
                        "ssh -n azureuser@\"$address\" az login --identity --resource-id \"'$identityId'\""
                                + " --allow-no-subscriptions --output none",
                        "ssh -n azureuser@\"$address\" docker pull \"$loginServer\"/aci-helloworld:v1",
                        "digest=$(az acr repository show --name mycontainerregistry --image aci-helloworld:v1"
                                + " --query digest --output tsv)");
        assertThat(lines)
                .contains("registryId=$(az acr show --resource-group myResourceGroup --name mycontainerregistry "
                        + "--query id --output tsv)");
        assertThat(lines)
                .anyMatch(line -> line.contains(
                        "until ssh -n azureuser@\"$address\" 'az acr login --name mycontainerregistry'; do\n"));
    }

    @Test
    void theSampleIsImported() {
        assertThat(importing())
                .startsWith("imported=$(az acr import --resource-group myResourceGroup --name mycontainerregistry"
                        + " --source mcr.microsoft.com/azuredocs/aci-helloworld:latest --image aci-helloworld:v1 ");
    }

    /** Source of the words: Azure/azure-cli PR 10938. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0; ; went on",
                "1; ERROR: (InvalidParameters) Tag aci-helloworld:v1 already exists in target registry.; went on",
                "1; ERROR: (InvalidParameters) Error copying blobs.; ERROR: (InvalidParameters) Error copying blobs."
            })
    @DisabledOnOs(OS.WINDOWS)
    void theScriptGoesOnWhereTheTagIsThereAlready(int status, String says, String ends) throws Exception {
        String az = "az() { echo '" + (says == null ? "" : says) + "' >&2; return " + status + "; }\n";
        Process shell = new ProcessBuilder("sh", "-c", "set -eu\n" + az + importing() + "\necho went on")
                .redirectErrorStream(true)
                .start();

        String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(printed).isEqualToIgnoringNewLines(ends);
        assertThat(shell.waitFor()).isEqualTo(ends.equals("went on") ? 0 : 1);
    }

    private static String importing() {
        return typed(Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, Requests.NEW_MACHINE)).stream()
                .filter(line -> line.contains("az acr import"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatHasToBeSetIsAskedForBeforeAnythingIsMade() {
        assertThat(typed(Requests.like(
                        Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, Requests.NEW_MACHINE),
                        Requests.scaleSet(2).withSize(""))))
                .startsWith(
                        ": \"${sshPublicKey:?Set it to the public key that opens the instances, as in"
                                + " ~/.ssh/id_ed25519.pub}\"",
                        ": \"${vmSize:?Set it to a size of virtual machines that can be had there}\"",
                        "az login");
    }

    /** Docker is being installed on them, and the role takes its time. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "aa; aa; 0; Proven on fleet_1 sha256:aa|Proven on fleet_2 sha256:aa",
                "aa; ab; 1; Proven on fleet_1 sha256:aa|Not proven on fleet_2: sha256:ab is not sha256:aa",
                "aa; ; 1; Proven on fleet_1 sha256:aa|Not proven on fleet_2, which has not pulled. It says:|still busy"
            })
    @DisabledOnOs(OS.WINDOWS)
    void instancesAreAskedUntilTheyHavePulledForAsLongAsARunWaits(String first, String second, int status, String ends)
            throws Exception {
        String proof = typed(
                        Requests.like(Requests.of(Requests.OLD_REGISTRY, Requests.USER_ASSIGNED), Requests.scaleSet(2)))
                .stream()
                .dropWhile(line -> !line.startsWith("digest="))
                .collect(Collectors.joining("\n"));
        String stubs = """
                loginServer=contoso.azurecr.io
                asked=$(mktemp)
                sleep() { echo "$1" >> "$asked"; }
                sort() { cat; }
                awk() { sed 's/^/0 /'; }
                says() { printf '[stdout]\\n["contoso.azurecr.io/aci-helloworld@sha256:%s"]\\n' "$1"; }
                az() {
                  case "$*" in
                    'acr repository show'*) echo sha256:aa ;;
                    'vmss list-instances'*) printf 'fleet_1\\nfleet_2\\n' ;;
                    *'--name fleet_1 '*) if [ -s "$asked" ]; then says FIRST; else echo 'still busy'; fi ;;
                    *) if [ -n 'SECOND' ]; then says SECOND; else echo 'still busy'; fi ;;
                  esac
                }
                """.replace("FIRST", first).replace("SECOND", second == null ? "" : second);
        Process shell = new ProcessBuilder("sh", "-c", "set -eu\n" + stubs + "trap 'wc -l < \"$asked\"' EXIT\n" + proof)
                .redirectErrorStream(true)
                .start();

        List<String> printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(printed.subList(0, printed.size() - 1)).containsExactly(ends.split("\\|"));
        assertThat(printed.get(printed.size() - 1).strip())
                .as("how often it waited")
                .isEqualTo(second == null ? "79" : "1");
        assertThat(shell.waitFor()).isEqualTo(status);
    }

    /** Debian's Azure CLI has no commands for clusters, so its place is taken here. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1; 0; 0; 0; Proven on aks1 sha256:aa",
                "1; 2; 2; 0; Proven on aks1 sha256:aa",
                "1; 9; 7; 0; The namespace keyless-pull in the cluster aks1 is not gone yet.|Proven on aks1 sha256:aa",
                "0; 0; 39; 1; Not proven on aks1: what is not pulled everywhere is not sha256:aa"
            })
    @DisabledOnOs(OS.WINDOWS)
    void aProofsNamespaceIsRemovedAndWaitedForHoweverThePullEnded(
            int pulled, int looksUntilGone, int waits, int status, String ends) throws Exception {
        String proof = typed(Requests.like(
                        Requests.of(Requests.OLD_REGISTRY, Requests.USER_ASSIGNED),
                        List.of(new Cluster("aks1", Optional.of("clusters")))))
                .stream()
                .dropWhile(line -> !line.startsWith("pulled() {"))
                .collect(Collectors.joining("\n"));
        String stubs =
                """
                slept=$(mktemp) looked=$(mktemp) deleted=$(mktemp)
                sleep() { echo "$1" >> "$slept"; }
                az() {
                  case "$*" in
                    'acr repository show'*) echo sha256:aa ;;
                    *'get pods'*) [ PULLED = 0 ] || printf 'contoso.azurecr.io/aci-helloworld@sha256:aa\\n' ;;
                    *'delete namespace keyless-pull'*) echo deleted > "$deleted" ;;
                    *'get namespace keyless-pull'*)
                      echo look >> "$looked"
                      [ -s "$deleted" ] && [ "$(wc -l < "$looked")" -gt UNTIL_GONE ] || echo namespace/keyless-pull ;;
                  esac
                }
                """.replace("PULLED", String.valueOf(pulled)).replace("UNTIL_GONE", String.valueOf(looksUntilGone));
        Process shell = new ProcessBuilder("sh", "-c", "set -eu\n" + stubs + "trap 'wc -l < \"$slept\"' EXIT\n" + proof)
                .redirectErrorStream(true)
                .start();

        List<String> printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(printed.subList(0, printed.size() - 1)).containsExactly(ends.split("\\|"));
        assertThat(printed.get(printed.size() - 1).strip())
                .as("how often it waited")
                .isEqualTo(String.valueOf(waits));
        assertThat(shell.waitFor()).isEqualTo(status);
    }

    @Test
    void theSecondExampleReadsThePrincipalFromTheMachineBeforeItIsGivenTheRole() {
        List<String> lines = typed(Requests.of(Requests.NEW_REGISTRY, Requests.SYSTEM_ASSIGNED, Requests.NEW_MACHINE));
        assertThat(lines)
                .noneMatch(line -> line.startsWith("az identity") || line.contains("$identityId"))
                .anyMatch(line -> line.startsWith("az vm create ") && line.contains("--assign-identity '[system]'"))
                .containsSubsequence(
                        "principalId=$(az vm show --resource-group myResourceGroup --name myDockerVM"
                                + " --query identity.principalId --output tsv)",
                        "az role assignment create --assignee-object-id \"$principalId\""
                                + " --assignee-principal-type ServicePrincipal --role AcrPull"
                                + " --scope \"$registryId\" --output none",
                        "ssh -n azureuser@\"$address\" 'az login --identity --allow-no-subscriptions --output none'");
    }

    @Test
    void withoutTheGroupDockerAllThatPullsIsRunBySudo() {
        SetupRequest usual = Requests.of(Requests.NEW_REGISTRY, Requests.SYSTEM_ASSIGNED, Requests.NEW_MACHINE);
        List<String> lines = typed(usual.withAccess(new MachineAccess(true, true, false, false)));
        assertThat(lines)
                .noneMatch(line -> line.contains("usermod")
                        || line.contains("@\"$address\" docker")
                        || line.contains("@\"$address\" 'docker")
                        || line.contains("@\"$address\" 'az "))
                .containsSubsequence(
                        "ssh -n azureuser@\"$address\" 'sudo docker run --rm mcr.microsoft.com/hello-world'",
                        "ssh -n azureuser@\"$address\" 'sudo az login --identity --allow-no-subscriptions --output "
                                + "none'",
                        "ssh -n azureuser@\"$address\" sudo docker pull \"$loginServer\"/aci-helloworld:v1",
                        "ssh -n azureuser@\"$address\" sudo docker logout \"$loginServer\"");
        assertThat(lines).anyMatch(line -> line.contains("'sudo az acr login --name mycontainerregistry'"));
    }

    @Test
    void aMachineThatExistsKeepsWhatItHasAndGetsTheIdentityAdded() {
        assertThat(typed(Requests.of(Requests.OLD_REGISTRY, Requests.USER_ASSIGNED, Requests.OLD_MACHINE)))
                .noneMatch(line -> line.startsWith("az vm create")
                        || line.startsWith("az acr create")
                        || line.contains("az acr import"))
                .contains(
                        "az vm identity assign --resource-group 'machines(old)' --name old_vm"
                                + " --identities \"$identityId\" --output none",
                        "ssh -n -i '/home/me/my key' azureuser@\"$address\" docker pull"
                                + " \"$loginServer\"/aci-helloworld:v1");
        assertThat(typed(Requests.of(Requests.OLD_REGISTRY, Requests.SYSTEM_ASSIGNED, Requests.OLD_MACHINE)))
                .contains("az vm identity assign --resource-group 'machines(old)' --name old_vm --output none");
    }

    @Test
    void aRegistryThatExistsComesWithAWordOnItsRepositoryRole() {
        SetupRequest pull = Requests.of(Requests.OLD_REGISTRY, Requests.USER_ASSIGNED, Requests.OLD_MACHINE);
        SetupRequest push = Requests.like(pull, Role.ACR_PUSH);
        assertThat(comments(pull)).anyMatch(text -> text.contains("Container Registry Repository Reader"));
        assertThat(comments(push)).anyMatch(text -> text.contains("Container Registry Repository Writer"));
        assertThat(typed(push)).anyMatch(line -> line.contains("--role AcrPush"));
    }

    @Test
    void everyMachineGetsItsOwnCommandsButTheIdentityIsMadeOnce() {
        List<String> lines = typed(
                Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, Requests.NEW_MACHINE, Requests.OLD_MACHINE));
        assertThat(lines)
                .filteredOn(line -> line.startsWith("az identity create"))
                .hasSize(1);
        assertThat(lines)
                .filteredOn(line -> line.startsWith("az role assignment create"))
                .hasSize(1);
        assertThat(lines).filteredOn(line -> line.contains("docker pull")).hasSize(4);
        assertThat(lines)
                .filteredOn(line -> line.startsWith("credential_helper() {"))
                .hasSize(1);
        assertThat(lines)
                .filteredOn(line -> line.startsWith("credential_helper ssh "))
                .hasSize(2);
    }

    @Test
    void thatManyMachinesTakeLongIsSaidFirst() {
        Machine old = Requests.OLD_MACHINE;
        Machine[] many = IntStream.range(0, 12)
                .mapToObj(number -> new Machine(
                        "vm" + number,
                        old.create(),
                        old.image(),
                        old.size(),
                        old.adminUser(),
                        old.sshKey(),
                        old.allowSshFrom(),
                        old.resourceGroup()))
                .toArray(Machine[]::new);

        assertThat(lines(Requests.of(Requests.OLD_REGISTRY, Requests.USER_ASSIGNED, many)))
                .first()
                .extracting(Line::text)
                .asString()
                .startsWith("Sets up 12 virtual machines one after the other");
        assertThat(lines(Requests.of(Requests.OLD_REGISTRY, Requests.USER_ASSIGNED, old)))
                .noneMatch(line -> line.text().contains("one after the other"));
    }

    @Test
    void anotherCloudIsSetHereAndOnTheMachine() {
        SetupRequest usual = Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, Requests.NEW_MACHINE);
        SignIn signIn = new SignIn(SignInMethod.DEVICE_CODE, Optional.of("contoso.cn"), AzureCloud.CHINA);
        SetupRequest china = Requests.like(usual, signIn);
        assertThat(typed(china))
                .startsWith("az cloud set --name AzureChinaCloud", "az login --use-device-code --tenant contoso.cn")
                .contains("ssh -n azureuser@\"$address\" 'az cloud set --name AzureChinaCloud'");
    }

    @ParameterizedTest
    @MethodSource("awkward")
    void aKeysPathIsOnlyEverNamedAndQuoted(String path) {
        Machine machine = new Machine(
                "vm1",
                true,
                "Debian12",
                "Standard_B2s",
                "azureuser",
                Optional.of(path),
                Optional.empty(),
                Optional.empty());
        String quoted = "'" + path.replace("'", "'\\''") + "'";
        assertThat(typed(Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, machine)))
                .anyMatch(line -> line.contains("--ssh-key-values " + quoted.replaceAll("'$", ".pub'")))
                .anyMatch(line -> line.startsWith("ssh -n -i " + quoted + " azureuser@"));
    }

    static Stream<String> awkward() {
        return Stream.of("a key", "o'brien", "$(reboot)", "key;ls");
    }
}
