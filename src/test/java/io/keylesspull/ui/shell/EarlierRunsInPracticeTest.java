package io.keylesspull.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerLight;
import io.keylesspull.app.Composition;
import io.keylesspull.app.PracticeAccess;
import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.model.SignInMethod;
import io.keylesspull.azure.signin.SignInEnvironment;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.network.NoNetwork;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.setup.request.Requests;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.session.Session;
import io.keylesspull.setup.session.SetupRun;
import io.keylesspull.setup.session.StoredRun;
import io.keylesspull.setup.session.StoredRun.State;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import io.keylesspull.ui.component.Screenshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Labeled;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** Going on and undoing in the wizard, over the real rooms and the practice cloud. */
@Timeout(300)
class EarlierRunsInPracticeTest {

    private static final Machine NEW = new Machine(
            "myDockerVM",
            true,
            "Ubuntu2204",
            "Standard_B2s",
            "azureuser",
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    private static final Machine EXISTING = new Machine(
            "practiceBare",
            false,
            "Ubuntu2204",
            "Standard_B2s",
            "azureuser",
            Optional.empty(),
            Optional.empty(),
            Optional.of("practiceMachines"));

    @TempDir
    private Path folder;

    private final ExecutorService background = Executors.newCachedThreadPool();
    private Composition composition;
    private SetupRequest request;
    private Stage stage;

    @BeforeEach
    void begin() {
        composition = new Composition(
                () -> PracticeAccess.to(PracticeCloud.start(Pace.INSTANT, Time.system(), new Random())),
                NoNetwork::open,
                new Texts(Locale.ENGLISH),
                SignInEnvironment.bare().browser(),
                folder,
                background,
                Time.system());
        request = request(NEW, EXISTING);
    }

    private static SetupRequest request(Machine... machines) {
        SetupRequest like = Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, machines);
        return new SetupRequest(
                new SetupRequest.SignIn(SignInMethod.BROWSER, Optional.empty(), AzureCloud.PUBLIC),
                Optional.empty(),
                like.location(),
                like.resourceGroup(),
                like.registry(),
                like.image(),
                like.machines(),
                like.identity(),
                like.role(),
                like.access());
    }

    @AfterEach
    void close() throws Exception {
        if (stage != null) {
            WaitForAsyncUtils.asyncFx(stage::close).get();
        }
        background.shutdownNow();
        composition.close();
        FxToolkit.cleanupStages();
    }

    /** A setup that is cancelled as soon as its registry is made. */
    private void cutOff() throws Exception {
        Session session = composition.practice(Optional.empty());
        CompletableFuture<SetupRun> begun = new CompletableFuture<>();
        SetupRun run = session.start(request, event -> {
            if (event instanceof RunEvent.ResourceCreated created
                    && created.resourceId().contains("/registries/")) {
                begun.thenAccept(SetupRun::cancel);
            }
        });
        begun.complete(run);
        assertThat(run.result().get(60, TimeUnit.SECONDS)).isEqualTo(RunResult.CANCELLED);
    }

    private StoredRun stored() throws Exception {
        List<StoredRun> runs = composition.runs(true).list();
        assertThat(runs).hasSize(1);
        return runs.get(0);
    }

    private void open(Texts texts) throws Exception {
        FxToolkit.registerPrimaryStage();
        WaitForAsyncUtils.asyncFx(() -> {
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
                })
                .get();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void aSetupThatWasCutOffIsGoneOnWithToTheEndAndThenUndone(String language) throws Exception {
        cutOff();
        assertThat(stored().state()).isEqualTo(State.UNFINISHED);
        Texts texts = new Texts(Locale.forLanguageTag(language));
        open(texts);

        press("#go-on");
        until(() -> !button("#next").isDisabled() && title().equals(texts.render("ui.title.RUN")));
        picture(language, "resumed");
        press("#next");
        until(() -> title().equals(texts.render("ui.title.DONE")) && seen("#done-undo"));
        picture(language, "done");
        assertThat(stored().state()).isEqualTo(State.PROVEN);
        press("#done-undo");
        until(() -> !options().isEmpty() && !button("#undo").isDisabled());
        picture(language, "undo-list");
        assertThat(options()).noneMatch(CheckBox::isSelected);
        String packages = texts.render("setup.undo.choice.PACKAGES", "practiceBare", "");
        WaitForAsyncUtils.asyncFx(() -> options().stream()
                        .filter(box -> box.getText().startsWith(packages.substring(0, packages.indexOf('('))))
                        .forEach(CheckBox::fire))
                .get();
        press("#undo");
        until(() -> title().equals(texts.render("ui.title.UNDOING")));
        until(() -> seen("#undone"));
        picture(language, "undone");
        assertThat(lookup(".undone-line").map(node -> ((Labeled) node).getText()))
                .anyMatch(line -> line.contains("docker") && line.contains("practiceBare"));

        StoredRun run = stored();
        assertThat(run.state()).isEqualTo(State.UNDONE);
        assertThat(run.left().resources()).isEmpty();
        assertThat(run.left().changes())
                .isNotEmpty()
                .allMatch(changed -> changed.machine().equals(Optional.of("practiceBare")))
                .noneMatch(changed -> changed.change().kind().equals("package"));
        Session session = composition.practice(Optional.empty());
        String subscription = session.subscriptions().all().get(0).id();
        assertThat(session.registries(subscription).all())
                .extracting(RegistryInfo::name)
                .doesNotContain(request.registry().name());
        assertThat(session.machines(subscription).all())
                .extracting(MachineInfo::name)
                .contains("practiceBare")
                .doesNotContain("myDockerVM");
    }

    @Test
    void aRunOfAPracticeCloudThatIsNoMoreIsSaidToHaveLeftNothing() throws Exception {
        request = request(NEW);
        cutOff();
        composition.close();
        begin();
        Texts texts = new Texts(Locale.ENGLISH);
        open(texts);
        press("#earlier");
        until(() -> lookup(".run-facts .label")
                .anyMatch(node -> ((Labeled) node).getText().equals(texts.render("ui.runs.practice.ended"))));
        picture("en", "ended");
        assertThat(lookup(".run-facts .label").map(node -> ((Labeled) node).getText()))
                .contains(texts.render("ui.runs.left.nothing"));
        assertThat(seen("#run-go-on")).isFalse();
        assertThat(seen("#run-take-back")).isFalse();
        assertThat(seen("#unfinished")).isFalse();
        assertThat(seen("#run-remove")).isTrue();
        assertThat(stored().left().isEmpty()).isTrue();
    }

    private Button button(String selector) {
        return (Button) stage.getScene().lookup(selector);
    }

    private String title() {
        return ((Labeled) stage.getScene().lookup("#page-title")).getText();
    }

    private Stream<Node> lookup(String selector) {
        return stage.getScene().getRoot().lookupAll(selector).stream();
    }

    private List<CheckBox> options() {
        return lookup(".undo-option").map(CheckBox.class::cast).toList();
    }

    private boolean seen(String selector) {
        Node node = stage.getScene().lookup(selector);
        while (node != null && node.isVisible() && node.getParent() != null) {
            node = node.getParent();
        }
        return node != null && node.isVisible();
    }

    private void press(String selector) throws Exception {
        until(() -> seen(selector) && !button(selector).isDisabled());
        WaitForAsyncUtils.asyncFx(() -> button(selector).fire()).get();
    }

    private void picture(String language, String name) throws Exception {
        Screenshot.of(stage.getScene(), "kept-practice-" + language + "-" + name + ".png");
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        WaitForAsyncUtils.waitFor(
                100,
                TimeUnit.SECONDS,
                () -> WaitForAsyncUtils.asyncFx(condition).get());
    }
}
