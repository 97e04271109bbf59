package io.keylesspull.ui;

import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.Sessions;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Once;
import io.keylesspull.time.Time;
import io.keylesspull.ui.component.Workers;
import io.keylesspull.ui.page.RunWords;
import io.keylesspull.ui.page.RunsModel;
import io.keylesspull.ui.page.RunsPage;
import io.keylesspull.ui.page.SignInModel;
import io.keylesspull.ui.page.SignInPage;
import io.keylesspull.ui.page.StoredLogPage;
import io.keylesspull.ui.page.UndoModel;
import io.keylesspull.ui.page.UndoPage;
import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.layout.BorderPane;
import javafx.scene.text.Font;
import javafx.stage.Stage;

/** The wizard. Made and used on the JavaFX thread. */
public final class WizardWindow {

    private static final double WIDTH = 1000;
    private static final double HEIGHT = 700;
    private static final double LEAST_WIDTH = 900;
    private static final double LEAST_HEIGHT = 600;
    /** JavaFX 21 on Linux does not fall back to it by itself. */
    private static final String JAPANESE = "Noto Sans CJK JP";

    private final Surroundings with;
    private final boolean practiceAtOnce;
    private final BorderPane root = new BorderPane();
    private final Rail rail = new Rail();
    private final Scene scene;

    /**
     * What the wizard works with.
     *
     * @param background where everything that may block is done; several at a time
     * @param random     for names that nobody has
     * @param browser    opens an address or a folder for the administrator
     * @param byHand     the commands that do the same as a request, one per line; an empty list where they cannot be told
     */
    public record Surroundings(Texts texts, Sessions sessions, ExecutorService background, Time time,
                               RandomGenerator random, Consumer<URI> browser,
                               Function<SetupRequest, List<String>> byHand) {
    }

    /** @param practiceAtOnce whether to begin in practice mode, as if it had been chosen on the first page */
    public WizardWindow(Surroundings with, boolean practiceAtOnce) {
        this.with = with;
        this.practiceAtOnce = practiceAtOnce;
        root.getStyleClass().add("wizard");
        root.setLeft(rail);
        scene = new Scene(root, WIDTH, HEIGHT);
        scene.getStylesheets().add(WizardWindow.class.getResource("wizard.css").toExternalForm());
    }

    public Scene scene() {
        return scene;
    }

    /** Opens the window, in its colours but without a word in it yet, so that it stands soon. */
    public void show(Stage stage) {
        stage.setTitle(with.texts().render("ui.window.title"));
        stage.setScene(scene);
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        stage.show();
    }

    /**
     * Puts the way through the wizard, the first page and its icon into the window, unless it has been closed already;
     * what runs in it is stopped when it is closed. Called once, after it has been shown.
     */
    public void fill() {
        Stage stage = (Stage) scene.getWindow();
        if (!stage.isShowing()) {
            return;
        }
        if (with.texts().locale().getLanguage().equals("ja") && Font.getFamilies().contains(JAPANESE)) {
            root.setStyle("-fx-font-family: '" + JAPANESE + "';");
        }
        with.background().execute(() -> {
            Image icon = new Image(WizardWindow.class.getResource("keyless-pull.png").toExternalForm());
            Platform.runLater(() -> stage.getIcons().add(icon));
        });
        Texts texts = with.texts();
        Workers workers = new Workers(with.background(), Platform::runLater, with.time());
        SignInModel signIn = new SignInModel(with.sessions(), workers);
        Navigation navigation = new Navigation(signIn);
        RunsModel runs = new RunsModel(with.sessions(), workers);
        RunWords words = new RunWords(texts, ZoneId.systemDefault());
        UndoModel undo = new UndoModel(with.sessions(), workers);
        Once<StoredLogPage> log = new Once<>(() -> new StoredLogPage(texts, workers, words));
        KeptRuns kept = new KeptRuns(navigation, signIn, undo, log, workers, with.browser());
        SignInPage signInPage = new SignInPage(texts, signIn, with.browser(), runs, words, kept);
        Walk.Shared shared = new Walk.Shared(signIn, signInPage, runs, words);
        navigation.begin(() -> new Walk(texts, workers, with.random(), shared, with.byHand(), exits(navigation, kept)),
                Map.of(Aside.RUNS, new Once<>(() -> new RunsPage(texts, runs, words, kept)),
                        Aside.UNDO, new Once<>(() -> new UndoPage(texts, undo, signIn, words, with.browser(),
                                navigation::undo)),
                        Aside.LOG, log::get));
        Frame frame = new Frame(texts, navigation, signIn, runs);
        scene.getAccelerators().put(new KeyCodeCombination(KeyCode.F1), frame::toggleHelp);
        rail.fill(texts, navigation, signIn);
        root.setCenter(frame);
        stage.setOnCloseRequest(event -> {
            if (navigation.running() && !Leaving.confirmed(texts, stage, navigation.undoing())) {
                event.consume();
            }
        });
        stage.setOnHidden(event -> navigation.leave());
        if (practiceAtOnce) {
            navigation.next();
        }
    }

    private static Walk.Exits exits(Navigation navigation, KeptRuns kept) {
        return new Walk.Exits() {
            @Override
            public void undo() {
                kept.undoShown();
            }

            @Override
            public void another() {
                navigation.another();
            }
        };
    }
}
