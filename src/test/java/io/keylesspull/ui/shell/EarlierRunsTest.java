package io.keylesspull.ui.shell;

import static io.keylesspull.ui.shell.FakeSession.words;
import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import atlantafx.base.theme.Theme;
import io.keylesspull.azure.model.DeviceCode;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.setup.plan.UndoList;
import io.keylesspull.setup.request.SetupRequest.SignIn;
import io.keylesspull.setup.session.NoRuns;
import io.keylesspull.setup.session.Runs;
import io.keylesspull.setup.session.Session;
import io.keylesspull.setup.session.Sessions;
import io.keylesspull.setup.session.SetupRun;
import io.keylesspull.setup.session.StoredRun;
import io.keylesspull.setup.session.StoredRun.State;
import io.keylesspull.setup.step.UndoChoice;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import io.keylesspull.ui.access.Words;
import io.keylesspull.ui.component.Screenshot;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** What the wizard offers for runs that were begun before. */
@Timeout(120)
class EarlierRunsTest {

    private static final UndoChoice PACKAGES = new UndoChoice("web-01", UndoChoice.What.PACKAGES);
    private static final UndoChoice GROUPS = new UndoChoice("web-01", UndoChoice.What.GROUPS);
    private static final StoredRun UNFINISHED = FakeRuns.run(FakeRuns.LAST, State.UNFINISHED, 6, 14, "myDockerVM");

    @TempDir
    private Path folder;

    private final ExecutorService background = Executors.newCachedThreadPool();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final Queue<URI> opened = new ConcurrentLinkedQueue<>();
    private Runs azureRuns = new FakeRuns().with(UNFINISHED);
    private Runs practiceRuns = new NoRuns();
    private UndoList undoList = new UndoList(
            List.of(words("virtual machine myDockerVM with its disk"), words("container registry contosoimages7f3")),
            List.of(
                    new UndoList.Option(PACKAGES, List.of("docker.io", "azure-cli")),
                    new UndoList.Option(GROUPS, List.of("docker"))),
            List.of(new UndoList.Staying(
                    words("resource group contoso-rg"),
                    words("left alone: it holds what this run did not make (hr-data, hr-web)"),
                    Optional.empty())));
    private Stage stage;

    private final Sessions sessions = new Sessions() {
        @Override
        public Session azure(SignIn signIn, Consumer<DeviceCode> prompt) {
            record("sign in " + signIn.method() + " " + signIn.tenant().orElse("-"));
            return new Signed(false);
        }

        @Override
        public Session practice(Optional<String> tenant) {
            record("practice");
            return new Signed(true);
        }

        @Override
        public void signOut() {
            // Nobody is remembered.
        }

        @Override
        public Runs runs(boolean practice) {
            return practice ? practiceRuns : azureRuns;
        }
    };

    private final class Signed extends FakeSession {
        Signed(boolean practice) {
            super(practice);
        }

        @Override
        public SetupRun resume(StoredRun run, Consumer<RunEvent> events) {
            record("resume " + run.id());
            return super.resume(run, events);
        }

        @Override
        public UndoList undoList(StoredRun run) {
            record("list " + run.id());
            return undoList;
        }

        @Override
        public SetupRun undo(StoredRun run, Set<UndoChoice> choices, Consumer<RunEvent> events) {
            record("undo " + run.id() + " "
                    + choices.stream()
                            .map(choice -> choice.what().name())
                            .sorted()
                            .toList());
            return super.undo(run, choices, events);
        }
    }

    private void record(String what) {
        asked.add(Platform.isFxApplicationThread() ? "on the screen's thread: " + what : what);
    }

    @AfterEach
    void close() throws Exception {
        if (stage != null) {
            WaitForAsyncUtils.asyncFx(stage::close).get();
        }
        background.shutdownNow();
        FxToolkit.cleanupStages();
    }

    private void open(Locale locale, Theme theme) throws Exception {
        FxToolkit.registerPrimaryStage();
        WaitForAsyncUtils.asyncFx(() -> {
                    WizardWindow window = new WizardWindow(new Dependencies(
                            new Texts(locale),
                            sessions,
                            background,
                            Time.system(),
                            new Random(7),
                            opened::add,
                            Arrangement.none(),
                            TestHost.of(theme.isDarkMode()),
                            Desktop.none()));
                    window.scene().setUserAgentStylesheet(theme.getUserAgentStylesheet());
                    stage = new Stage();
                    stage.setWidth(900);
                    stage.setHeight(600);
                    window.show(stage);
                    window.fill();
                })
                .get();
    }

    private void open() throws Exception {
        open(Locale.ENGLISH, new PrimerLight());
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        WaitForAsyncUtils.waitFor(
                40, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition).get());
    }

    private <T> T find(String selector, Class<T> type) {
        return type.cast(stage.getScene().lookup(selector));
    }

    private void press(String selector) throws Exception {
        until(() -> find(selector, Button.class) != null
                && seen(find(selector, Button.class))
                && !find(selector, Button.class).isDisabled());
        WaitForAsyncUtils.asyncFx(() -> find(selector, Button.class).fire()).get();
    }

    private void titled(String title) throws Exception {
        until(() -> find("#page-title", Labeled.class).getText().equals(title));
    }

    private void key(String selector, KeyCode code) throws Exception {
        WaitForAsyncUtils.asyncFx(() -> stage.getScene()
                        .lookup(selector)
                        .fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false)))
                .get();
    }

    private boolean shows(String words) {
        return texts().anyMatch(text -> text.contains(words));
    }

    private Stream<String> texts() {
        return Stream.of(".label", ".button", ".check-box", ".titled-pane")
                .flatMap(style -> stage.getScene().getRoot().lookupAll(style).stream())
                .filter(Labeled.class::isInstance)
                .map(Labeled.class::cast)
                .filter(EarlierRunsTest::seen)
                .map(Labeled::getText)
                .filter(text -> text != null);
    }

    private static boolean seen(Node node) {
        return node == null || node.isVisible() && seen(node.getParent());
    }

    private void picture(String name) throws Exception {
        Screenshot.of(stage.getScene(), "kept-" + name + ".png");
    }

    @Test
    void anUnfinishedRunIsOfferedFirstAndGoneOnWithAsItWasSignedIn() throws Exception {
        open();
        until(() -> shows("A setup is not finished"));
        assertThat(shows("myDockerVM \u2192 contosoimages7f3")).isTrue();
        assertThat(texts().anyMatch(text ->
                        text.contains("6 of 14 steps") && text.contains("2026") && text.contains("5 resources")))
                .isTrue();
        press("#go-on");
        titled("Run");
        until(() -> asked.contains("resume " + FakeRuns.LAST));
        assertThat(asked).containsExactly("sign in DEVICE_CODE tenant-1", "resume " + FakeRuns.LAST);
        press("#next");
        titled("Done");
    }

    @Test
    void aPracticeRunIsGoneOnWithInPractice() throws Exception {
        azureRuns = new NoRuns();
        practiceRuns = new FakeRuns().with(UNFINISHED);
        open();
        press("#go-on");
        titled("Run");
        until(() -> asked.size() == 2);
        assertThat(asked).containsExactly("practice", "resume " + FakeRuns.LAST);
    }

    @Test
    void theLatestOfEachKindIsOffered() throws Exception {
        azureRuns = new FakeRuns()
                .with(FakeRuns.run("20260302-080000-00002", State.UNDOING, 3, 9, "batch-02"))
                .with(FakeRuns.run("20260301-080000-00001", State.UNFINISHED, 1, 14, "older"));
        practiceRuns = new FakeRuns().with(FakeRuns.run("20260303-080000-00003", State.UNFINISHED, 0, 0, "mine"));
        open();
        until(() -> shows("mine \u2192") && shows("batch-02 \u2192"));
        assertThat(shows("older \u2192")).isFalse();
        assertThat(shows("Undoing a run is not finished")).isTrue();
        assertThat(stage.getScene().getRoot().lookupAll("#go-on")).hasSize(1);
        picture("first-two");
    }

    @Test
    void nothingIsOfferedWhereNothingWasBegun() throws Exception {
        azureRuns = new NoRuns();
        open();
        until(() -> find("#next", Button.class) != null);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(seen(find("#unfinished", Node.class))).isFalse();
        assertThat(seen(find("#earlier", Button.class))).isFalse();
    }

    @Test
    void aListThatTakesLongHoldsNothingUp() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        FakeRuns slow = new FakeRuns(gate).with(UNFINISHED);
        azureRuns = slow;
        open();
        until(() -> slow.reader() != null);
        press("#next");
        titled("Registry and image");
        assertThat(slow.reader().getName()).doesNotContain("JavaFX");
        press("#back");
        gate.countDown();
        until(() -> shows("A setup is not finished"));
    }

    @Test
    void undoingShowsTheListFirstAndTakesBackNoMoreThanWhatIsTicked() throws Exception {
        open();
        press("#undo-unfinished");
        titled("Undo this run?");
        until(() -> shows("Will be deleted or taken back (2)"));
        assertThat(asked).containsExactly("sign in DEVICE_CODE tenant-1", "list " + FakeRuns.LAST);
        assertThat(shows("it holds what this run did not make (hr-data, hr-web)"))
                .isTrue();
        List<CheckBox> options = options();
        assertThat(options).hasSize(2).noneMatch(CheckBox::isSelected);
        assertThat(find("#undo", Button.class).isDefaultButton()).isFalse();
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(WaitForAsyncUtils.asyncFx(
                                () -> stage.getScene().getFocusOwner().getId())
                        .get())
                .isEqualTo("back");
        WaitForAsyncUtils.asyncFx(() -> options.get(0).fire()).get();
        picture("undo");
        press("#undo");
        titled("Undo");
        until(() -> find("#run-title", Labeled.class).getText().equals("Taken back"));
        assertThat(asked).contains("undo " + FakeRuns.LAST + " [PACKAGES]");
        until(() -> shows("on web-01: the user's membership in groups (docker) \u2014 not chosen"));
        picture("undone");
        press("#next");
        titled("How do you want to start?");
    }

    private List<CheckBox> options() {
        return stage.getScene().getRoot().lookupAll(".undo-option").stream()
                .map(CheckBox.class::cast)
                .toList();
    }

    @Test
    void cancellingUndoDeletesNothingAndLeadsBack() throws Exception {
        open();
        press("#undo-unfinished");
        until(() -> shows("Will be deleted or taken back (2)"));
        press("#back");
        titled("How do you want to start?");
        assertThat(asked).noneMatch(what -> what.contains("undo"));
    }

    @Test
    void whereOnlyTickedThingsWouldGoSomethingHasToBeTicked() throws Exception {
        undoList = new UndoList(List.of(), undoList.asked(), undoList.stays());
        open();
        press("#undo-unfinished");
        until(() -> options().size() == 2);
        assertThat(find("#undo", Button.class).isDisabled()).isTrue();
        WaitForAsyncUtils.asyncFx(() -> options().get(1).fire()).get();
        assertThat(find("#undo", Button.class).isDisabled()).isFalse();
        WaitForAsyncUtils.asyncFx(() -> options().get(1).fire()).get();
        assertThat(find("#undo", Button.class).isDisabled()).isTrue();
    }

    @Test
    void whereNothingIsLeftThatIsSaidAndCanBeNoted() throws Exception {
        undoList = new UndoList(List.of(), List.of(), List.of());
        open();
        press("#undo-unfinished");
        until(() -> shows("There is nothing to delete."));
        assertThat(Words.of(find("#undo", Button.class))).isEqualTo("Mark it as undone");
        picture("undo-nothing");
        press("#undo");
        until(() -> asked.contains("undo " + FakeRuns.LAST + " []"));
    }

    @Test
    void aRunJustDoneCanBeUndoneFromItsPage() throws Exception {
        azureRuns = new NoRuns();
        practiceRuns = new FakeRuns().with(FakeRuns.run("20260102-030405-0a1b2", State.PROVEN, 6, 6, "myDockerVM"));
        open();
        for (int page = 0; page < 6; page++) {
            press("#next");
        }
        titled("Done");
        until(() -> shows("What this run made or changed: 5 resources"));
        press("#done-undo");
        until(() -> asked.contains("list 20260102-030405-0a1b2"));
        press("#back");
        titled("Done");
    }

    private FakeRuns all() {
        return new FakeRuns()
                .with(UNFINISHED)
                .with(FakeRuns.run("20260303-141500-00004", State.PROVEN, 14, 14, "web-01", "web-02", "web-03"))
                .with(FakeRuns.run("20260302-080000-00003", State.UNDOING, 3, 9, FakeSession.LONG))
                .with(FakeRuns.run("20260301-223000-00002", State.UNDONE, 9, 9, "batch-02"))
                .with(FakeRuns.run("20260228-120000-00001", State.DAMAGED, 0, 0));
    }

    private ListView<?> list() {
        return find("#runs", ListView.class);
    }

    private void choose(int row) throws Exception {
        WaitForAsyncUtils.asyncFx(() -> list().getSelectionModel().select(row)).get();
    }

    @Test
    void earlierRunsAreListedWithWhatCanBeDoneWithEach() throws Exception {
        azureRuns = all();
        open();
        press("#earlier");
        titled("Earlier runs");
        until(() -> list().getItems().size() == 5);
        assertThat(offered())
                .containsExactly("Go on", "Undo\u2026", "Show log", "Save report\u2026", "Open folder", "Remove\u2026");
        choose(1);
        assertThat(offered())
                .containsExactly("Undo\u2026", "Show log", "Save report\u2026", "Open folder", "Remove\u2026");
        choose(3);
        assertThat(offered()).containsExactly("Show log", "Save report\u2026", "Open folder", "Remove\u2026");
        choose(4);
        assertThat(offered()).containsExactly("Show log", "Open folder", "Remove\u2026");
        until(() -> shows("cannot be read."));
        press("#run-open");
        until(() -> !opened.isEmpty());
        assertThat(opened.peek().toString()).endsWith("/runs/20260228-120000-00001");
        press("#back");
        titled("How do you want to start?");
    }

    private List<String> offered() throws Exception {
        return WaitForAsyncUtils.asyncFx(() -> stage.getScene().getRoot().lookupAll(".run-buttons > .button").stream()
                        .map(node -> Words.of((Labeled) node))
                        .toList())
                .get();
    }

    @Test
    void removingAsksAndSaysWhatIsLostWithTheFolder() throws Exception {
        azureRuns = all();
        open();
        press("#earlier");
        until(() -> list().getItems().size() == 5);
        choose(1);
        key("#runs", KeyCode.DELETE);
        until(() -> shows("The only key to the machines that it made is deleted too."));
        assertThat(shows("virtual machine web-02 with its disk")).isTrue();
        assertThat(shows("the run can then no longer be undone")).isTrue();
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(WaitForAsyncUtils.asyncFx(
                                () -> stage.getScene().getFocusOwner().getId())
                        .get())
                .isEqualTo("run-keep");
        picture("remove");
        key("#run-keep", KeyCode.ESCAPE);
        assertThat(shows("The only key")).isFalse();
        titled("Earlier runs");
        assertThat(list().getItems()).hasSize(5);
        press("#run-remove");
        press("#run-remove-now");
        until(() -> list().getItems().size() == 4);
        assertThat(azureRuns.list()).noneMatch(run -> run.id().equals("20260303-141500-00004"));
        assertThat(((FakeRuns) azureRuns).reader().getName()).doesNotContain("JavaFX");
    }

    @Test
    void aRunIsGoneOnWithFromTheListToo() throws Exception {
        azureRuns = all();
        open();
        press("#earlier");
        until(() -> list().getItems().size() == 5);
        press("#run-go-on");
        titled("Run");
        until(() -> asked.contains("resume " + FakeRuns.LAST));
    }

    @Test
    void theLogOfARunIsShownAndSearched() throws Exception {
        azureRuns = new FakeRuns().with(in(folder));
        Files.writeString(
                folder.resolve("log.txt"),
                "10:31:04 $ sudo apt-get update\n10:31:05 | Hit:1 \u202etxt\n"
                        + "10:31:09 $ sudo docker pull contosoimages7f3.azurecr.io/aci-helloworld:v1\n");
        open();
        press("#earlier");
        press("#run-log");
        titled("Log of the run");
        until(() -> find("#stored-log", ListView.class).getItems().size() == 3);
        assertThat(find("#stored-log", ListView.class).getItems().get(1))
                .isEqualTo("10:31:05 | Hit:1 \u27e8U+202E\u27e9txt");
        WaitForAsyncUtils.asyncFx(
                        () -> find("#stored-log-find", TextField.class).setText("DOCKER"))
                .get();
        until(() -> find("#stored-log", ListView.class).getItems().size() == 1);
        picture("log");
        key("#stored-log-find", KeyCode.ESCAPE);
        assertThat(find("#stored-log", ListView.class).getItems()).hasSize(3);
        key("#stored-log", KeyCode.ESCAPE);
        titled("Earlier runs");
        key("#runs", KeyCode.ESCAPE);
        titled("How do you want to start?");
    }

    @Test
    void aRunWithoutALogSaysSo() throws Exception {
        azureRuns = new FakeRuns().with(in(folder));
        open();
        press("#earlier");
        press("#run-log");
        until(() -> shows("There is no log of this run."));
    }

    private static StoredRun in(Path folder) {
        return new StoredRun(
                UNFINISHED.id(),
                folder,
                UNFINISHED.started(),
                UNFINISHED.request(),
                UNFINISHED.state(),
                UNFINISHED.done(),
                UNFINISHED.steps(),
                UNFINISHED.left(),
                false,
                UNFINISHED.problem());
    }

    @Test
    void nothingIsAskedOnTheScreensThread() throws Exception {
        azureRuns = all();
        open();
        press("#undo-unfinished");
        until(() -> shows("Will be deleted or taken back (2)"));
        press("#undo");
        press("#next");
        press("#go-on");
        titled("Run");
        until(() -> asked.contains("resume " + FakeRuns.LAST));
        assertThat(new ArrayList<>(asked)).noneMatch(what -> what.startsWith("on the screen's thread"));
    }

    private void look(Locale locale, Theme theme, String kind) throws Exception {
        azureRuns = all();
        open(locale, theme);
        until(() -> seen(find("#go-on", Button.class)));
        picture("first" + kind);
        press("#earlier");
        until(() -> list().getItems().size() == 5);
        picture("runs" + kind);
        choose(4);
        picture("runs-damaged" + kind);
        choose(2);
        press("#run-remove");
        picture("runs-remove" + kind);
        press("#run-keep");
        choose(0);
        press("#run-take-back");
        until(() -> options().size() == 2);
        picture("undo" + kind);
        press("#undo");
        until(() -> seen(find("#undone", Node.class)));
        picture("undone" + kind);
    }

    @Test
    void itLooksRightInEnglish() throws Exception {
        look(Locale.ENGLISH, new PrimerLight(), "-en");
    }

    @Test
    void itLooksRightInDarkJapanese() throws Exception {
        look(Locale.JAPANESE, new PrimerDark(), "-ja-dark");
    }

    @Test
    void itLooksRightInJapanese() throws Exception {
        look(Locale.JAPANESE, new PrimerLight(), "-ja");
    }
}
