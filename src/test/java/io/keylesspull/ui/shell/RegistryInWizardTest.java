package io.keylesspull.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerLight;
import io.keylesspull.setup.request.SetupRequest;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

/** The page of the registry and the image. */
class RegistryInWizardTest extends WizardInWindow {

    @Test
    void aNameThatAzureWouldRefuseStopsTheWayOnAndBackKeepsIt() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 900, 600);
        press("#next");
        until(() -> find("#registry-name", TextField.class) != null);
        type("#registry-name", "no-hyphens");
        until(() -> find("#next", Button.class).isDisabled());
        picture("bad-name");
        type("#registry-name", "taken");
        until(() -> shows("This name is taken already"));
        assertThat(find("#next", Button.class).isDisabled()).isTrue();
        type("#registry-name", "myContainerRegistry");
        press("#next");
        assertThat(title()).isEqualTo("Targets");
        press("#back");
        until(() -> find("#registry-name", TextField.class) != null);
        assertThat(find("#registry-name", TextField.class).getText()).isEqualTo("myContainerRegistry");
    }

    @Test
    void whatExistsCanBePickedToo() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 900, 600);
        press("#next");
        until(() -> find("#registry-name", TextField.class) != null);
        choose("Existing");
        until(() -> !find("#next", Button.class).isDisabled());
        picture("existing-registry");
        press("#next");
        choose("Existing");
        until(() -> find("#next", Button.class).isDisabled());
        WaitForAsyncUtils.asyncFx(() -> {
                    ListView<?> list = (ListView<?>) stage.getScene().lookup("#machines-list .list-view");
                    for (int row : new int[] {0, 2}) {
                        list.getSelectionModel().select(row);
                        key(list, KeyCode.SPACE);
                    }
                })
                .get();
        picture("existing-machines");
        press("#next");
        choose("Existing");
        picture("existing-identity");
        press("#next");
        press("#next");
        press("#next");
        picture("existing-done");
        assertThat(shows(FakeSession.LONG)).isTrue();
    }

    @Test
    void anImageIsImportedUnderTheNameThatItHasWhereItComesFrom() throws Exception {
        BlockingQueue<SetupRequest> asked = reviewsAsked();
        open(Locale.ENGLISH, new PrimerLight(), 1000, 800);
        press("#next");
        choose("Another one, imported");
        type("#import-source", "contoso.azurecr.io/app:v1");
        until(() -> shows("Name another Azure registry by its resource id"));
        assertThat(find("#next", Button.class).isDisabled()).isTrue();
        type("#import-source", "docker.io/grafana/grafana:11.3.0");
        picture("import");
        press("#next");
        press("#next");
        press("#next");
        SetupRequest request = asked.poll(20, TimeUnit.SECONDS);
        assertThat(request.registry().imported()).contains("docker.io/grafana/grafana:11.3.0");
        assertThat(request.image()).isEqualTo("grafana:11.3.0");
    }

    @Test
    void anImageThatIsThereIsPulledByItsDigestIfThatIsTicked() throws Exception {
        BlockingQueue<SetupRequest> asked = reviewsAsked();
        open(Locale.ENGLISH, new PrimerLight(), 1000, 800);
        press("#next");
        choose("Existing");
        until(() -> find("#by-digest", CheckBox.class) != null && seen(find("#by-digest", CheckBox.class)));
        WaitForAsyncUtils.asyncFx(() -> find("#by-digest", CheckBox.class).setSelected(true))
                .get();
        picture("by-digest");
        press("#next");
        press("#next");
        press("#next");
        assertThat(asked.poll(20, TimeUnit.SECONDS).image()).isEqualTo("shop/web@sha256:" + "1".repeat(64));
    }
}
