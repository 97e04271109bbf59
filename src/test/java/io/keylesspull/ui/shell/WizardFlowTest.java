package io.keylesspull.ui.shell;

import static io.keylesspull.ui.shell.FakeSession.words;
import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.model.Tenant;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.paging.Pages;
import io.keylesspull.setup.plan.Review;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.Check;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.access.Words;
import io.keylesspull.ui.component.Screenshot;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.util.WaitForAsyncUtils;

/** The way from page to page, and what comes into view there. */
class WizardFlowTest extends WizardInWindow {

    /** Presses Next only, and keeps a picture of each page. */
    private void walk(Texts texts, String kind) throws Exception {
        for (WizardStep step : WizardStep.values()) {
            until(() -> find("#page-title", Labeled.class).getText().equals(texts.render("ui.title." + step)));
            until(() -> !find("#next", Button.class).isDisabled());
            Screenshot.of(
                    stage.getScene(),
                    "wizard-" + (step.ordinal() + 1) + "-" + step.name().toLowerCase(Locale.ROOT) + kind + ".png");
            if (step != WizardStep.DONE) {
                press("#next");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void manyTargetsAreAListAtTheEndWithTheFactsOfOne(String language) throws Exception {
        Texts texts = new Texts(Locale.forLanguageTag(language));
        open(texts.locale(), new PrimerLight(), 900, 600);
        for (WizardStep step : WizardStep.values()) {
            until(() -> title().equals(texts.render("ui.title." + step)));
            if (step == WizardStep.TARGETS) {
                WaitForAsyncUtils.asyncFx(
                                () -> find("#count", Spinner.class).getEditor().setText("5"))
                        .get();
                WaitForAsyncUtils.asyncFx(() -> find("#count", Spinner.class).commitValue())
                        .get();
            }
            if (step != WizardStep.DONE) {
                press("#next");
            }
        }
        until(() -> find("#done-targets", ListView.class) != null);
        ListView<?> targets = find("#done-targets", ListView.class);
        assertThat(targets.getItems()).hasSize(5);
        assertThat(stage.getScene().getRoot().lookupAll(".proven-machine")).hasSize(1);
        WaitForAsyncUtils.asyncFx(() -> targets.getSelectionModel().select(4)).get();
        until(() -> shows("docker pull"));
        assertThat(stage.getScene().getRoot().lookupAll(".proven-machine")).hasSize(1);
        picture("done-many-" + language);
    }

    @Test
    void theWindowStandsBeforeItsFirstPageAndMayBeClosedBeforeIt() throws Exception {
        WizardWindow window = show(Locale.ENGLISH, new PrimerLight(), 1000, 700);
        assertThat(find(".rail", Node.class).isVisible()).isTrue();
        assertThat(find("#page-title", Labeled.class)).isNull();
        WaitForAsyncUtils.asyncFx(stage::close).get();
        WaitForAsyncUtils.asyncFx(window::fill).get();
        assertThat(find("#page-title", Labeled.class)).isNull();
    }

    @Test
    void whileAPageIsLoadingEnterLeadsNowhereElse() throws Exception {
        Semaphore answers = new Semaphore(0);
        practiceSession = new FakeSession(true) {
            @Override
            public Pages<RegistryInfo, Failure> registries(String subscriptionId) {
                return wantsMore -> {
                    answers.acquireUninterruptibly();
                    super.registries(subscriptionId).read(wantsMore);
                };
            }

            @Override
            public Review review(SetupRequest request) {
                answers.acquireUninterruptibly();
                return super.review(request);
            }
        };
        Texts texts = new Texts(Locale.ENGLISH);
        open(Locale.ENGLISH, new PrimerLight(), 1000, 700);
        for (WizardStep step : List.of(
                WizardStep.SIGN_IN, WizardStep.REGISTRY, WizardStep.TARGETS, WizardStep.IDENTITY, WizardStep.REVIEW)) {
            until(() -> find("#page-title", Labeled.class).getText().equals(texts.render("ui.title." + step)));
            WaitForAsyncUtils.waitForFxEvents();
            until(() -> !(stage.getScene().getFocusOwner() instanceof Button focused)
                    || focused == find("#next", Button.class));
            if (step == WizardStep.REGISTRY || step == WizardStep.REVIEW) {
                answers.release();
            }
            press("#next");
        }
    }

    @Test
    void inPracticeNextAloneLeadsFromTheFirstPageToDone() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 1000, 700);
        walk(new Texts(Locale.ENGLISH), "");
        assertThat(title()).isEqualTo("Done");
        press("#another");
        assertThat(title()).isEqualTo("Registry and image");
    }

    @Test
    void theSameWalkInTheSmallestDarkWindow() throws Exception {
        open(Locale.ENGLISH, new PrimerDark(), 900, 600);
        walk(new Texts(Locale.ENGLISH), "-dark-small");
        assertThat(title()).isEqualTo("Done");
    }

    @Test
    void theSameWalkInJapanese() throws Exception {
        open(Locale.JAPANESE, new PrimerLight(), 900, 600);
        walk(new Texts(Locale.JAPANESE), "-ja-small");
        assertThat(title()).isEqualTo("完了");
    }

    @Test
    void theReviewOffersEveryFormatToExport() throws Exception {
        open(Locale.JAPANESE, new PrimerLight(), 1000, 700);
        for (int page = 0; page < 4; page++) {
            until(() -> !find("#next", Button.class).isDisabled());
            press("#next");
        }
        until(() -> find("#export-setup", MenuButton.class) != null
                && !find("#export-setup", MenuButton.class).isDisabled());
        assertThat(find("#export-setup", MenuButton.class).getItems().stream().map(MenuItem::getText))
                .containsExactly(
                        "ARM テンプレート (JSON)",
                        "Bicep",
                        "Terraform (azurerm)",
                        "cloud-init (新しい仮想マシン用)",
                        "Azure CLI スクリプト (bash)",
                        "Azure CLI スクリプト (PowerShell)");
    }

    @Test
    void anErrorIsScrolledIntoViewWhenItComes() throws Exception {
        azureSession = new FakeSession(false) {
            @Override
            public List<Tenant> tenants() throws Failure {
                throw new Failure(problem("Azure cannot be reached."));
            }
        };
        open(Locale.ENGLISH, new PrimerLight(), 900, 600);
        space("#azure");
        press("#next");
        until(() -> shows("Azure cannot be reached.") && inView(".notice-danger"));
        picture("azure-unreachable-small");
    }

    @Test
    void anErrorOfAFieldIsScrolledIntoViewWhenItComes() throws Exception {
        azureSession = new FakeSession(false) {
            @Override
            public Optional<String> callerAddress() {
                return Optional.empty();
            }
        };
        open(Locale.ENGLISH, new PrimerLight(), 900, 600);
        space("#azure");
        press("#next");
        until(() -> Words.of(find("#next", Button.class)).equals("Next"));
        press("#next");
        until(() -> find("#registry-name", TextField.class) != null);
        press("#next");
        until(() -> shows("Your own address could not be found out.") && inView(".error"));
        picture("address-needed-small");
        press("#back");
        press("#next");
        until(() -> title().equals("Targets") && inView(".error"));
    }

    @Test
    void aCheckThatForbidsTheRunIsScrolledIntoView() throws Exception {
        practiceSession = new FakeSession(true) {
            @Override
            public Review review(SetupRequest request) {
                Review usual = super.review(request);
                List<Check> good = Collections.nCopies(9, usual.checks().get(0));
                Check bad = Check.bad(words("You may assign roles"), problem("You may not assign roles."));
                return new Review(
                        usual.changes(),
                        Stream.concat(good.stream(), Stream.of(bad)).toList(),
                        usual.exports());
            }
        };
        open(Locale.ENGLISH, new PrimerLight(), 900, 600);
        for (int page = 0; page < 4; page++) {
            press("#next");
        }
        until(() -> shows("You may not assign roles.") && inView(".notice-danger"));
        picture("review-bad-small");
    }

    @Test
    void theCommandOfACheckIsShownWithAButtonThatCopiesIt() throws Exception {
        String command = "az role assignment create --role 'Role Based Access Control Administrator' --assignee o1"
                + " --scope /subscriptions/s1/resourceGroups/" + "g".repeat(60)
                + "/providers/Microsoft.ContainerRegistry/registries/myregistry";
        practiceSession = new FakeSession(true) {
            @Override
            public Review review(SetupRequest request) {
                Check bad = Check.bad(
                        words("You may assign roles"),
                        Failure.of("setup.noRoleRight", "", command).problem());
                Review usual = super.review(request);
                return new Review(usual.changes(), List.of(bad), usual.exports());
            }
        };
        open(Locale.JAPANESE, new PrimerLight(), 900, 600);
        for (int page = 0; page < 4; page++) {
            press("#next");
        }
        until(() -> shows(command) && inView(".notice-danger .copyable"));
        picture("review-command-small");
        WaitForAsyncUtils.asyncFx(() -> {
                    ((Button) stage.getScene().getRoot().lookup(".notice-danger .copyable .copy")).fire();
                    assertThat(Clipboard.getSystemClipboard().getString()).isEqualTo(command);
                })
                .get();
    }

    /** Whether the first visible one of these nodes is wholly inside the part of the page that is seen. */
    private boolean inView(String selector) {
        Node viewport = stage.getScene().lookup(".page-scroll > .viewport");
        if (viewport == null) {
            return false;
        }
        Bounds view = viewport.localToScene(viewport.getLayoutBounds());
        return stage.getScene().getRoot().lookupAll(selector).stream()
                .filter(WizardInWindow::seen)
                .findFirst()
                .map(node -> node.localToScene(node.getLayoutBounds()))
                .filter(bounds -> bounds.getHeight() > 0 && view.contains(bounds))
                .isPresent();
    }

    @Test
    void clicksThatComeBeforeAPageIsPaintedDoNotLeaveIt() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 900, 600);
        press("#next");
        press("#next");
        until(() -> title().equals("Targets") && !find("#next", Button.class).isDisabled());
        WaitForAsyncUtils.asyncFx(() -> {
                    find("#next", Button.class).fire();
                    find("#next", Button.class).fire();
                })
                .get();
        assertThat(title()).isEqualTo("Identity and role");
        press("#next");
        assertThat(title()).isEqualTo("Review");
    }

    @Test
    void theSecondClickOfADoubleClickDoesNotLeaveThePageThatTheFirstOpened() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 900, 600);
        press("#next");
        press("#next");
        click(1);
        until(() -> title().equals("Identity and role"));
        click(2);
        assertThat(title()).isEqualTo("Identity and role");
        click(3);
        assertThat(title()).isEqualTo("Identity and role");
        click(1);
        assertThat(title()).isEqualTo("Review");
    }

    @Test
    void clicksThatBeganWhileNextWasNotPossibleCountOnTheirPage() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 900, 600);
        press("#next");
        until(() -> find("#registry-name", TextField.class) != null);
        until(() -> !find("#next", Button.class).isDisabled());
        WaitForAsyncUtils.asyncFx(() -> mouse(find(".page-footer", Node.class), MouseEvent.MOUSE_PRESSED, 1))
                .get();
        click(2);
        until(() -> title().equals("Targets"));
    }

    /** Clicks on Next with the mouse. @param count 1, or which click of a multiple click it is */
    private void click(int count) throws Exception {
        until(() -> !find("#next", Button.class).isDisabled());
        WaitForAsyncUtils.asyncFx(() -> {
                    mouse(find("#next", Button.class), MouseEvent.MOUSE_PRESSED, count);
                    mouse(find("#next", Button.class), MouseEvent.MOUSE_RELEASED, count);
                })
                .get();
    }

    private static void mouse(Node node, EventType<MouseEvent> type, int count) {
        Event.fireEvent(
                node,
                new MouseEvent(
                        type,
                        5,
                        5,
                        5,
                        5,
                        MouseButton.PRIMARY,
                        count,
                        false,
                        false,
                        false,
                        false,
                        type == MouseEvent.MOUSE_PRESSED,
                        false,
                        false,
                        false,
                        false,
                        false,
                        null));
    }
}
