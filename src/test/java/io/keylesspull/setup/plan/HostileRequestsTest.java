package io.keylesspull.setup.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.SignInMethod;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Identity;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.request.SetupRequest.MachineAccess;
import io.keylesspull.setup.request.SetupRequest.Registry;
import io.keylesspull.setup.request.SetupRequest.ResourceGroup;
import io.keylesspull.setup.request.SetupRequest.Role;
import io.keylesspull.setup.request.SetupRequest.SignIn;
import io.keylesspull.setup.request.SetupRules;
import io.keylesspull.setup.step.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Builders;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/**
 * Whatever a request is filled with: either the rules refuse it, or the commands that do the same by hand carry each
 * value as one whole argument. A real shell reads them; the programs that they name only say what they were given.
 */
class HostileRequestsTest {

    private static final Path SHELL = Path.of("/bin/sh");
    /** Programs stand for nothing but their arguments; ssh also does to its last ones what a machine's shell would. */
    private static final String STUBS = """
            PATH=/nonexistent
            exec 3>&1 >/dev/null
            record() { printf '%s\\001' "$@" >&3; printf '\\002' >&3; }
            INJECTED() { record INJECTED; }
            for program in az docker sudo curl gpg tee lsb_release dpkg reboot sh; do
              eval "$program() { record $program \\"\\$@\\"; }"
            done
            ssh() {
              record ssh "$@"
              if [ "$1" = -n ]; then shift; fi
              if [ "$1" = -i ]; then shift 2; fi
              shift
              (eval "$*") </dev/null >/dev/null
              echo @
            }
            """;

    /** Half of them what the rules may well accept. */
    @Provide
    Arbitrary<SetupRequest> requests() {
        Arbitrary<String> free = Arbitraries.frequencyOf(
                Tuple.of(
                        19,
                        hostile(
                                "$(INJECTED)",
                                "`INJECTED`",
                                ";INJECTED;",
                                "'",
                                "\"",
                                "\\",
                                " ",
                                "&INJECTED&",
                                "|INJECTED",
                                "${HOME}",
                                "*",
                                "~",
                                "#",
                                "!",
                                "-",
                                "--help",
                                "\u202e",
                                "\u65e5",
                                "<",
                                ">",
                                "a")),
                Tuple.of(1, hostile("\n", "\0", "a")));
        Arbitrary<String> group = named("gr", "(INJECTED)", "()", "_", "-", ".", "\u65e5\u672c", "\u00e9", "9");
        Arbitrary<String> name = named("vm1", "-", ".", "_", "Z9", "\u65e5");
        Arbitrary<String> user = named("azureuser", "_", "-", ".", "@", "x");
        Arbitrary<String> identity = named("myId", "_", "-", "9");
        Arbitrary<String> image = named("a/b:v1", "_", "-", ".", "/", ":", "x");
        Arbitrary<Machine> machine = Builders.withBuilder(MachineParts::new)
                .use(name)
                .in((parts, v) -> parts.put("name", v))
                .use(user)
                .in((parts, v) -> parts.put("user", v))
                .use(free)
                .in((parts, v) -> parts.put("key", "/home/" + v))
                .use(group)
                .in((parts, v) -> parts.put("group", v))
                .use(Arbitraries.of("true", "false"))
                .in((parts, v) -> parts.put("create", v))
                .build(MachineParts::machine);
        Arbitrary<String> directory = named("contoso.example", "-", ".", "9");
        return Combinators.combine(machine, group, identity, image, directory, free)
                .as((vm, ours, id, what, tenant, sub) -> new SetupRequest(
                        new SignIn(SignInMethod.BROWSER, Optional.of(tenant), AzureCloud.PUBLIC),
                        Optional.of(sub),
                        "japaneast",
                        new ResourceGroup(ours, true),
                        new Registry("contoso123", true, "Basic", true, Optional.empty()),
                        what,
                        List.of(vm),
                        new Identity(Identity.Kind.USER_ASSIGNED, id, true, Optional.empty()),
                        Role.ACR_PULL,
                        MachineAccess.DEFAULT));
    }

    private static final class MachineParts {

        private final Map<String, String> parts = new HashMap<>();

        MachineParts put(String part, String value) {
            parts.put(part, value);
            return this;
        }

        Machine machine() {
            return new Machine(
                    parts.get("name"),
                    Boolean.parseBoolean(parts.get("create")),
                    "Ubuntu2204",
                    "Standard_B2s",
                    parts.get("user"),
                    Optional.of(parts.get("key")),
                    Optional.of("203.0.113.7/32"),
                    Optional.of(parts.get("group")));
        }
    }

    private static Arbitrary<String> hostile(String... parts) {
        return Arbitraries.of(parts).list().ofMinSize(1).ofMaxSize(5).map(all -> String.join("", all));
    }

    /** A name that is good, one that may be, and one in twenty that is not meant to be. */
    private static Arbitrary<String> named(String good, String... parts) {
        return Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.just(good)),
                Tuple.of(10, hostile(parts).map(more -> good + more + "x")),
                Tuple.of(1, hostile("$(INJECTED)", "`INJECTED`", ";INJECTED", "'", " ", "&", "\n", "a")));
    }

    @Property(tries = 150, seed = "4761", edgeCases = EdgeCasesMode.NONE)
    void eitherRefusedOrEachValueIsOneWholeArgument(@ForAll("requests") SetupRequest request) throws Exception {
        Assume.that(Files.isExecutable(SHELL));
        boolean accepted = SetupRules.check(request, false).isEmpty();
        Statistics.label("accepted")
                .collect(accepted)
                .coverage(all -> all.check(true).percentage(share -> share > 15 && share < 85));
        if (!accepted) {
            return;
        }
        List<List<String>> commands = recorded(
                ByHandTest.lines(request).stream().map(Script.Line::toString).toList());
        Machine machine = request.machines().get(0);
        String key = machine.sshKey().orElseThrow();
        String group = request.machineGroup(machine);

        assertThat(commands)
                .noneMatch(argv -> argv.get(0).equals("INJECTED"))
                .contains(
                        List.of(
                                "az",
                                "login",
                                "--tenant",
                                request.signIn().tenant().orElseThrow()),
                        List.of(
                                "az",
                                "account",
                                "set",
                                "--subscription",
                                request.subscription().orElseThrow()),
                        List.of(
                                "az",
                                "group",
                                "create",
                                "--name",
                                request.resourceGroup().name(),
                                "--location",
                                "japaneast"),
                        List.of(
                                "az",
                                "vm",
                                "show",
                                "--show-details",
                                "--resource-group",
                                group,
                                "--name",
                                machine.name(),
                                "--query",
                                "publicIps",
                                "--output",
                                "tsv"),
                        List.of("sudo", "usermod", "--append", "--groups", "docker", machine.adminUser()),
                        // The login server is Azure's to say, and empty here.
                        List.of("docker", "pull", "/" + request.image()),
                        List.of(
                                "docker",
                                "image",
                                "inspect",
                                "--format",
                                "{{json .RepoDigests}}",
                                "/" + request.image()));
        assertThat(commands)
                .filteredOn(argv -> argv.get(0).equals("ssh"))
                .isNotEmpty()
                .allSatisfy(argv -> {
                    // The helper, and the script that names it, are read from standard input.
                    boolean input = argv.contains("tee") || argv.contains("sh");
                    assertThat(input ? argv : argv.subList(1, argv.size()))
                            .startsWith(input ? "ssh" : "-n", "-i", key, machine.adminUser() + "@");
                });
        if (machine.create()) {
            assertThat(commands)
                    .filteredOn(argv -> argv.contains("--ssh-key-values"))
                    .singleElement()
                    .satisfies(argv -> assertThat(argv)
                            .containsSubsequence(
                                    "--resource-group",
                                    group,
                                    "--name",
                                    machine.name(),
                                    "--admin-username",
                                    machine.adminUser(),
                                    "--ssh-key-values",
                                    key + ".pub"));
        }
    }

    private static List<List<String>> recorded(List<String> lines) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder(SHELL.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var in = shell.getOutputStream()) {
            in.write((STUBS + String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        String all = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).isZero();
        return Arrays.stream(all.split("\u0002"))
                .filter(argv -> !argv.isEmpty())
                .map(argv -> Arrays.asList(argv.split("\u0001", -1)))
                .map(argv -> argv.subList(0, argv.size() - 1))
                .collect(Collectors.toList());
    }
}
