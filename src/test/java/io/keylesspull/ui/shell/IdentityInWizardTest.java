package io.keylesspull.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerLight;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.paging.Pages;
import io.keylesspull.setup.plan.Review;
import io.keylesspull.setup.request.SetupRequest;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

/** The page of the identity, its role and what is done for it on the machines. */
class IdentityInWizardTest extends WizardInWindow {

    @Test
    void whatIsUntickedIsNotAskedFor() throws Exception {
        BlockingQueue<SetupRequest> asked = reviewsAsked();
        open(Locale.ENGLISH, new PrimerLight(), 1000, 700);
        press("#next");
        press("#next");
        untick("#docker-group");
        press("#next");
        untick("#keep-signed-in");
        press("#next");
        SetupRequest request = asked.poll(20, TimeUnit.SECONDS);
        assertThat(List.of(request.access().dockerGroup(), request.access().credentialHelper()))
                .containsOnly(false);
    }

    @Test
    void onARegistryWithRepositoryPermissionsTheRoleIsLimitedToRepositories() throws Exception {
        BlockingQueue<SetupRequest> asked = new LinkedBlockingQueue<>();
        practiceSession = new FakeSession(true) {
            @Override
            public Pages<RegistryInfo, Failure> registries(String subscriptionId) {
                return wantsMore ->
                        super.registries(subscriptionId).read(page -> wantsMore.test(page.subList(1, page.size())));
            }

            @Override
            public Review review(SetupRequest request) {
                asked.add(request);
                return super.review(request);
            }
        };
        open(Locale.ENGLISH, new PrimerLight(), 1000, 800);
        press("#next");
        choose("Existing");
        press("#next");
        press("#next");
        choose("Only these");
        until(() -> find("#repositories", TextField.class).getText().equals("shop/web"));
        type("#repositories", "shop/api");
        until(() -> shows("The machines pull from repository shop/web"));
        assertThat(find("#next", Button.class).isDisabled()).isTrue();
        type("#repositories", "shop/api, shop/*");
        picture("repositories");
        press("#next");
        assertThat(asked.poll(20, TimeUnit.SECONDS).repositories().patterns()).containsExactly("shop/api", "shop/*");
    }

    private void untick(String selector) throws Exception {
        until(() -> find(selector, CheckBox.class) != null
                && find(selector, CheckBox.class).isSelected());
        WaitForAsyncUtils.asyncFx(() -> find(selector, CheckBox.class).fire()).get();
    }

    @Test
    void theRoleOnANewRegistryIsLimitedToRepositories() throws Exception {
        BlockingQueue<SetupRequest> asked = reviewsAsked();
        open(Locale.ENGLISH, new PrimerLight(), 1000, 800);
        press("#next");
        press("#next");
        press("#next");
        assertThat(shows("The new registry is created with repository permissions"))
                .isFalse();
        choose("Only these");
        until(() -> find("#repositories", TextField.class).getText().equals("aci-helloworld"));
        until(() -> shows("The new registry is created with repository permissions (ABAC)"));
        until(() -> shows("“Container Registry Repository Reader” is granted instead"));
        picture("repositories-new");
        press("#next");
        assertThat(asked.poll(20, TimeUnit.SECONDS).repositories().patterns()).containsExactly("aci-helloworld");
    }

    @Test
    void onARegistryWithoutRepositoryPermissionsItIsSaidThatTheRoleCannotBeLimited() throws Exception {
        practiceSession = new FakeSession(true);
        open(Locale.ENGLISH, new PrimerLight(), 1000, 800);
        press("#next");
        choose("Existing");
        press("#next");
        press("#next");

        until(() -> shows("All. This registry has registry permissions"));
        assertThat(stage.getScene().getRoot().lookupAll(".radio-button"))
                .noneMatch(node -> ((Labeled) node).getText().equals("Only these") && seen(node));
    }
}
