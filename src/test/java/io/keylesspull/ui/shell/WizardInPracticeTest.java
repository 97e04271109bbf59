package io.keylesspull.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerLight;
import io.keylesspull.app.Composition;
import io.keylesspull.app.PracticeAccess;
import io.keylesspull.azure.cluster.ClusterInfo;
import io.keylesspull.azure.model.Location;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.NetworkInfo;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.model.Tenant;
import io.keylesspull.azure.signin.SignInEnvironment;
import io.keylesspull.network.NoNetwork;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import io.keylesspull.ui.access.Words;
import io.keylesspull.ui.component.Screenshot;
import io.keylesspull.ui.component.SearchableChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.RadioButton;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** The wizard over the real rooms and the practice cloud: no fakes, and nothing typed. */
@Timeout(180)
class WizardInPracticeTest {

    @TempDir
    private Path folder;

    private final ExecutorService background = Executors.newCachedThreadPool();
    private Composition composition;
    private Stage stage;

    @AfterEach
    void close() throws Exception {
        if (stage != null) {
            WaitForAsyncUtils.asyncFx(stage::close).get();
        }
        background.shutdownNow();
        if (composition != null) {
            composition.close();
        }
        FxToolkit.cleanupStages();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void nextAloneLeadsToAProvenPull(String language) throws Exception {
        Texts texts = new Texts(Locale.forLanguageTag(language));
        start(texts);

        walk(texts, step -> {}, "practice-" + language, WizardStep.DONE);
    }

    @Test
    void anImageThatThisComputerCannotReadIsTypedAndTheReviewSaysThatTheMachineReadsIt() throws Exception {
        Texts texts = new Texts(Locale.ENGLISH);
        start(texts);

        walk(
                texts,
                step -> {
                    if (step == WizardStep.REGISTRY) {
                        WaitForAsyncUtils.asyncFx(
                                        () -> radio(texts.render("ui.existing")).fire())
                                .get();
                        until(() -> choose("practiceprivate"));
                        until(() -> ((RadioButton) radio(texts.render("ui.image.own"))).isSelected());
                        until(() -> typed().getParent().isVisible());
                        WaitForAsyncUtils.asyncFx(() -> typed().setText("payroll/api:4.1"))
                                .get();
                    }
                    if (step == WizardStep.TARGETS) {
                        press(texts.render("ui.existing"));
                        until(() -> tick("practiceDocker"));
                    }
                },
                "private",
                WizardStep.REVIEW);

        until(() -> stage.getScene().getRoot().lookupAll(".label").stream()
                .map(node -> WizardInWindow.visible((Label) node))
                .anyMatch("Image “payroll/api:4.1”, read by the targets"::equals));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void aMachineReadsTheListThatThisComputerCannotAndTheImageIsChosenFromIt(String language) throws Exception {
        Texts texts = new Texts(Locale.forLanguageTag(language));
        start(texts);

        walk(
                texts,
                step -> {
                    if (step == WizardStep.REGISTRY) {
                        press(texts.render("ui.existing"));
                        until(() -> choose("practiceprivate"));
                        until(() -> !button("read-by-machine").isDisabled());
                        assertThat(shows("practiceJump")).isTrue();
                        Screenshot.of(stage.getScene(), "reader-" + language + ".png");
                        WaitForAsyncUtils.asyncFx(
                                        () -> button("read-by-machine").fire())
                                .get();
                        until(() -> shows(texts.render("ui.image.reader.machine", "practiceJump")));
                        assertThat(typed().getParent().getParent().isVisible()).isFalse();
                        until(() -> !next().isDisabled());
                        until(() -> pick("repository", "payroll/api"));
                        until(() -> shows("4.1"));
                    }
                    if (step == WizardStep.TARGETS) {
                        press(texts.render("ui.existing"));
                        until(() -> tick("practiceDocker"));
                    }
                },
                "by-machine-" + language,
                WizardStep.REVIEW);

        until(() -> shows("payroll/api:4.1"));
    }

    private Button button(String id) {
        return (Button) stage.getScene().lookup("#" + id);
    }

    @SuppressWarnings("unchecked")
    private boolean pick(String id, String wanted) {
        SearchableChoice<String> choice =
                (SearchableChoice<String>) stage.getScene().lookup("#" + id);
        if (choice.items().contains(wanted)) {
            choice.valueProperty().set(wanted);
        }
        return wanted.equals(choice.valueProperty().get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void aMachineThatOnlyRunCommandReachesIsSetUpToAProvenPull(String language) throws Exception {
        Texts texts = new Texts(Locale.forLanguageTag(language));
        start(texts);

        walk(
                texts,
                step -> {
                    if (step == WizardStep.TARGETS) {
                        press(texts.render("ui.existing"));
                        until(() -> tick("practiceAgentOnly"));
                        press(texts.render("ui.machines.way.RUN_COMMAND"));
                    }
                    if (step == WizardStep.REVIEW) {
                        until(() -> shows(texts.render("setup.runCommand.slow.what", "practiceAgentOnly")));
                    }
                },
                "run-command-" + language,
                WizardStep.DONE);

        until(() -> shows(
                texts.render("ui.done.way", texts.render("setup.way.runCommand", "azureuser@practiceAgentOnly"))));
        until(() -> shows(texts.render("setup.runCommand.reached")));
    }

    @ParameterizedTest
    @CsvSource({"en, 900, 600", "ja, 900, 600", "en, 1000, 700", "ja, 1000, 700"})
    void aClusterAloneIsSetUpToAProvenPull(String language, int width, int height) throws Exception {
        Texts texts = new Texts(Locale.forLanguageTag(language));
        start(texts);
        size(width, height);

        walk(
                texts,
                step -> {
                    if (step == WizardStep.REGISTRY) {
                        press(texts.render("ui.existing"));
                        until(() -> choose("practiceclassic"));
                        until(() -> pick("repository", "web/frontend"));
                        until(() -> !next().isDisabled());
                    }
                    if (step == WizardStep.TARGETS) {
                        fire("target-clusters");
                        fire("target-machines");
                        until(() -> tickCluster("practiceCluster"));
                    }
                    if (step == WizardStep.REVIEW) {
                        until(() -> shows("practiceRegistries"));
                        assertThat(shows("keyless-pull-rg")).isFalse();
                    }
                },
                "cluster-" + language + "-" + width,
                WizardStep.DONE);

        until(() -> shows(texts.render("ui.done.pool", "nodepool1")) && shows(texts.render("ui.done.pool", "apps")));
        assertThat(shows(texts.render("ui.done.pool", "win"))).isFalse();
        assertThat(shows(texts.render("ui.done.canPull", "practiceCluster", "practiceclassic.azurecr.io")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"en, 900, 600", "ja, 1000, 700"})
    void aScaleSetIsSetUpToAProvenPull(String language, int width, int height) throws Exception {
        Texts texts = new Texts(Locale.forLanguageTag(language));
        start(texts);
        size(width, height);

        walk(
                texts,
                step -> {
                    if (step == WizardStep.TARGETS) {
                        fire("target-fleet");
                        fire("target-machines");
                        until(() -> stage.getScene().lookup("#fleet-instances") != null);
                        WaitForAsyncUtils.asyncFx(
                                        () -> ((Spinner<?>) stage.getScene().lookup("#fleet-instances"))
                                                .getEditor()
                                                .setText("4"))
                                .get();
                        WaitForAsyncUtils.asyncFx(
                                        () -> ((Spinner<?>) stage.getScene().lookup("#fleet-instances")).commitValue())
                                .get();
                    }
                    if (step == WizardStep.REVIEW) {
                        until(() -> shows(texts.render("setup.picture.targets.SCALE_SET", 4)));
                    }
                },
                "fleet-" + language + "-" + width,
                WizardStep.DONE);

        until(() -> shows(texts.render("ui.done.fleet.all", 4)));
        thePictureIsFilledIn(texts);
    }

    @ParameterizedTest
    @CsvSource({"en, 900, 600", "ja, 1000, 700"})
    void aMachineAndAClusterAreSetUpToAProvenPullInOneRun(String language, int width, int height) throws Exception {
        Texts texts = new Texts(Locale.forLanguageTag(language));
        start(texts);
        size(width, height);

        walk(
                texts,
                step -> {
                    if (step == WizardStep.TARGETS) {
                        fire("target-clusters");
                        press(texts.render("ui.existing"));
                        until(() -> tick("practiceDocker"));
                        until(() -> tickCluster("practiceClusterEntra"));
                    }
                },
                "mixed-" + language + "-" + width,
                WizardStep.DONE);

        until(() -> shows(texts.render("ui.done.pool", "apps")) && shows(texts.render("ui.done.pull")));
        until(() -> stage.getScene().lookup(".more") != null);
        until(() -> stage.getScene().getRoot().lookupAll(".copy").stream().allMatch(this::isInWidth));
        thePictureIsFilledIn(texts);
    }

    private void thePictureIsFilledIn(Texts texts) throws Exception {
        until(() -> stage.getScene().lookup("#done-picture") != null);
        WaitForAsyncUtils.asyncFx(() -> ((TitledPane) stage.getScene().lookup("#done-picture")).setExpanded(true))
                .get();
        until(() -> stage.getScene().lookup(".picture-part") != null);
        List<String> done =
                List.of(texts.render("setup.picture.state.THERE"), texts.render("setup.picture.state.PROVEN"));
        assertThat(stage.getScene().getRoot().lookupAll(".picture-part").stream()
                        .map(Node::getAccessibleText)
                        .filter(part -> done.stream().noneMatch(part::endsWith)))
                .isEmpty();
    }

    /** Whether nothing of it is cut off at the right. */
    private boolean isInWidth(Node node) {
        return node.localToScene(node.getBoundsInLocal()).getMaxX()
                <= stage.getScene().getWidth();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void aClusterThatCannotBeSetUpIsRefusedAtTheReview(String language) throws Exception {
        Texts texts = new Texts(Locale.forLanguageTag(language));
        start(texts);
        walk(
                texts,
                step -> {
                    if (step == WizardStep.TARGETS) {
                        fire("target-clusters");
                        fire("target-machines");
                        until(() -> tickCluster("practiceClusterNoCommand"));
                    }
                },
                "cluster-refused-" + language,
                WizardStep.IDENTITY);
        WaitForAsyncUtils.asyncFx(() -> next().fire()).get();

        until(() -> shows(texts.render("setup.clusterNoCommand.what", "practiceClusterNoCommand")));
        Screenshot.of(stage.getScene(), "cluster-refused-" + language + "-review.png");
        assertThat(next().isDisabled()).isTrue();
    }

    private void size(int width, int height) throws Exception {
        WaitForAsyncUtils.asyncFx(() -> {
                    stage.setWidth(width);
                    stage.setHeight(height);
                })
                .get();
    }

    private void fire(String id) throws Exception {
        until(() -> stage.getScene().lookup("#" + id) != null);
        WaitForAsyncUtils.asyncFx(() -> ((ButtonBase) stage.getScene().lookup("#" + id)).fire())
                .get();
    }

    @SuppressWarnings("unchecked")
    private boolean tickCluster(String name) {
        ListView<ClusterInfo> list = (ListView<ClusterInfo>) stage.getScene().lookup("#clusters-list .list-view");
        return list != null && tick(list, cluster -> cluster.name().equals(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void aMachineInASubnetChosenFromTheListIsSetUpToAProvenPull(String language) throws Exception {
        Texts texts = new Texts(Locale.forLanguageTag(language));
        start(texts);

        walk(
                texts,
                step -> {
                    if (step == WizardStep.REGISTRY) {
                        until(this::chooseJapanEast);
                    }
                    if (step == WizardStep.TARGETS) {
                        press(texts.render("ui.machines.network.SUBNET"));
                        until(this::chooseSubnetOfAgentMachine);
                        press(texts.render("ui.machines.way.RUN_COMMAND"));
                    }
                    if (step == WizardStep.REVIEW) {
                        until(() -> shows("practiceAgentOnlyVNET/practiceAgentOnlySubnet"));
                    }
                },
                "subnet-" + language,
                WizardStep.DONE);

        until(() -> shows(texts.render("setup.runCommand.reached")));
    }

    @SuppressWarnings("unchecked")
    private boolean chooseSubnetOfAgentMachine() {
        SearchableChoice<NetworkInfo.Subnet> choice =
                (SearchableChoice<NetworkInfo.Subnet>) stage.getScene().lookup("#subnet-choice");
        if (choice == null) {
            return false;
        }
        choice.items().stream()
                .filter(each -> each.id().endsWith("/practiceAgentOnlySubnet"))
                .forEach(choice.valueProperty()::set);
        return choice.valueProperty().get() != null;
    }

    @SuppressWarnings("unchecked")
    private boolean chooseJapanEast() {
        SearchableChoice<Location> choice =
                (SearchableChoice<Location>) stage.getScene().lookup("#location");
        if (choice == null) {
            return false;
        }
        choice.items().stream().filter(each -> each.name().equals("japaneast")).forEach(choice.valueProperty()::set);
        return choice.items().contains(choice.valueProperty().get())
                && choice.valueProperty().get().name().equals("japaneast");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void aNewSubscriptionIsSetUpToAProvenPull(String language) throws Exception {
        Texts texts = new Texts(Locale.forLanguageTag(language));
        start(texts);

        walk(
                texts,
                step -> {
                    if (step == WizardStep.SIGN_IN) {
                        press(texts.render("ui.situation.NEW_SUBSCRIPTION"));
                    }
                },
                "situation-new-" + language,
                WizardStep.DONE);

        assertThat(inRail("Empty practice subscription")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void inAnotherDirectoryItsOwnSubscriptionIsSetUpToAProvenPull(String language) throws Exception {
        Texts texts = new Texts(Locale.forLanguageTag(language));
        start(texts);

        walk(
                texts,
                step -> {
                    if (step == WizardStep.SIGN_IN) {
                        press(texts.render("ui.situation.SEVERAL_DIRECTORIES"));
                        until(() -> Words.of(next()).equals(texts.render("ui.next.signIn")) && !next().isDisabled());
                        WaitForAsyncUtils.asyncFx(() -> next().fire()).get();
                        until(() -> inRail("Practice subscription"));
                        until(this::choosePartner);
                        until(() -> inRail("Partner subscription"));
                        assertThat(((Label) stage.getScene().lookup("#rail-directory")).getText())
                                .isEqualTo("Partner directory");
                    }
                    if (step == WizardStep.REGISTRY) {
                        press(texts.render("ui.existing"));
                        until(() -> choose("practicepartner"));
                    }
                },
                "situation-directories-" + language,
                WizardStep.DONE);

        assertThat(shows("practicepartner.azurecr.io")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void withoutTheRightToAssignRolesTheReviewRefuses(String language) throws Exception {
        Texts texts = new Texts(Locale.forLanguageTag(language));
        start(texts);
        toReviewOf("MISSING_RIGHTS", texts, language);

        until(() -> shows(texts.render("setup.noRoleRight.what", "")));
        Screenshot.of(stage.getScene(), "situation-rights-" + language + "-review.png");
        assertThat(next().isDisabled()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void whatAPolicyDeniesIsSaidAtTheReview(String language) throws Exception {
        Texts texts = new Texts(Locale.forLanguageTag(language));
        start(texts);
        toReviewOf("POLICY_AND_LOCK", texts, language);

        until(() -> shows(texts.render("setup.policyDenies.what", "no-public-addresses")));
        Screenshot.of(stage.getScene(), "situation-policy-" + language + "-review.png");
        assertThat(next().isDisabled()).isTrue();
    }

    private void toReviewOf(String situation, Texts texts, String language) throws Exception {
        walk(
                texts,
                step -> {
                    if (step == WizardStep.SIGN_IN) {
                        press(texts.render("ui.situation." + situation));
                    }
                },
                "situation-" + situation.toLowerCase(Locale.ROOT) + "-" + language,
                WizardStep.IDENTITY);
        WaitForAsyncUtils.asyncFx(() -> next().fire()).get();
        until(() -> title().getText().equals(texts.render("ui.title.REVIEW")));
    }

    private boolean inRail(String subscription) {
        return stage.getScene().lookup(".rail-subscription") instanceof Label label
                && label.getText().equals(subscription);
    }

    @SuppressWarnings("unchecked")
    private boolean choosePartner() {
        SearchableChoice<Tenant> choice =
                (SearchableChoice<Tenant>) stage.getScene().lookup("#tenant");
        if (choice == null) {
            return false;
        }
        choice.items().stream()
                .filter(each -> each.name().equals("Partner directory"))
                .findFirst()
                .ifPresent(each -> choice.valueProperty().set(each));
        return choice.valueProperty().get() != null
                && choice.valueProperty().get().name().equals("Partner directory");
    }

    private void press(String radio) throws Exception {
        until(() -> stage.getScene().getRoot().lookupAll(".radio-button").stream()
                .anyMatch(node -> ((ButtonBase) node).getText().equals(radio)));
        WaitForAsyncUtils.asyncFx(() -> radio(radio).fire()).get();
    }

    @SuppressWarnings("unchecked")
    private boolean tick(String machine) {
        ListView<MachineInfo> list = (ListView<MachineInfo>) stage.getScene().lookup("#machines-list .list-view");
        return list != null && tick(list, each -> each.name().equals(machine));
    }

    private static <T> boolean tick(ListView<T> list, Predicate<T> wanted) {
        for (T each : list.getItems()) {
            if (wanted.test(each)) {
                list.getSelectionModel().select(each);
                Event.fireEvent(
                        list, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.SPACE, false, false, false, false));
                return true;
            }
        }
        return false;
    }

    private boolean shows(String text) {
        return stage.getScene().getRoot().lookupAll(".label").stream()
                .anyMatch(node -> WizardInWindow.visible((Label) node).contains(text));
    }

    private ButtonBase radio(String text) {
        return stage.getScene().getRoot().lookupAll(".radio-button").stream()
                .map(ButtonBase.class::cast)
                .filter(button -> text.equals(Words.of(button)))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private boolean choose(String registry) {
        SearchableChoice<RegistryInfo> choice =
                (SearchableChoice<RegistryInfo>) stage.getScene().lookup("#registry-choice");
        choice.items().stream()
                .filter(each -> each.name().equals(registry))
                .findFirst()
                .ifPresent(each -> choice.valueProperty().set(each));
        return choice.valueProperty().get() != null
                && choice.valueProperty().get().name().equals(registry);
    }

    private TextField typed() {
        return (TextField) stage.getScene().lookup("#image-typed");
    }

    /** What somebody does on a page before going on. */
    private interface OnPage {
        void act(WizardStep step) throws Exception;
    }

    private void start(Texts texts) throws Exception {
        composition = new Composition(
                () -> PracticeAccess.to(PracticeCloud.start(Pace.INSTANT, Time.system(), new Random())),
                NoNetwork::open,
                new Texts(Locale.ENGLISH),
                SignInEnvironment.bare().browser(),
                folder,
                background,
                Time.system());
        FxToolkit.registerPrimaryStage();
        WaitForAsyncUtils.asyncFx(() -> open(texts)).get();
    }

    private void walk(Texts texts, OnPage onPage, String name, WizardStep last) throws Exception {
        for (WizardStep step : WizardStep.values()) {
            until(() -> title().getText().equals(texts.render("ui.title." + step)));
            onPage.act(step);
            try {
                until(() -> !next().isDisabled());
            } catch (TimeoutException e) {
                Screenshot.of(stage.getScene(), name + "-stuck.png");
                throw e;
            }
            Screenshot.of(
                    stage.getScene(),
                    name + "-" + (step.ordinal() + 1) + "-" + step.name().toLowerCase(Locale.ROOT) + ".png");
            if (step == last) {
                return;
            }
            WaitForAsyncUtils.asyncFx(() -> next().fire()).get();
        }
    }

    private void open(Texts texts) {
        WizardWindow window = new WizardWindow(new Dependencies(
                texts,
                composition,
                background,
                Time.system(),
                new Random(7),
                uri -> {},
                Arrangement.none(),
                TestHost.of(false),
                Desktop.none()));
        window.scene().setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
        stage = new Stage();
        window.show(stage);
        window.fill();
    }

    private Labeled title() {
        return (Labeled) stage.getScene().lookup("#page-title");
    }

    private Button next() {
        return (Button) stage.getScene().lookup("#next");
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        WaitForAsyncUtils.waitFor(
                60, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition).get());
    }
}
