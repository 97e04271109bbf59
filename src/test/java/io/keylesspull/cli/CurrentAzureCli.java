package io.keylesspull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.directory.PracticeApp;
import io.keylesspull.practice.wire.PracticeServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A computer with the current Azure CLI and OpenSSH's client that is set up for a practice server as the server says:
 * {@code az} and scripts go there by its proxy, and {@code ssh} reaches its machines. Its user is root, whose home is a
 * folder of the test's; nobody is at the keyboard. It shares this computer's network and nothing else.
 */
public final class CurrentAzureCli {

    private static final Duration ONE_COMMAND = Duration.ofMinutes(3);
    private static final String HOME = "/root";
    private static final String AUTHORITY = "practice-ca.pem";
    private static final String KEY = "practice-key";

    private final Path system;
    private final Path home;
    private final Map<String, String> environment;

    private CurrentAzureCli(Path system, Path home, Map<String, String> environment) {
        this.system = system;
        this.home = home;
        this.environment = environment;
    }

    /**
     * Prepares the system where it is not kept from an earlier run, which takes minutes. Skips the test where this
     * computer cannot have it, but fails it with {@code -Dtools.required=true}.
     *
     * @param home an empty folder, where the user's files will be
     */
    public static CurrentAzureCli open(Path home, PracticeCloud cloud, PracticeServer server)
            throws IOException, InterruptedException {
        Path system = CliSystem.directory();
        Files.writeString(home.resolve(AUTHORITY), server.certificate());
        Path ssh = Files.createDirectory(
                home.resolve(".ssh"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path key = Files.createFile(
                ssh.resolve(KEY), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key, cloud.practicePrivateKey());
        // The key that "az vm create --generate-ssh-keys" makes, and that of the machines that are there at first.
        Files.writeString(ssh.resolve("config"), """
                Host *
                    ProxyCommand nc -X connect -x %s %%h %%p
                    StrictHostKeyChecking accept-new
                    IdentityFile ~/.ssh/id_rsa
                    IdentityFile ~/.ssh/%s
                    BatchMode yes
                """.formatted(server.proxy().getAuthority(), KEY));
        String authority = HOME + "/" + AUTHORITY;
        return new CurrentAzureCli(
                system,
                home,
                Map.of(
                        "HOME",
                        HOME,
                        "PATH",
                        "/usr/sbin:/usr/bin:/sbin:/bin",
                        "LANG",
                        "C.UTF-8",
                        "HTTPS_PROXY",
                        server.proxy().toString(),
                        "REQUESTS_CA_BUNDLE",
                        authority,
                        "SSL_CERT_FILE",
                        authority,
                        "AZURE_CONFIG_DIR",
                        HOME + "/azure-cli",
                        "AZURE_CORE_COLLECT_TELEMETRY",
                        "false"));
    }

    /** The same computer, with one more variable in the environment, or another value of one. */
    public CurrentAzureCli with(String variable, String value) {
        Map<String, String> more = new TreeMap<>(environment);
        more.put(variable, value);
        return new CurrentAzureCli(system, home, Map.copyOf(more));
    }

    /** Signs in as the practice cloud's application, and takes the cloud's own subscription. */
    public void signIn(PracticeCloud cloud) throws IOException, InterruptedException {
        az(
                "login",
                "--service-principal",
                "--username",
                PracticeApp.CLIENT_ID,
                "--password",
                PracticeApp.SECRET,
                "--tenant",
                cloud.tenantId());
        az("account", "set", "--subscription", cloud.subscriptionId());
    }

    /** The user's home directory, on this computer. */
    public Path home() {
        return home;
    }

    /**
     * Runs a file with bash, in the user's home directory.
     *
     * @param script a file of this computer; a copy is run
     * @param limit how long it may take
     * @throws AssertionError if it takes longer
     */
    public ProgramResult run(Path script, Duration limit) throws IOException, InterruptedException {
        Path copy = home.resolve(script.getFileName().toString());
        if (!copy.equals(script)) {
            Files.copy(script, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        return run(limit, List.of("bash", copy.getFileName().toString()));
    }

    /** Runs {@code az} with these arguments. */
    ProgramResult tryAz(String... arguments) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("az"));
        argv.addAll(List.of(arguments));
        return run(ONE_COMMAND, argv);
    }

    /** Runs {@code az} with these arguments, which must succeed. @return what it printed, or a missing node */
    JsonNode az(String... arguments) throws IOException, InterruptedException {
        ProgramResult result = tryAz(arguments);
        assertThat(result.status())
                .as("az " + String.join(" ", arguments) + "\n" + result.err())
                .isZero();
        return result.out().isBlank() ? MissingNode.getInstance() : new ObjectMapper().readTree(result.out());
    }

    private ProgramResult run(Duration limit, List<String> argv) throws IOException, InterruptedException {
        List<String> arguments =
                new ArrayList<>(List.of(system.toString(), home.toRealPath().toString(), "env", "-i", "-C", HOME));
        environment.forEach((name, value) -> arguments.add(name + "=" + value));
        arguments.addAll(argv);
        return Confined.run(limit, "enter-cli.sh", arguments);
    }
}
