package io.keylesspull.practice.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.machine.state.AptLock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The commands that take back what a setup changed. Outputs were recorded from apt 2.6.1, shadow 4.13, docker 28. */
@Timeout(60)
class UndoProgramsTest {

    private static final String APT =
            "sudo env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a " + "apt-get -o DPkg::Lock::Timeout=600 ";
    private static final String IMAGE = Rig.REGISTRY + "/aci-helloworld:v1";

    private Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    private void rig(String release, String... packages) {
        rig.close();
        rig = new Rig(Pace.INSTANT, release, Set.of(packages));
    }

    private static String ok(Ssh ssh, String command) throws Exception {
        Ssh.Result result = ssh.run(command);
        assertThat(result.status()).as(command + "\n" + result.err()).isZero();
        return result.out();
    }

    private static List<String> beginningWith(String word, String out) {
        return out.lines().filter(l -> l.startsWith(word + " ")).toList();
    }

    @Test
    void aSimulationTellsWhatWouldBeInstalledAndChangesNothing() throws Exception {
        Ssh ssh = rig.ssh();
        String out = ok(ssh, "apt-get -s install docker.io");
        assertThat(out).startsWith("NOTE: This is only a simulation!\n").contains("""
                Reading package lists...
                Building dependency tree...
                Reading state information...
                The following additional packages will be installed:
                  bridge-utils containerd dns-root-data dnsmasq-base pigz runc ubuntu-fan
                The following NEW packages will be installed:
                  bridge-utils containerd dns-root-data dnsmasq-base docker.io pigz runc
                  ubuntu-fan
                0 upgraded, 8 newly installed, 0 to remove and 14 not upgraded.
                Inst pigz (2.6-1 Ubuntu:22.04/jammy [amd64])
                """);
        assertThat(beginningWith("Inst", out))
                .hasSize(8)
                .contains("Inst runc (1.1.12-0ubuntu2~22.04.1 Ubuntu:22.04/jammy-updates [amd64])");
        assertThat(beginningWith("Conf", out)).hasSize(8);
        assertThat(ssh.run("docker --version").status()).isEqualTo(127);
        assertThat(ssh.run("dpkg -s docker.io").status()).isEqualTo(1);
    }

    @Test
    void aSimulationTakesNoLock() throws Exception {
        rig.machine().holdAptLock(AptLock.File.FRONTEND, Duration.ofHours(1));
        Ssh ssh = rig.ssh();
        assertThat(beginningWith("Inst", ok(ssh, APT + "-s install jq"))).hasSize(3);
        assertThat(ssh.run("sudo apt-get remove -y curl").err()).contains("Could not get lock");
    }

    @Test
    void anUpgradeIsPrintedWithTheOldVersion() throws Exception {
        rig("ubuntu-22.04", "azure-cli=2.60.0");
        Ssh ssh = rig.ssh();
        assertThat(ok(ssh, APT + "-s install azure-cli"))
                .contains("azure-cli is already the newest version")
                .doesNotContain("Inst ");
        rig.machine().state().packages().microsoftListed(true);
        rig.machine().offerAzureCli("2.79.0");
        assertThat(ok(ssh, APT + "-s install azure-cli")).contains("""
                The following packages will be upgraded:
                  azure-cli
                1 upgraded, 0 newly installed, 0 to remove and 14 not upgraded.
                Inst azure-cli [2.60.0-1~jammy] (2.79.0-1~jammy azure-cli jammy:jammy [amd64])
                """);
    }

    @Test
    void whatDependsOnARemovedPackageGoesWithIt() throws Exception {
        rig("debian-12", "docker.io");
        Ssh ssh = rig.ssh();
        String out = ok(ssh, APT + "-s remove runc");
        assertThat(out)
                .contains(
                        "The following packages will be REMOVED:\n  containerd docker.io runc\n",
                        "no longer required:\n",
                        "Use 'sudo apt autoremove' to remove them.");
        assertThat(beginningWith("Remv", out))
                .containsExactly(
                        "Remv docker.io [20.10.24+dfsg1-1+deb12u1+b6]",
                        "Remv containerd [1.6.20~ds1-1+deb12u3]",
                        "Remv runc [1.1.5+ds1-1+deb12u1]");
        assertThat(beginningWith("Remv", ok(ssh, "apt-get -s remove docker.io")))
                .hasSize(1);
        assertThat(ok(ssh, "sudo docker ps")).startsWith("CONTAINER ID");
    }

    @Test
    void removingDockerStopsItAndLeavesGroupImagesAndConfiguration() throws Exception {
        rig.attachIdentity();
        Ssh ssh = rig.ssh();
        ok(ssh, APT + "install -y docker.io");
        ok(ssh, "sudo docker pull mcr.microsoft.com/azuredocs/aci-helloworld:latest");
        String out = ok(ssh, APT + "remove -y docker.io");
        assertThat(out)
                .contains(
                        "The following packages will be REMOVED:\n  docker.io\n",
                        "0 upgraded, 0 newly installed, 1 to remove and 14 not upgraded.\n",
                        "Removing docker.io (29.1.3-0ubuntu3~22.04.1) ...\n");
        assertThat(ssh.run("docker ps").status()).isEqualTo(127);
        assertThat(ssh.run("sudo docker ps").err()).isEqualTo("sudo: docker: command not found\n");
        assertThat(ssh.run("systemctl is-active docker").status()).isEqualTo(3);
        assertThat(ok(ssh, "getent group docker")).startsWith("docker:x:");
        assertThat(ok(ssh, "dpkg-query -W -f='${db:Status-Abbrev}${Package}\\n' docker.io containerd"))
                .isEqualTo("ii containerd\nrc docker.io\n");
        assertThat(ok(ssh, "dpkg -s docker.io")).contains("Status: deinstall ok config-files");
        String again = ok(ssh, APT + "remove -y docker.io");
        assertThat(again).contains("Package 'docker.io' is not installed, so not removed\n");
        ok(ssh, APT + "install -y docker.io");
        assertThat(ok(ssh, "sudo docker images -q")).isNotEmpty();
        ok(ssh, APT + "purge -y docker.io");
        assertThat(ssh.run("dpkg -s docker.io").err()).startsWith("dpkg-query: package 'docker.io' is not installed");
        ok(ssh, APT + "install -y docker.io");
        assertThat(ok(ssh, "sudo docker images -q")).isEmpty();
    }

    @Test
    void whatCameAlongIsRemovedAsUnneededOnly() throws Exception {
        Ssh ssh = rig.ssh();
        ok(ssh, APT + "install -y docker.io");
        ok(ssh, APT + "install -y pigz");
        ok(ssh, APT + "remove -y docker.io");
        String out = ok(ssh, APT + "autoremove -y");
        assertThat(out)
                .contains("The following packages will be REMOVED:\n"
                        + "  bridge-utils containerd dns-root-data dnsmasq-base runc ubuntu-fan\n");
        assertThat(ok(ssh, "dpkg-query -W -f='${db:Status-Abbrev}${Package}\\n' pigz curl"))
                .isEqualTo("ii curl\nii pigz\n");
        Ssh.Result runc = ssh.run("dpkg-query -W -f='${db:Status-Abbrev}${Package}\\n' runc");
        assertThat(runc).isEqualTo(new Ssh.Result(0, "un runc\n", ""));
        assertThat(ssh.run("dpkg-query -W nosuch"))
                .isEqualTo(new Ssh.Result(1, "", "dpkg-query: no packages found matching nosuch\n"));
    }

    @Test
    void removingNeedsRootAKnownPackageAndAYes() throws Exception {
        Ssh ssh = rig.ssh();
        Ssh.Result notRoot = ssh.run("apt-get remove -y curl");
        assertThat(notRoot.status()).isEqualTo(100);
        assertThat(notRoot.err()).contains("lock-frontend - open (13: Permission denied)");
        assertThat(ssh.run(APT + "remove -y nosuch").err()).isEqualTo("E: Unable to locate package nosuch\n");
        Ssh.Result asked = ssh.run(APT + "remove curl");
        assertThat(asked.status()).isEqualTo(1);
        assertThat(asked.out()).endsWith("disk space will be freed.\nDo you want to continue? [Y/n] Abort.\n");
        ok(ssh, "curl -s http://169.254.169.254/");
        ok(ssh, APT + "remove -y curl");
        assertThat(ssh.run("curl -s http://169.254.169.254/").status()).isEqualTo(127);
    }

    @Test
    void aUserTakenOutOfAGroupKeepsItUntilTheNextLogin() throws Exception {
        rig("ubuntu-24.04", "docker.io");
        ok(rig.ssh(), "sudo usermod -aG docker azureuser");
        Ssh before = rig.ssh();
        assertThat(before.run("gpasswd -d azureuser docker"))
                .isEqualTo(new Ssh.Result(1, "", "gpasswd: Permission denied.\n"));
        assertThat(ok(before, "sudo gpasswd -d azureuser docker"))
                .isEqualTo("Removing user azureuser from group docker\n");
        ok(before, "docker ps");
        assertThat(rig.ssh().run("docker ps").err()).contains("permission denied");
        assertThat(before.run("sudo gpasswd -d azureuser docker"))
                .isEqualTo(new Ssh.Result(
                        3,
                        "Removing user azureuser from group docker\n",
                        "gpasswd: user 'azureuser' is not a member of 'docker'\n"));
        assertThat(before.run("sudo gpasswd -d azureuser nosuch").err())
                .isEqualTo("gpasswd: group 'nosuch' does not exist in /etc/group\n");
    }

    @Test
    void theSocketStartsADaemonThatWasOnlyStopped() throws Exception {
        rig("ubuntu-22.04", "docker.io");
        Ssh ssh = rig.ssh();
        assertThat(ssh.run("systemctl disable --now docker").err()).contains("Interactive authentication required.");
        assertThat(ssh.run("sudo systemctl disable --now docker")).isEqualTo(new Ssh.Result(0, "", """
                Removed /etc/systemd/system/multi-user.target.wants/docker.service.
                Warning: Stopping docker.service, but it can still be activated by:
                  docker.socket
                """));
        assertThat(ssh.run("systemctl is-active docker docker.socket").out()).isEqualTo("inactive\nactive\n");
        ok(ssh, "sudo docker ps");
        assertThat(ok(ssh, "systemctl is-active docker")).isEqualTo("active\n");
        assertThat(ssh.run("sudo systemctl disable --now docker docker.socket").err())
                .isEqualTo("Removed /etc/systemd/system/sockets.target.wants/docker.socket.\n");
        assertThat(ssh.run("sudo docker ps").err())
                .contains("check if the path is correct and if the daemon is running");
        assertThat(ssh.run("sudo systemctl enable --now docker").err())
                .isEqualTo("Created symlink /etc/systemd/system"
                        + "/multi-user.target.wants/docker.service → /lib/systemd/system/docker.service.\n");
        ok(ssh, "sudo docker ps");
    }

    @Test
    void filesAreRemovedByThoseWhoMay() throws Exception {
        Ssh ssh = rig.ssh();
        ok(ssh, "sudo mkdir -p /root/.docker && echo x | sudo tee /root/.docker/config.json /etc/x");
        assertThat(ssh.run("rm -f /etc/x"))
                .isEqualTo(new Ssh.Result(1, "", "rm: cannot remove '/etc/x': Permission denied\n"));
        assertThat(ssh.run("rm -f /root/nothing").err())
                .isEqualTo("rm: cannot remove '/root/nothing': Permission denied\n");
        assertThat(ssh.run("rm -f /etc/nothing").status()).isZero();
        assertThat(ssh.run("rm -f /tmp").err()).isEqualTo("rm: cannot remove '/tmp': Is a directory\n");
        assertThat(ssh.run("test -e /root/.docker/config.json").status()).isEqualTo(1);
        ok(ssh, "sudo test -f /root/.docker/config.json");
        ok(ssh, "sudo rm -f /root/.docker/config.json /etc/x");
        assertThat(ssh.run("sudo test -e /root/.docker/config.json").status()).isEqualTo(1);
        assertThat(ssh.run("test -e /etc/x").status()).isEqualTo(1);
    }

    @Test
    void aFileIsReplacedByAnotherThatKeepsItsModeAndOwner() throws Exception {
        Ssh ssh = rig.ssh();
        ok(ssh, "mkdir -p -m 0700 deep/.docker && echo old > deep/.docker/a && chmod 0640 deep/.docker/a");
        ok(ssh, "cp -p deep/.docker/a deep/.docker/b && echo new | tee deep/.docker/b");
        ok(ssh, "mv deep/.docker/b deep/.docker/a");
        assertThat(ok(ssh, "cat deep/.docker/a")).isEqualTo("new\n");
        assertThat(rig.machine().inventory())
                .contains(
                        "directory /home/azureuser/deep/.docker azureuser 700",
                        "file /home/azureuser/deep/.docker/a azureuser 640 new\n")
                .noneMatch(line -> line.startsWith("file /home/azureuser/deep/.docker/b"));
        assertThat(ssh.run("mv deep/.docker/a /etc/a").err())
                .isEqualTo("mv: cannot move 'deep/.docker/a' to '/etc/a': Permission denied\n");
        assertThat(ssh.run("mv nothing a").err()).isEqualTo("mv: cannot stat 'nothing': No such file or directory\n");
        assertThat(ssh.run("cp -p nothing a").status()).isEqualTo(1);
    }

    @Test
    void aPathIsPrintedInFullIfItsDirectoryExists() throws Exception {
        Ssh ssh = rig.ssh();
        ok(ssh, "mkdir deep");
        assertThat(ok(ssh, "readlink -f deep/../deep/new")).isEqualTo("/home/azureuser/deep/new\n");
        assertThat(ssh.run("readlink -f nowhere/new")).isEqualTo(new Ssh.Result(1, "", ""));
        assertThat(ssh.run("readlink deep")).as("which is no link").isEqualTo(new Ssh.Result(1, "", ""));
    }

    @Test
    void onlyAnEmptyDirectoryIsRemoved() throws Exception {
        Ssh ssh = rig.ssh();
        ok(ssh, "mkdir full empty && echo x > full/x");
        assertThat(ssh.run("rmdir full").err()).isEqualTo("rmdir: failed to remove 'full': Directory not empty\n");
        ok(ssh, "rmdir --ignore-fail-on-non-empty full empty");
        ok(ssh, "test -d full");
        assertThat(ssh.run("test -d empty").status()).isEqualTo(1);
        assertThat(ssh.run("rmdir empty").err())
                .isEqualTo("rmdir: failed to remove 'empty': No such file or directory\n");
    }

    @Test
    void curlTellsItsVersionAndTheStatusOfAnAnswer() throws Exception {
        Ssh ssh = rig.ssh();
        assertThat(ok(ssh, "curl --version")).startsWith("curl 7.81.0 ");
        assertThat(ok(ssh, "curl -s -w ' %{http_code}' http://169.254.169.254/metadata/identity/oauth2/token"))
                .contains("Required metadata header not specified")
                .endsWith(" 400");
    }

    @Test
    void azForgetsTheIdentityThatIsLoggedOut() throws Exception {
        rig("ubuntu-22.04", "azure-cli");
        rig.attachIdentity();
        Ssh ssh = rig.ssh();
        assertThat(ssh.run("az logout")).isEqualTo(new Ssh.Result(1, "", "ERROR: There are no active accounts.\n"));
        assertThat(ssh.run("az account list"))
                .isEqualTo(new Ssh.Result(0, "[]\n", "WARNING: Please run \"az login\" to access your accounts.\n"));
        ok(ssh, "az login --identity --client-id " + Rig.CLIENT_ID + " --allow-no-subscriptions");
        assertThat(ok(ssh, "az account list --query '[].user.name' -o tsv")).isEqualTo("userAssignedIdentity\n");
        ok(ssh, "az logout --username systemAssignedIdentity");
        assertThat(ok(ssh, "az account show --query user.name -o tsv")).isEqualTo("userAssignedIdentity\n");
        ok(ssh, "az logout --username userAssignedIdentity");
        assertThat(ssh.run("az account show").err()).isEqualTo("ERROR: Please run 'az login' to setup account.\n");
        ok(ssh, "az login --identity --allow-no-subscriptions");
        assertThat(ok(ssh, "az account show --query user.name -o tsv")).isEqualTo("systemAssignedIdentity\n");
    }

    @Test
    void dockerForgetsOneServerAndKeepsTheRestOfItsFile() throws Exception {
        rig("ubuntu-24.04", "docker.io", "azure-cli");
        rig.attachIdentity();
        rig.allow("pull/read");
        Ssh ssh = rig.ssh();
        ok(ssh, "sudo mkdir -p /root/.docker");
        ok(
                ssh,
                "echo '{\"HttpHeaders\":{\"a\":\"b\"},\"auths\":{\"other.example\":{\"auth\":\"YTpi\"}}}'"
                        + " | sudo tee /root/.docker/config.json");
        ok(ssh, "sudo az login --identity --allow-no-subscriptions");
        ok(ssh, "sudo az acr login --name mycontainerregistry");
        assertThat(ok(ssh, "sudo cat /root/.docker/config.json")).contains("other.example", Rig.REGISTRY);
        ok(ssh, "sudo docker pull " + IMAGE);
        assertThat(ok(ssh, "sudo docker logout " + Rig.REGISTRY))
                .isEqualTo("Removing login credentials for " + Rig.REGISTRY + "\n");
        assertThat(ok(ssh, "sudo cat /root/.docker/config.json")).isEqualTo("""
                {
                \t"HttpHeaders": {
                \t\t"a": "b"
                \t},
                \t"auths": {
                \t\t"other.example": {
                \t\t\t"auth": "YTpi"
                \t\t}
                \t}
                }""");
        assertThat(ok(ssh, "sudo docker logout " + Rig.REGISTRY)).startsWith("Removing login credentials for ");
        assertThat(ssh.run("sudo docker pull " + IMAGE).err()).contains("401 Unauthorized");
    }

    @Test
    void anImageGoesWithItsLastName() throws Exception {
        rig("ubuntu-24.04", "docker.io");
        Ssh ssh = rig.ssh();
        String name = "mcr.microsoft.com/azuredocs/aci-helloworld";
        ok(ssh, "sudo docker pull " + name + ":latest");
        String id =
                ok(ssh, "sudo docker image inspect --format '{{.Id}}' " + name).strip();
        ok(ssh, "sudo docker tag " + name + " mine:1");
        assertThat(ok(ssh, "sudo docker image rm mine:1")).isEqualTo("Untagged: mine:1\n");
        assertThat(ok(ssh, "sudo docker image rm " + name).lines())
                .startsWith("Untagged: " + name + ":latest")
                .anyMatch(l -> l.startsWith("Untagged: " + name + "@sha256:"))
                .contains("Deleted: " + id);
        assertThat(ssh.run("sudo docker image inspect " + name))
                .isEqualTo(
                        new Ssh.Result(1, "[]\n", "Error response from daemon: No such image: " + name + ":latest\n"));
        assertThat(ssh.run("sudo docker image rm " + name))
                .isEqualTo(new Ssh.Result(1, "", "Error response from daemon: No such image: " + name + ":latest\n"));
        assertThat(ssh.run("sudo docker image rm -f " + name).status()).isZero();
    }
}
