package io.keylesspull.setup.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.AzureException.Kind;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AzureFailuresTest {

    private static final Text SUBJECT = Text.of("setup.subject.image", "a:v1");

    private static Problem refused(String code, String message) {
        return AzureFailures.problem(SUBJECT, new AzureException(Kind.NOT_SIGNED_IN, code, 0, message, null));
    }

    @ParameterizedTest
    @CsvSource({
        "AADSTS7000215, secret",
        "AADSTS7000222, expired",
        "AADSTS700016, app",
        "AADSTS7000112, app",
        "AADSTS90002, directory",
        "AADSTS50020, account",
        "AADSTS50057, disabled",
        "AADSTS50076, multifactor",
        "AADSTS53003, Conditional Access",
        "AADSTS65001, consent"
    })
    void whatTheDirectoryRefusesIsNamed(String code, String word) {
        Problem problem = refused(code, "Azure's own words");

        assertThat(new Texts(Locale.ENGLISH).render(problem.what())).contains(word);
        assertThat(problem.details()).isEqualTo(code + ": Azure's own words");
    }

    @Test
    void anotherCodeIsASignInThatIsNotAccepted() {
        assertThat(refused("AADSTS1", "x").what()).isEqualTo(Text.of("setup.azure.not_signed_in.what", SUBJECT));
    }
}
