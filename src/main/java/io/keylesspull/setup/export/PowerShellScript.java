package io.keylesspull.setup.export;

import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.step.Script.Piece.Environment;
import io.keylesspull.setup.step.Script.Piece.Text;
import io.keylesspull.setup.step.Script.Piece.Variable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * For PowerShell, the Azure CLI and OpenSSH. Sources: about_Quoting_Rules, about_Preference_Variables and "What's New
 * in PowerShell 7.4", where a failing program stops the script.
 */
public final class PowerShellScript extends Script {

    private static final String HEAD = """
            #requires -Version 7.4
            # Works in your own Azure, also if it was written in practice mode.%s
            # Stops at the first command that fails.
            # Windows PowerShell 5.1 cannot run it: it takes quotes out of arguments.
            $ErrorActionPreference = 'Stop'
            $PSNativeCommandUseErrorActionPreference = $true
            $PSNativeCommandArgumentPassing = 'Standard'
            """;

    private static final String WAIT_UNTIL = """
            function Wait-Until([scriptblock] $Command, [scriptblock] $Between) {
                for ($tries = 1; ; $tries++) {
                    try {
                        & $Command
                        return
                    }
                    catch {
                        if ($tries -ge %d) { throw }
                        Start-Sleep -Seconds %d
                        if ($Between) { & $Between }
                    }
                }
            }""".formatted(TRIES, SECONDS_BETWEEN);

    private static final String RUN_COMMAND = """
            function Invoke-OnMachine([string] $Group, [string] $Machine, [string] $User, [string] $Line) {
                $which = @('--resource-group', $Group, '--vm-name', $Machine, '--name', 'by-hand')
                $status = '1'
                try {
                    az vm run-command create @which `
                        --script 'runuser -s /bin/sh "$KP_USER" -c "cd; $KP_LINE" < /dev/null' `
                        --protected-parameters "KP_USER=$User" "KP_LINE=$Line" --output none
                    az vm run-command show @which --expand instanceView --query instanceView.output --output tsv
                    $errors = az vm run-command show @which --expand instanceView --query instanceView.error `
                        --output tsv
                    if ($errors) { [Console]::Error.WriteLine($errors -join "`n") }
                    $status = az vm run-command show @which --expand instanceView --query instanceView.exitCode `
                        --output tsv
                }
                finally {
                    az vm run-command delete @which --yes --output none
                }
                if ($status -ne '0') { throw "exit status ${status}: $Line" }
            }""";

    /** What PowerShell takes as one word without quotes. */
    private static final Pattern PLAIN = Pattern.compile("-{0,2}[A-Za-z0-9_/:][A-Za-z0-9_./:=+-]*");

    /** PowerShell takes typographic quotes for quotes too. */
    private static final Pattern SINGLE = Pattern.compile("['\u2018\u2019\u201A\u201B]");

    private static final Pattern DOUBLE = Pattern.compile("[`$\"\u201C\u201D\u201E]");

    private final Set<String> defined = new HashSet<>();
    private String machine = "";
    private String sudo = "";

    /** A whole script, to be saved and run. @param costs whether what it makes is paid for */
    static String whole(List<Line> lines, boolean costs) {
        StringBuilder text = new StringBuilder(HEAD.formatted(costs ? COSTS : ""));
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    @Override
    public void run(List<Piece> words) {
        line(command(words));
    }

    private static String command(List<Piece> words) {
        return words.stream()
                .map(word -> word instanceof Text text ? argument(text.text()) : value(word))
                .collect(Collectors.joining(" "));
    }

    private static String typed(List<String> argv) {
        return argv.stream().map(PowerShellScript::argument).collect(Collectors.joining(" "));
    }

    private static String value(Piece piece) {
        return piece instanceof Environment environment
                ? "$env:" + environment.name()
                : "$" + ((Variable) piece).name();
    }

    /** One argument of a program. */
    private static String argument(String text) {
        return PLAIN.matcher(text).matches() ? text : literal(text);
    }

    private static String literal(String text) {
        return "'" + SINGLE.matcher(text).replaceAll("$0$0") + "'";
    }

    @Override
    public void keep(String variable, String... argv) {
        keeping(variable, "$" + variable + " = " + typed(List.of(argv)));
    }

    @Override
    public void require(String variable, String words) {
        requirement("if (-not (Test-Path variable:" + variable + ")) { throw "
                + literal("Set $" + variable + " to " + words) + " }");
    }

    @Override
    public void runUnless(String said, String says, String... argv) {
        line(unchecked("$" + said + " = " + typed(List.of(argv)) + " 2>&1 | Out-String")
                + "\nif ($LASTEXITCODE -ne 0 -and -not $" + said + ".Contains(" + literal(says) + ")) { throw $" + said
                + " }");
    }

    @Override
    public void write(String file, List<String> text) {
        writing("@'\n" + String.join("\n", text) + "\n'@ | Set-Content -Path " + literal(file));
    }

    @Override
    public void writeFilled(String file, String text) {
        line("@\"\n" + text + "\n\"@ | Set-Content -Path " + literal(file));
    }

    @Override
    public void overSsh(List<String> argv, String user, boolean dockerBySudo) {
        machine = typed(argv) + " \"" + expandable(user) + "@$address\" ";
        sudo = dockerBySudo ? "sudo " : "";
    }

    @Override
    public void byRunCommand(String group, String name, String user, boolean dockerBySudo) {
        function(
                "Runs a command on a machine by Run Command. Azure returns the last 4,096 bytes of its output",
                RUN_COMMAND);
        machine = typed(List.of("Invoke-OnMachine", group, name, user)) + " ";
        sudo = dockerBySudo ? "sudo " : "";
    }

    private void function(String words, String body) {
        if (defined.add(body)) {
            comment(words);
            line(body);
        }
    }

    @Override
    public String sudo() {
        return sudo;
    }

    @Override
    public void remote(List<Piece> line) {
        line(machine + remoteWord(line));
    }

    /** One word, in which PowerShell fills in its values. */
    private static String remoteWord(List<Piece> line) {
        if (line.stream().allMatch(Text.class::isInstance)) {
            return literal(line.stream().map(piece -> ((Text) piece).text()).collect(Collectors.joining()));
        }
        return line.stream()
                .map(piece ->
                        piece instanceof Text text ? expandable(text.text()) : "${" + ((Variable) piece).name() + "}")
                .collect(Collectors.joining("", "\"", "\""));
    }

    private static String expandable(String text) {
        return DOUBLE.matcher(text).replaceAll("`$0");
    }

    @Override
    public void tryRemote(String line) {
        line("try { " + machine + remoteWord(List.of(text(line))) + " } catch { Write-Warning $_ }");
    }

    /** Encoded, as a pipe would put line ends of its own into the text. */
    @Override
    public void remoteWithInput(String name, String words, String input, List<Piece> line) {
        if (defined.add(name)) {
            comment(words + ", encoded");
            line("$" + name + " = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes((@'\n"
                    + input.stripTrailing() + "\n'@ -replace \"`r\", '') + \"`n\"))");
        }
        List<Piece> all = new ArrayList<>(List.of(text("printf %s "), variable(name), text(" | base64 -d | ")));
        all.addAll(line);
        remote(all);
    }

    @Override
    public void keepRemote(String variable, List<Piece> line) {
        line("$" + variable + " = " + machine + remoteWord(line));
    }

    @Override
    public void retryRemote(List<Piece> line, List<Piece> between) {
        line(waitUntil(machine + remoteWord(line), between.isEmpty() ? "" : machine + remoteWord(between)));
    }

    private String waitUntil(String command, String between) {
        function("Repeats a command until it succeeds, for 10 minutes", WAIT_UNTIL);
        return "Wait-Until { " + command + " }" + (between.isEmpty() ? "" : " { " + between + " }");
    }

    @Override
    public void keepDigests(String variable, int times, List<String> argv, List<String> between) {
        String command = waitUntil(
                "$script:" + variable + " = @([regex]::Matches((" + typed(argv)
                        + " | Out-String), '@(sha256:[0-9a-f]+)')); if ($" + variable + ".Count -ne " + times
                        + ") { throw 'what is not pulled everywhere' }",
                typed(between));
        line("try {\n    " + command + "\n    $" + variable + " = ($" + variable
                + " | ForEach-Object { $_.Groups[1].Value } | Sort-Object -Unique) -join \"`n\"\n}\ncatch { $"
                + variable
                + " = \"$_\" }");
    }

    @Override
    public void awaitNothing(List<String> argv, String stays) {
        line("for ($tries = 1; ; $tries++) {\n    try { if (-not (" + typed(argv) + ")) { break } } catch { }\n"
                + "    if ($tries -ge " + LOOKS + ") { Write-Warning " + literal(stays) + "; break }\n"
                + "    Start-Sleep -Seconds " + SECONDS_BETWEEN + "\n}");
    }

    @Override
    public void proveInstances(Instances of, Optional<String> digest) {
        String wanted = digest.orElse("first");
        if (digest.isEmpty()) {
            line("$" + wanted + " = ''");
        }
        line("$instances = " + typed(of.list()));
        line("if (-not $instances) { throw " + literal("Not proven on " + of.set() + ": it has no instances") + " }");
        String ask = of.ask().stream()
                .map(word ->
                        word.size() == 1 && word.get(0) instanceof Text text ? argument(text.text()) : remoteWord(word))
                .collect(Collectors.joining(" "));
        String loop = unchecked("$said = " + ask + " 2>&1 | Out-String")
                + "\nif ($said -match '(?m)^\\[\"[^\"]*@(sha256:[0-9a-f]+)\"') { $pulled = $Matches[1]; break }\n"
                + "if (++$tries -ge " + of.tries() + ") {\n"
                + "    throw \"Not proven on ${instance}, which has not pulled. It says: $said\"\n"
                + "}\n"
                + "Start-Sleep -Seconds " + SECONDS_BETWEEN;
        line("$tries = 0\nforeach ($instance in (Get-Random -InputObject $instances -Count " + of.most()
                + ")) {\n    while ($true) {\n" + loop.indent(8) + "    }\n"
                + (digest.isEmpty() ? "    if (-not $" + wanted + ") { $" + wanted + " = $pulled }\n" : "")
                + "    " + comparison("\"Proven on $instance \"", "\"Not proven on $instance\"", "pulled", wanted)
                + "\n}");
    }

    /** A command whose failure does not stop the script. */
    private static String unchecked(String command) {
        return "$PSNativeCommandUseErrorActionPreference = $false\n" + command
                + "\n$PSNativeCommandUseErrorActionPreference = $true";
    }

    @Override
    public void keepFirst(String variable, String of) {
        keeping(variable, "$" + variable + " = ($" + of + " -split \"`n\")[0]");
    }

    @Override
    public void compare(String where, String pulled, String digest) {
        line(comparison(literal("Proven on " + where + " "), literal("Not proven on " + where), pulled, digest));
    }

    /** @param proven what it says before the digest @param not what it says if they differ; both expressions */
    private static String comparison(String proven, String not, String pulled, String digest) {
        String both = "$" + digest + " -and (\"$" + pulled + "\".Contains(\"@$" + digest + "\") -or \"$" + pulled
                + "\" -eq $" + digest + ")";
        return "if (" + both + ") { Write-Output (" + proven + " + $" + digest + ") } else { throw " + not + " + \": $"
                + pulled + " is not $" + digest + "\" }";
    }
}
