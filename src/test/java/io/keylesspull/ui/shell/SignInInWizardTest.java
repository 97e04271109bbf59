package io.keylesspull.ui.shell;

import static io.keylesspull.ui.shell.FakeSession.words;
import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerLight;
import io.keylesspull.azure.model.Subscription;
import io.keylesspull.azure.model.Tenant;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.paging.Pages;
import io.keylesspull.ui.access.Words;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Labeled;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

/** The page on which one signs in. */
class SignInInWizardTest extends WizardInWindow {

    @Test
    void azureAsksForDirectoryAndSubscriptionBeforeItGoesOn() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 1000, 700);
        space("#azure");
        assertThat(Words.of(find("#next", Button.class))).isEqualTo("Sign in");
        assertThat(find("#practice-label", Labeled.class).getParent().isVisible())
                .isFalse();
        press("#next");
        until(() -> Words.of(find("#next", Button.class)).equals("Next"));
        picture("azure");
        press("#next");
        assertThat(title()).isEqualTo("Registry and image");
    }

    @Test
    void anAccountWithoutSubscriptionsIsReported() throws Exception {
        azureSession = new FakeSession(false) {
            @Override
            public Pages<Subscription, Failure> subscriptions() {
                return Pages.of(List.of());
            }
        };
        open(Locale.ENGLISH, new PrimerLight(), 1000, 700);
        space("#azure");
        press("#next");
        until(() -> shows("This account has no subscription in this directory."));
        assertThat(find("#next", Button.class).isDisabled()).isTrue();
    }

    @Test
    void anUnreachableAzureIsExplainedAndCanBeTriedAgain() throws Exception {
        azureSession = new FakeSession(false) {
            @Override
            public List<Tenant> tenants() throws Failure {
                throw new Failure(new Problem(
                        words("Azure cannot be reached."),
                        words("Nobody is signed in."),
                        words("Check the network."),
                        "connection refused"));
            }
        };
        open(Locale.ENGLISH, new PrimerLight(), 1000, 700);
        space("#azure");
        press("#next");
        until(() -> shows("Azure cannot be reached.") && shows("Try again"));
        assertThat(shows("Subscription")).isFalse();
        picture("azure-unreachable");
    }

    @Test
    void aSignOutThatFailsIsReported() throws Exception {
        signOutProblem = Optional.of(problem("The account could not be forgotten."));
        open(Locale.ENGLISH, new PrimerLight(), 1000, 700);
        space("#azure");
        press("#next");
        until(() -> stage.getScene().lookup("#sign-out") != null);
        WaitForAsyncUtils.asyncFx(() -> find("#sign-out", Hyperlink.class).fire())
                .get();
        until(() -> shows("The account could not be forgotten.") && shows("Try again"));
        space("#practice");
        assertThat(shows("The account could not be forgotten.")).isFalse();
    }
}
