package io.keylesspull.ui.shell;

import io.keylesspull.text.Texts;
import io.keylesspull.time.Once;
import io.keylesspull.ui.component.Page;
import io.keylesspull.ui.component.Workers;
import io.keylesspull.ui.file.OpenedFile;
import io.keylesspull.ui.file.OpenedFilePane;
import io.keylesspull.ui.remembered.Remembered;
import io.keylesspull.ui.run.DonePage;
import io.keylesspull.ui.run.RunPage;
import io.keylesspull.ui.runs.RunTexts;
import io.keylesspull.ui.runs.RunsModel;
import io.keylesspull.ui.runs.RunsPage;
import io.keylesspull.ui.runs.StoredLogPage;
import io.keylesspull.ui.runs.UndoModel;
import io.keylesspull.ui.runs.UndoPage;
import io.keylesspull.ui.runs.UnfinishedRuns;
import io.keylesspull.ui.settings.Settings;
import io.keylesspull.ui.settings.SettingsPage;
import io.keylesspull.ui.setup.KeyUnlocking;
import io.keylesspull.ui.setup.SetupPages;
import io.keylesspull.ui.signin.SignInModel;
import io.keylesspull.ui.signin.SignInPage;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.beans.value.ObservableValue;
import javafx.scene.layout.VBox;

/** Makes the wizard's models and pages and connects them. */
final class Wizard {

    private final Dependencies with;
    private final Texts texts;
    private final Workers workers;
    private final Remembered remembered;
    private final SignInModel signIn;
    private final OpenedFile file;
    private final RunsModel runs;
    private final RunTexts runTexts;
    private final UndoModel undo;
    private Once<StoredLogPage> log;
    private final Navigation navigation;
    private final EarlierRunActions actions;
    private final Settings settings;
    private SignInPage signInPage;
    private final KeyUnlocking keys;

    Wizard(Dependencies with, Remembered remembered, Settings settings) {
        this.with = with;
        this.remembered = remembered;
        this.settings = settings;
        texts = with.texts();
        workers = new Workers(with.background(), Platform::runLater, with.time());
        keys = new KeyUnlocking(texts, workers);
        signIn = new SignInModel(with.sessions(), workers);
        file = new OpenedFile(workers, signIn.practiceProperty());
        runs = new RunsModel(with.sessions(), workers, texts);
        runTexts = new RunTexts(texts, ZoneId.systemDefault());
        undo = new UndoModel(with.sessions(), workers);
        log = new Once<>(() -> new StoredLogPage(texts, workers, runTexts));
        navigation = new Navigation(signIn);
        actions = new EarlierRunActions(navigation, signIn, undo, () -> log.get(), workers, with.browser());
        signInPage = signInPage();
        navigation.begin(this::flow, sidePages());
    }

    private SignInPage signInPage() {
        OpenedFilePane opened = new OpenedFilePane(
                texts,
                file,
                signIn.work().stateProperty().map(state -> signIn.work().isRunning()),
                navigation::review);
        UnfinishedRuns unfinished = new UnfinishedRuns(texts, runs, runTexts, actions, signIn);
        VBox offers = new VBox(12, opened, unfinished);
        // An empty one would take its distance from what follows.
        offers.managedProperty().bind(opened.visibleProperty().or(unfinished.visibleProperty()));
        return new SignInPage(texts, signIn, with.browser(), offers, runs::load);
    }

    /** Makes all pages again, in the language that is spoken now. */
    void renew() {
        signInPage = signInPage();
        log = new Once<>(() -> new StoredLogPage(texts, workers, runTexts));
        navigation.renew(sidePages());
    }

    /** Shows a setup file on the first page, unless a run is under way. */
    void open(Path setup) {
        if (navigation.interruptForFile()) {
            file.open(setup);
        }
    }

    Navigation navigation() {
        return navigation;
    }

    Frame frame() {
        return new Frame(texts, navigation, signIn, runs, with.browser());
    }

    /** @param width of the window, in pixels at the usual size of text @return folds the rail away, or unfolds it */
    Runnable fill(Rail rail, ObservableValue<Number> width) {
        RailFold fold = new RailFold(remembered, navigation.currentProperty(), width);
        rail.fill(texts, navigation, signIn, fold);
        return fold::toggle;
    }

    private WizardFlow flow() {
        RunPage run = new RunPage(texts, workers, remembered, with.browser(), actions::undoShown);
        return new WizardFlow(
                signIn,
                () -> signInPage,
                () -> new SetupPages(texts, workers, with.random(), signIn, keys),
                keys,
                run,
                () -> new DonePage(texts, run, runs, runTexts, actions::undoShown, navigation::another));
    }

    private Map<SidePage, Supplier<Page>> sidePages() {
        return Map.of(
                SidePage.RUNS,
                new Once<>(() -> new RunsPage(texts, runs, runTexts, actions)),
                SidePage.UNDO,
                new Once<>(() -> new UndoPage(texts, undo, signIn, runTexts, with.browser(), navigation::undo)),
                SidePage.LOG,
                log::get,
                SidePage.SETTINGS,
                new Once<>(() -> new SettingsPage(texts, settings, with.host(), workers, with.browser())));
    }
}
