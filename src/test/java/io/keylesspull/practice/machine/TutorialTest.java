package io.keylesspull.practice.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.machine.state.AptLock;
import io.keylesspull.practice.registry.RegistryImage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TutorialTest {

    private static final String APT =
            "sudo env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a " + "apt-get -o DPkg::Lock::Timeout=600 ";
    private static final String SOURCE = """
            Types: deb
            URIs: https://packages.microsoft.com/repos/azure-cli/
            Suites: jammy
            Components: main
            Architectures: amd64
            Signed-by: /etc/apt/keyrings/microsoft.gpg
            """;
    private static final String IMAGE = Rig.REGISTRY + "/aci-helloworld:v1";

    private Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    private static String failed(Ssh ssh, String command) throws Exception {
        Ssh.Result result = ssh.run(command);
        assertThat(result.status()).as(command).isEqualTo(1);
        return result.err();
    }

    private static Ssh.Result ok(Ssh ssh, String command, String stdin) throws Exception {
        Ssh.Result result = ssh.run(command, stdin);
        assertThat(result.status()).as(command + "\n" + result.err()).isZero();
        return result;
    }

    private static Ssh.Result ok(Ssh ssh, String command) throws Exception {
        return ok(ssh, command, "");
    }

    private void installDocker() throws Exception {
        Ssh ssh = rig.ssh();
        ok(ssh, APT + "update");
        ok(ssh, APT + "install -y docker.io");
        ok(ssh, "sudo usermod -aG docker azureuser");
    }

    private void installAzureCli(Ssh ssh) throws Exception {
        ok(ssh, APT + "install -y ca-certificates curl apt-transport-https lsb-release gnupg");
        ok(ssh, "sudo mkdir -p /etc/apt/keyrings");
        ok(ssh, "curl -sLS -o /tmp/microsoft.asc https://packages.microsoft.com/keys/microsoft.asc");
        ok(ssh, "sudo gpg --dearmor --yes -o /etc/apt/keyrings/microsoft.gpg /tmp/microsoft.asc");
        ok(ssh, "sudo chmod go+r /etc/apt/keyrings/microsoft.gpg");
        ok(ssh, "sudo tee /etc/apt/sources.list.d/azure-cli.sources", SOURCE);
        ok(ssh, APT + "update");
        ok(ssh, APT + "install -y azure-cli");
    }

    @Test
    void aSuffixIsTheHashAloneAsItIsForTheRealCli() throws Exception {
        rig.close();
        rig = new Rig(Pace.INSTANT, "ubuntu-24.04", Set.of("docker.io", "azure-cli"));
        Ssh ssh = rig.ssh();
        for (String command : List.of(
                "az acr login --name contoso --suffix -a1b2c3d4.azurecr.io",
                "az acr repository show --name contoso --suffix -a1b2c3d4 --image a:b")) {
            assertThat(ssh.run(command))
                    .as(command)
                    .isEqualTo(new Ssh.Result(2, "", "ERROR: argument --suffix: expected one argument\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"debian-12", "ubuntu-24.04"})
    void aPullByDigestAsksTheRegistryForWhatIsThereOnlySinceVersion29(String system) throws Exception {
        rig.close();
        rig = new Rig(Pace.INSTANT, system, Set.of("docker.io", "azure-cli"));
        rig.attachIdentity();
        rig.allow("pull/read");
        Ssh ssh = rig.ssh();
        ok(ssh, "sudo az login --identity --resource-id " + Rig.IDENTITY + " --allow-no-subscriptions -o none");
        ok(ssh, "sudo az acr login --name myContainerRegistry");
        String digest = rig.registries
                .digest(new RegistryImage(Rig.REGISTRY, "aci-helloworld", "v1"))
                .orElseThrow();
        String image = Rig.REGISTRY + "/aci-helloworld@" + digest;
        assertThat(ok(
                                ssh,
                                "sudo az acr repository show --name myContainerRegistry --image aci-helloworld@"
                                        + digest + " --query digest --output tsv")
                        .out())
                .isEqualTo(digest + "\n");
        assertThat(ok(ssh, "sudo docker image ls --quiet " + image).out()).isEmpty();
        assertThat(ok(ssh, "sudo docker pull " + image).out()).contains("Digest: " + digest, "Downloaded newer image");
        assertThat(ok(ssh, "sudo docker image ls --quiet " + image).out()).isNotEmpty();

        String manifest = "/v2/aci-helloworld/manifests/" + digest;
        rig.requests.clear();
        assertThat(ok(ssh, "sudo docker pull " + image).out()).contains("Image is up to date for " + image);
        assertThat(rig.requests.stream().anyMatch(request -> request.endsWith(manifest)))
                .isEqualTo(system.equals("ubuntu-24.04"));

        rig.requests.clear();
        assertThat(ok(ssh, "sudo docker manifest inspect " + image).out()).contains("schemaVersion");
        assertThat(rig.requests).anyMatch(request -> request.endsWith(manifest));
        String other = image.replace(digest, "sha256:" + "0".repeat(64));
        assertThat(failed(ssh, "sudo docker manifest inspect " + other)).isEqualTo("no such manifest: " + other + "\n");
        assertThat(ok(ssh, "sudo docker image rm " + image).out())
                .startsWith("Untagged: " + image + "\nDeleted: sha256:");
    }

    @Test
    void everyStepOfTheTutorialLeadsToAProvenPull() throws Exception {
        rig.attachIdentity();
        rig.allow("pull/read");
        installDocker();
        Ssh ssh = rig.ssh();
        assertThat(ok(ssh, "docker run --rm mcr.microsoft.com/hello-world").out())
                .contains("Hello from Docker!");
        installAzureCli(ssh);
        assertThat(ok(ssh, "az version --query '\"azure-cli\"' -o tsv").out()).isEqualTo("2.79.0\n");
        ok(ssh, "az login --identity --resource-id " + Rig.IDENTITY + " --allow-no-subscriptions -o none");
        assertThat(ok(ssh, "az acr login --name myContainerRegistry").out()).isEqualTo("Login Succeeded\n");
        String digest = rig.registries
                .digest(new RegistryImage(Rig.REGISTRY, "aci-helloworld", "v1"))
                .orElseThrow();
        assertThat(ok(ssh, "docker pull " + IMAGE).out())
                .contains("Digest: " + digest, "Status: Downloaded newer image for " + IMAGE);
        assertThat(ok(ssh, "docker pull " + IMAGE).out()).contains("Image is up to date");
        assertThat(ok(ssh, "docker image inspect --format '{{json .RepoDigests}}' " + IMAGE)
                        .out())
                .isEqualTo("[\"" + Rig.REGISTRY + "/aci-helloworld@" + digest + "\"]\n");
        assertThat(ok(ssh, "docker image inspect --format '{{index .RepoDigests 0}}' " + IMAGE)
                        .out())
                .isEqualTo(Rig.REGISTRY + "/aci-helloworld@" + digest + "\n");
        assertThat(rig.requests)
                .containsSubsequence(
                        "GET 169.254.169.254/metadata/identity/oauth2/token",
                        "GET management.azure.com/subscriptions",
                        "GET " + Rig.REGISTRY + "/v2/",
                        "POST " + Rig.REGISTRY + "/oauth2/exchange",
                        "GET " + Rig.REGISTRY + "/oauth2/token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-aG docker azureuser", "-a -G docker azureuser", "--append --groups docker azureuser"})
    void usermodTakesItsOptionsInEverySpelling(String arguments) throws Exception {
        Ssh ssh = rig.ssh();
        ok(ssh, "sudo apt-get install -y docker.io");
        ok(ssh, "sudo usermod " + arguments);
        assertThat(ok(rig.ssh(), "id -nG").out()).contains("docker");
    }

    @Test
    void aGroupCountsInTheNextConnectionOnly() throws Exception {
        Ssh before = rig.ssh();
        installDocker();
        Ssh.Result refused = before.run("docker ps");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("permission denied while trying to connect to the docker API");
        assertThat(before.run("docker run hello-world").status()).isEqualTo(126);
        assertThat(before.run("id -nG").out()).doesNotContain("docker");
        assertThat(before.run("id -nG azureuser").out()).contains("docker");
        assertThat(ok(rig.ssh(), "id -nG").out()).contains("docker");
        ok(rig.ssh(), "docker ps");
        rig.machine().stopDocker();
        assertThat(rig.ssh().run("docker ps").err())
                .contains("check if the path is correct and if the daemon is running");
        assertThat(rig.ssh().run("docker run x").status()).isEqualTo(125);
        ok(before, "sudo systemctl start docker");
        assertThat(ok(rig.ssh(), "docker version --format '{{.Server.Version}}'")
                        .out())
                .isEqualTo("29.1.3\n");
    }

    @Test
    void aptNeedsRootItsLockAndAKnownPackage() throws Exception {
        Ssh ssh = rig.ssh();
        Ssh.Result notRoot = ssh.run("apt-get install -y docker.io");
        assertThat(notRoot.status()).isEqualTo(100);
        assertThat(notRoot.err())
                .startsWith(
                        "E: Could not open lock file /var/lib/dpkg/lock-frontend" + " - open (13: Permission denied)");
        Ssh.Result unknown = ssh.run(APT + "install -y azure-cli");
        assertThat(unknown.status()).isEqualTo(100);
        assertThat(unknown.err()).isEqualTo("E: Unable to locate package azure-cli\n");
        rig.machine().holdAptLock(AptLock.File.FRONTEND, Duration.ofHours(1));
        assertThat(ssh.run("sudo apt-get install -y docker.io").err())
                .contains("Could not get lock", "(unattended-upgr)");
        assertThat(ssh.run(APT + "update").status()).isZero();
        rig.machine().holdAptLock(AptLock.File.FRONTEND, Duration.ofMillis(200));
        assertThat(ok(ssh, APT + "install -y docker.io").out())
                .contains(
                        "Waiting for cache lock: Could not get lock"
                                + " /var/lib/dpkg/lock-frontend. It is held by process 1234 (unattended-upgr)...",
                        "\rReading package lists...");
        rig.machine().fillDisk();
        assertThat(ssh.run(APT + "install -y jq").status()).isEqualTo(100);
    }

    @Test
    void theMicrosoftSourceMustBeWholeAndSigned() throws Exception {
        Ssh ssh = rig.ssh();
        ok(ssh, "sudo tee /etc/apt/sources.list.d/azure-cli.sources", SOURCE);
        Ssh.Result unsigned = ssh.run(APT + "update");
        assertThat(unsigned.status()).isEqualTo(100);
        assertThat(unsigned.err()).contains("NO_PUBKEY", "is not signed");
        ok(ssh, "sudo tee /etc/apt/sources.list.d/azure-cli.sources", SOURCE.replace("jammy", "plucky"));
        assertThat(ssh.run(APT + "update").err()).contains("does not have a Release file");
        assertThat(ssh.run("az version").status()).isEqualTo(127);
    }

    @Test
    void anIdentityWithoutARoleGetsNoToken() throws Exception {
        installDocker();
        Ssh ssh = rig.ssh();
        installAzureCli(ssh);
        assertThat(ssh.run("az acr login --name myContainerRegistry").err()).contains("Please run 'az login'");
        Ssh.Result notAttached = ssh.run("az login --identity --client-id " + Rig.CLIENT_ID);
        assertThat(notAttached.status()).isEqualTo(1);
        assertThat(notAttached.err()).contains("Failed to connect to MSI");
        rig.attachIdentity();
        assertThat(ssh.run("az login --identity --client-id " + Rig.CLIENT_ID).err())
                .contains("No access was configured for the managed identity,");
        assertThat(ssh.run("az login --identity --username " + Rig.CLIENT_ID).err())
                .contains("no longer supported");
        ok(ssh, "az login --identity --client-id " + Rig.CLIENT_ID + " --allow-no-subscriptions");
        Ssh.Result refused = ssh.run("az acr login --name mycontainerregistry");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err())
                .contains(
                        "CONNECTIVITY_REFRESH_TOKEN_ERROR",
                        "Response code: 401",
                        "Please specify both username and password in non-interactive mode.");
        assertThat(ssh.run("az acr login -n nosuchregistry").err())
                .contains("Could not connect to the registry login server");
        rig.allow("pull/read");
        ok(ssh, "az acr login --name mycontainerregistry");
        assertThat(ssh.run("sudo az acr login --name mycontainerregistry").err())
                .contains("Please run 'az login'");
    }

    @Test
    void withoutAWayOutNothingIsHadAndAptSaysSoInWarnings() throws Exception {
        rig.close();
        rig = new Rig(Pace.INSTANT, "ubuntu-22.04", Set.of());
        rig.noWayOut = true;
        Ssh ssh = rig.ssh();
        Ssh.Result update = ok(ssh, "sudo apt-get update");
        assertThat(update.out())
                .contains("Err:1 http://azure.archive.ubuntu.com/ubuntu jammy InRelease\n"
                        + "  Could not connect to azure.archive.ubuntu.com:80 (192.0.2.1), connection timed out\n");
        assertThat(update.err())
                .contains("W: Failed to fetch http://azure.archive.ubuntu.com/ubuntu/dists/jammy-updates/InRelease  "
                        + "Unable to connect to azure.archive.ubuntu.com:http:\n")
                .endsWith(
                        "W: Some index files failed to download. They have been ignored, or old ones used instead.\n");
        assertThat(ssh.run("sudo apt-get install -y docker.io").err())
                .isEqualTo("E: Unable to locate package docker.io\n");
        assertThat(ssh.run("curl -sSfL -o k https://packages.microsoft.com/keys/microsoft.asc")
                        .status())
                .isEqualTo(28);
    }

    @Test
    void withPackageListsFromBeforeTheArchivesCannotBeFetched() throws Exception {
        Ssh ssh = rig.ssh();
        ok(ssh, "sudo apt-get update");
        rig.noWayOut = true;
        ok(ssh, "sudo apt-get update");
        assertThat(ssh.run("sudo apt-get install -y docker.io").err())
                .containsPattern("E: Failed to fetch http://azure.archive.ubuntu.com/ubuntu/pool/universe/d/docker.io/"
                        + "docker.io_\\S+_amd64.deb  (?:Could not|Unable to) connect to azure.archive.ubuntu.com:")
                .endsWith("E: Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?\n");
    }

    @Test
    void withoutAWayOutTheAzureCliTimesOut() throws Exception {
        rig.close();
        rig = new Rig(Pace.INSTANT, "debian-12", Set.of("docker.io", "azure-cli"));
        rig.attachIdentity();
        rig.noWayOut = true;
        assertThat(failed(rig.ssh(), "sudo az login --identity --allow-no-subscriptions"))
                .contains("Failed to establish a new connection: [Errno 110] Connection timed out");
    }

    @Test
    void pullsFailInDockersWords() throws Exception {
        rig.close();
        rig = new Rig(Pace.INSTANT, "debian-12", Set.of("docker.io", "azure-cli"));
        rig.attachIdentity();
        Ssh ssh = rig.ssh();
        assertThat(ssh.run("docker ps").err())
                .startsWith("permission denied while trying to connect to the Docker daemon socket");
        String request =
                "Error response from daemon: Head \"https://" + Rig.REGISTRY + "/v2/aci-helloworld/manifests/v1\": ";
        assertThat(failed(ssh, "sudo docker pull " + IMAGE))
                .startsWith(request + "unauthorized: authentication required");
        rig.allow("push/write");
        ok(ssh, "sudo az login --identity --allow-no-subscriptions");
        ok(ssh, "sudo az acr login --name mycontainerregistry");
        assertThat(failed(ssh, "sudo docker pull " + IMAGE))
                .startsWith(request + "unauthorized: authentication required, visit");
        rig.allow("pull/read");
        assertThat(failed(ssh, "sudo docker pull " + Rig.REGISTRY + "/aci-helloworld:v9"))
                .contains("manifest for " + Rig.REGISTRY + "/aci-helloworld:v9 not found");
        assertThat(failed(ssh, "sudo docker pull nosuch.azurecr.io/x:y"))
                .contains("Get \"https://nosuch.azurecr.io/v2/\": dial tcp: lookup nosuch.azurecr.io", "no such host");
        rig.refused = Optional.of("203.0.113.10");
        assertThat(failed(ssh, "sudo docker pull " + IMAGE))
                .startsWith(request + "denied: client with IP '203.0.113.10' is not allowed access.");
    }

    @Test
    void pullsOfDocker29FailInTheWordsOfContainerd() throws Exception {
        rig.close();
        rig = new Rig(Pace.INSTANT, "ubuntu-24.04", Set.of("docker.io", "azure-cli"));
        rig.attachIdentity();
        Ssh ssh = rig.ssh();
        String failed = "Error response from daemon: failed to resolve reference \"" + IMAGE + "\": ";
        String token = "unexpected status from GET request to https://" + Rig.REGISTRY
                + "/oauth2/token?scope=repository%3Aaci-helloworld%3Apull&service=" + Rig.REGISTRY
                + ": 401 Unauthorized\n";
        assertThat(failed(ssh, "sudo docker pull " + IMAGE))
                .isEqualTo(failed + "failed to authorize: failed to fetch anonymous token: " + token);
        rig.allow("push/write");
        ok(ssh, "sudo az login --identity --allow-no-subscriptions");
        ok(ssh, "sudo az acr login --name mycontainerregistry");
        assertThat(failed(ssh, "sudo docker pull " + IMAGE))
                .isEqualTo(failed + "failed to authorize: failed to fetch oauth token: " + token);
        rig.allowed.clear();
        rig.allow("pull/read");
        assertThat(failed(ssh, "sudo docker pull " + Rig.REGISTRY + "/aci-helloworld:v9"))
                .endsWith(Rig.REGISTRY + "/aci-helloworld:v9: not found\n");
        assertThat(failed(ssh, "sudo docker pull nosuch.azurecr.io/x:y"))
                .contains("failed to do request: Head \"https://nosuch.azurecr.io/v2/x/manifests/y\": dial tcp: lookup")
                .endsWith("no such host\n");
        rig.refused = Optional.of("203.0.113.10");
        assertThat(failed(ssh, "sudo docker pull " + IMAGE))
                .isEqualTo(failed + "unexpected status from HEAD request to https://" + Rig.REGISTRY
                        + "/v2/aci-helloworld/manifests/v1: 403 Forbidden\n");
        rig.refused = Optional.empty();
        assertThat(ssh.run("sudo docker pull UPPER/x:y").err()).contains("invalid reference format");
        ok(ssh, "sudo docker pull " + IMAGE);
        ok(ssh, "sudo docker tag " + IMAGE + " " + Rig.REGISTRY + "/copy:v2");
        assertThat(failed(ssh, "sudo docker push " + Rig.REGISTRY + "/copy:v2")).contains("push access denied");
        rig.allow("push/write");
        assertThat(ok(ssh, "sudo docker push " + Rig.REGISTRY + "/copy:v2").out())
                .contains("v2: digest: sha256:");
        assertThat(rig.registries.digest(new RegistryImage(Rig.REGISTRY, "copy", "v2")))
                .isEqualTo(rig.registries.digest(new RegistryImage(Rig.REGISTRY, "aci-helloworld", "v1")));
        rig.machine().fillDisk();
        ok(ssh, "sudo docker rmi " + IMAGE);
        assertThat(ok(ssh, "sudo docker images").out()).contains("copy").doesNotContain("DIGEST", "sha256:");
        assertThat(ok(ssh, "sudo docker images --digests").out())
                .contains("TAG       DIGEST  ")
                .containsPattern("v2 +sha256:[0-9a-f]{64} ");
    }

    @Test
    void anOldAzureCliTakesTheUsernameOnly() throws Exception {
        rig.close();
        rig = new Rig(Pace.INSTANT, "ubuntu-22.04", Set.of("docker.io", "azure-cli=2.60.0"));
        rig.attachIdentity();
        Ssh ssh = rig.ssh();
        assertThat(ok(ssh, "az version -o json").out()).contains("\"azure-cli\" : \"2.60.0\"");
        assertThat(ssh.run("az login --identity --client-id " + Rig.CLIENT_ID).err())
                .contains("unrecognized arguments");
        assertThat(ssh.run("az login --identity --username " + Rig.CLIENT_ID).err())
                .contains("No access was configured for the VM,");
        ok(ssh, "az login --identity --username " + Rig.CLIENT_ID + " --allow-no-subscriptions");
        ok(ssh, "az login --identity --username " + Rig.IDENTITY + " --allow-no-subscriptions");
        assertThat(ok(ssh, "az account show --query id -o tsv").out()).isEqualTo("tenant\n");
        assertThat(ok(ssh, "az account show --query user.name --output tsv").out())
                .isEqualTo("userAssignedIdentity\n");
        rig.machine().offerAzureCli("2.79.0");
        installAzureCli(ssh);
        assertThat(ok(ssh, "az version --output json").out()).contains("2.79.0");
        ok(ssh, "az logout");
        assertThat(ssh.run("az account show").status()).isEqualTo(1);
    }
}
