package io.keylesspull.setup.step.batch;

import io.keylesspull.setup.step.CredentialHelper;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.MachineLines;
import io.keylesspull.setup.step.SetupStep;
import io.keylesspull.setup.step.apt.Apt;
import io.keylesspull.setup.step.machine.ScriptWords;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the steps tell to be typed on a machine, as one script that root runs there. It looks before and afterwards at
 * what may change, waits for what a person would wait for, and prints a {@link MachineReport}. A first look that a
 * script left that was killed is kept, so that the next one tells what that one changed, too.
 */
final class MachineScript extends MachineLines {

    /** In memory, for root alone, while the script runs. */
    static final String FOLDER = "/run/keyless-pull-setup";

    private static final String FUNCTIONS = read();
    private static final int FEW_SECONDS = 15;

    /** What is said of a machine whose script left nothing to tell of. */
    private static final String NOTHING_LEFT = """
            if [ -e "$folder/before" ]; then
                printf told > "$folder/step"
                printf 0 > "$folder/status"
                for file in out err told; do
                    : > "$folder/$file"
                done
                finish
            fi
            printf '{"step":"nothing","status":0}\\n'
            """;

    private static final String BEGIN = """
            [ -d "$folder" ] || mkdir -m 700 "$folder"
            printf begin > "$folder/step"
            printf 1 > "$folder/status"
            for file in out err told; do
                : > "$folder/$file"
            done
            if [ ! -e "$folder/before" ]; then
                look > "$folder/look"
                mv "$folder/look" "$folder/before"
            fi
            id -u "$user" > /dev/null 2>&1 || refuse user '' || finish
            case $(sed -n 's/^VERSION_CODENAME=//p' < /etc/os-release) in
                %s) ;;
                *) refuse system "$(sed -n 's/^PRETTY_NAME=//p' < /etc/os-release)" || finish ;;
            esac
            """;

    private static final String END = """
            printf 'done' > "$folder/step"
            finish
            """;

    private static final String PULLED = """
            sed -n 's/^Digest: //p' < "$folder/out" > "$folder/told"
            """;

    /**
     * @param user who the commands belong to
     * @param dockerBySudo whether Docker and the Azure CLI are run by root
     * @param azureCli whether the Azure CLI signs in there
     * @param image with its registry
     */
    record Values(
            String user,
            boolean dockerBySudo,
            boolean azureCli,
            String loginServer,
            String image,
            Optional<String> identityId,
            Optional<String> clientId) {

        CredentialHelper helper() {
            return CredentialHelper.of(clientId);
        }

        private boolean dockerByRoot() {
            return dockerBySudo || user.equals("root");
        }
    }

    private final StringBuilder acts = new StringBuilder();
    private final Values values;
    private final Set<String> texts = new HashSet<>();
    private String step = "";

    private MachineScript(Values values) {
        this.values = values;
    }

    /** @param steps of the machine, in their order */
    static String of(Values values, List<SetupStep> steps, Known known) {
        MachineScript script = new MachineScript(values);
        for (SetupStep one : steps) {
            script.step = one.id().name();
            if (script.step.equals("credential-helper")) {
                Apt.byHand(script, "curl", "update");
                Apt.byHand(script, "curl", "install --yes ca-certificates curl");
            }
            one.byHand(script, known);
            if (script.step.equals("docker")) {
                script.acts.append("docker_works || finish\n");
            }
        }
        return script.head()
                + BEGIN.formatted(ScriptWords.supportedSystems().stream().collect(Collectors.joining(" | ")))
                + script.acts
                + END;
    }

    /** Tells what a script changed that was cut off, and does nothing else. */
    static String telling(Values values) {
        return new MachineScript(values).head() + NOTHING_LEFT;
    }

    private String head() {
        String head = """
                #!/bin/sh
                # Keyless Pull: what a person would type on this machine to pull from a registry with its managed
                # identity. Prints what it changed, and how it ended, as one line of JSON.
                # shellcheck disable=SC2016,SC2034,SC2317
                set -u
                HOME=/root LC_ALL=C
                export HOME LC_ALL
                user=%s docker_user=%s
                loginServer=%s image=%s
                identityId=%s clientId=%s helper=%s
                folder=%s configure=%s
                line_end='
                '

                """.formatted(
                        quoted(values.user()),
                        quoted(values.dockerByRoot() ? "root" : values.user()),
                        quoted(values.loginServer()),
                        quoted(values.image()),
                        quoted(values.identityId().orElse("")),
                        quoted(values.clientId().orElse("")),
                        quoted(values.helper().name()),
                        FOLDER,
                        quoted(Apt.configuring()));
        return head + FUNCTIONS + "\nlook_at_files() {\n" + files() + "}\n\n";
    }

    private String files() {
        StringBuilder files = new StringBuilder();
        there(files, "credential_helper", values.helper().path(), "root");
        configurationOf(files, "/root/", "root");
        if (!values.user().equals("root")) {
            configurationOf(files, "", "user");
        }
        if (values.azureCli()) {
            new TreeMap<>(ScriptWords.azureCliFiles()).forEach((path, kind) -> there(files, kind, path, "root"));
            String profile = values.dockerBySudo() && !values.user().equals("root") ? "/root/.azure" : ".azure";
            there(files, "login_file", profile, "docker_user");
            files.append("    if command -v az > /dev/null && as_docker_user \"test -e " + profile + "\"; then\n"
                    + "        as_docker_user \"az account list --all --query '[].user.name' --output tsv"
                    + " --only-show-errors\" 2> /dev/null \\\n            | sed 's/^/sign_in /'\n    fi\n");
        }
        return files.toString();
    }

    private void configurationOf(StringBuilder files, String home, String who) {
        boolean byLogin = values.azureCli() && who.equals("root") == values.dockerByRoot();
        there(files, byLogin ? "login_file" : "docker_folder", home + ".docker", who);
        there(files, byLogin ? "login_file" : "docker_config", home + ".docker/config.json", who);
        files.append("    configuration " + home + ".docker/config.json " + who + "\n");
    }

    private static void there(StringBuilder files, String kind, String path, String who) {
        files.append("    there " + kind + " " + quoted(path) + " " + who + "\n");
    }

    @Override
    public String sudo() {
        return values.dockerBySudo() ? "sudo " : "";
    }

    /** What has to be run by root in a part is run by root as a whole: root needs no password. */
    private String act(List<Piece> line) {
        boolean byRoot = line.stream().anyMatch(piece -> piece instanceof Piece.Text text && bySudo(text.text()));
        return "act " + step + " " + (byRoot ? "root " : "user ") + argument(line);
    }

    private static boolean bySudo(String text) {
        return text.startsWith("sudo ") || text.contains(" sudo ");
    }

    private boolean pulls() {
        return step.startsWith("pull");
    }

    @Override
    public void remote(List<Piece> line) {
        acts.append(act(line)).append(" < /dev/null || finish\n").append(pulls() ? PULLED : "");
    }

    /** Only checks are tried that another registry's image may fail. */
    @Override
    public void tryRemote(String line) {
        dropComments();
    }

    @Override
    public void remoteWithInput(String name, String words, String input, List<Piece> line) {
        if (texts.add(name)) {
            acts.append(name.toLowerCase(Locale.ROOT) + "_text=" + quoted(input) + "\n");
        }
        acts.append("printf %s \"$" + name.toLowerCase(Locale.ROOT) + "_text\" | " + act(line) + " || finish\n");
    }

    @Override
    public void retryRemote(List<Piece> line, List<Piece> between) {
        acts.append("tries=\nuntil " + act(line) + " < /dev/null; do\n    tries=$tries.\n    if [ \"${#tries}\" -ge "
                + TRIES + " ] || hopeless; then finish; fi\n    sleep " + FEW_SECONDS + "\n"
                + (between.isEmpty() ? "" : "    " + act(between) + " < /dev/null || finish\n") + "done\n"
                + (pulls() ? PULLED : ""));
    }

    private static String read() {
        try (InputStream in = MachineScript.class.getResourceAsStream("functions.sh")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
