package io.keylesspull.setup.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.plan.Facts;
import io.keylesspull.setup.export.Format;
import io.keylesspull.setup.request.RepositoryScope;
import io.keylesspull.setup.request.Requests;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.RunCommand;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The script in PowerShell, as far as it can be looked at without PowerShell. */
class PowerShellExportTest {

    private static final Pattern HERE = Pattern.compile("(?s)@(['\"])\\n.*?\\n\\1@");
    private static final Pattern FUNCTION = Pattern.compile("(?ms)^(?:function [^\n]*|\\w+\\(\\) )\\{$.*?^}$");
    private static final Pattern LITERAL = Pattern.compile("'[^']*+(?:''[^']*+)*+'|\"[^`\"]*+(?:`.[^`\"]*+)*+\"");

    static Stream<SetupRequest> setups() {
        return ArmExportTest.setups();
    }

    private static String script(SetupRequest request) {
        return ArmExportTest.exports(request, new Facts()).text(Format.POWERSHELL);
    }

    @ParameterizedTest
    @MethodSource("setups")
    void everyTextAndEveryBracketIsClosedAndNothingOfAnotherShellIsLeft(SetupRequest request) {
        String text = script(request);
        String code = LITERAL.matcher(
                        HERE.matcher(text.replaceAll("(?m)^#.*$", "")).replaceAll("''"))
                .replaceAll("''");

        assertThat(code).doesNotContain("\"", "$(az", "||", "<<", "set -e", "esac");
        assertThat(code.chars().filter(c -> "{[(".indexOf(c) >= 0).count())
                .isEqualTo(code.chars().filter(c -> "}])".indexOf(c) >= 0).count());
        assertThat(text).startsWith("#requires -Version 7.4\n");
    }

    /** Values come before their use, like in the script for other shells. */
    @ParameterizedTest
    @MethodSource("setups")
    void itHasTheSameCommandsInTheSameOrder(SetupRequest request) {
        List<String> posix = verbs(ArmExportTest.exports(request, new Facts()).text(Format.BASH));

        assertThat(verbs(script(request))).isEqualTo(posix);
    }

    /** The first words of each command of the Azure CLI on this computer. */
    private static List<String> verbs(String script) {
        return Pattern.compile("(?m)^(?:\\$?\\w+ ?= ?(?:\\$\\()?)?az ([a-z]+(?: [a-z]+)*)")
                .matcher(HERE.matcher(FUNCTION.matcher(script).replaceAll("")).replaceAll(""))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void aLineForTheMachineIsOneArgumentInWhichValuesAreFilledIn() {
        String text = script(Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, Requests.NEW_MACHINE));

        assertThat(text)
                .contains("ssh -n \"azureuser@$address\" 'cloud-init status --wait || true'\n")
                .contains("ssh -n \"azureuser@$address\" \"docker pull ${loginServer}/aci-helloworld:v1\"\n")
                .contains(
                        "\"az login --identity --resource-id '${identityId}' --allow-no-subscriptions --output none\"")
                .contains("ssh -n \"azureuser@$address\" \"printf %s ${credential_helper} | base64 -d"
                        + " | sudo tee /usr/bin/docker-credential-acr-managed-identity-${clientId} > /dev/null\"\n")
                .contains("--format ''$(REPO_URI)''");
    }

    @Test
    void aConditionWithQuotesIsOneArgument() {
        SetupRequest usual = Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, Requests.NEW_MACHINE);

        assertThat(script(Requests.like(usual, new RepositoryScope(List.of("team/api")))))
                .contains("StringEqualsIgnoreCase ''team/api''))' --condition-version 2.0");
    }

    @Test
    void aMachineByRunCommandIsReachedByAFunction() {
        String text = script(Requests.of(
                Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, Requests.NEW_MACHINE.withWay(new RunCommand())));

        assertThat(text)
                .contains("function Invoke-OnMachine(")
                .contains("Invoke-OnMachine myResourceGroup myDockerVM azureuser 'cloud-init status --wait || true'\n");
    }
}
