package io.keylesspull.setup.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.plan.Facts;
import io.keylesspull.setup.export.Format;
import io.keylesspull.setup.request.RepositoryScope;
import io.keylesspull.setup.request.Requests;
import io.keylesspull.setup.request.SetupRequest;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Bicep file of a setup, as far as it can be looked at without Bicep's own compiler. */
class BicepExportTest {

    private static final Pattern LITERAL = Pattern.compile("'''[\\s\\S]*?'''|'(?:\\\\.|[^'\\\\])*'");
    private static final Pattern DECLARED = Pattern.compile("(?m)^(?:resource|param|var) ([A-Za-z][A-Za-z0-9]*) ");

    static Stream<SetupRequest> setups() {
        return ArmExportTest.setups();
    }

    private static String bicep(SetupRequest request) {
        return ArmExportTest.exports(request, new Facts()).text(Format.BICEP);
    }

    @ParameterizedTest
    @MethodSource("setups")
    void everySymbolIsDeclaredOnceAndEveryBracketClosed(SetupRequest request) {
        String text = bicep(request);
        List<String> declared =
                DECLARED.matcher(text).results().map(found -> found.group(1)).toList();
        assertThat(declared).doesNotHaveDuplicates();
        String code = code(text);
        assertThat(code.chars().filter(c -> "{[(".indexOf(c) >= 0).count())
                .isEqualTo(code.chars().filter(c -> "}])".indexOf(c) >= 0).count());
        List<String> used = Stream.concat(
                        Pattern.compile("\\b([A-Za-z][A-Za-z0-9]*)\\.(?:id|properties|identity)\\b")
                                .matcher(withInterpolations(text))
                                .results(),
                        Pattern.compile("(?m)^  scope: ([A-Za-z][A-Za-z0-9]*)$")
                                .matcher(text)
                                .results())
                .map(found -> found.group(1))
                .toList();
        assertThat(declared).containsAll(used);
    }

    /** Without texts and comments. */
    private static String code(String text) {
        return LITERAL.matcher(text.replaceAll("(?m)^//.*$", "")).replaceAll("''");
    }

    private static String withInterpolations(String text) {
        return code(text.replaceAll("(?m)^//.*$", "").replaceAll("'\\$\\{([^}]*)}[^']*'", "$1"));
    }

    @ParameterizedTest
    @MethodSource("setups")
    void itHasTheSameResourcesAsTheTemplateForItsGroup(SetupRequest request) throws Exception {
        List<String> types = Pattern.compile("(?m)^resource \\w+ '([^@]+)@[^']+' = \\{$")
                .matcher(bicep(request))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(types)
                .containsExactlyElementsOf(ArmExportTest.types(ArmExportTest.arm(request, new Facts())).stream()
                        .filter(type -> !type.equals("Microsoft.Resources/deployments"))
                        .toList());
    }

    @Test
    void theRoleOnARegistryOfAnotherGroupIsACommand() {
        String text = bicep(Requests.of(Requests.OLD_REGISTRY, Requests.USER_ASSIGNED, Requests.NEW_MACHINE));

        assertThat(text)
                .contains("resource registry 'Microsoft.ContainerRegistry/registries@2025-11-01' existing = {\n"
                        + "  name: 'contoso'\n  scope: resourceGroup('images')\n}")
                .contains("//   az role assignment create --subscription 'My Subscription' --assignee-object-id"
                        + " \"$(az identity show --subscription 'My Subscription' --resource-group"
                        + " myResourceGroup --name myACRId --query principalId --output tsv)\"")
                .doesNotContain("roleAssignments@");
    }

    @Test
    void aConditionIsQuoted() {
        SetupRequest usual = Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, Requests.NEW_MACHINE);

        assertThat(bicep(Requests.like(usual, new RepositoryScope(List.of("team/api")))))
                .contains("StringEqualsIgnoreCase \\'team/api\\'");
    }
}
