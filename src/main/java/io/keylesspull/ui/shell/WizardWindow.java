package io.keylesspull.ui.shell;

import io.keylesspull.ui.access.AltKeys;
import io.keylesspull.ui.remembered.Remembered;
import io.keylesspull.ui.settings.Language;
import io.keylesspull.ui.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.property.StringProperty;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.BorderPane;
import javafx.stage.Screen;
import javafx.stage.Stage;

/** The wizard's window. Made and used on the JavaFX thread. */
public final class WizardWindow {

    private static final double WIDTH = 1000;
    private static final double HEIGHT = 700;
    private static final double MIN_WIDTH = 900;
    private static final double MIN_HEIGHT = 600;

    private final Dependencies with;
    private final BorderPane root = new BorderPane();
    private final Rail rail = new Rail();
    private final Scene scene;
    private final Remembered remembered;
    private final Settings settings;
    private final Appearance appearance;
    private Optional<Wizard> wizard = Optional.empty();

    public WizardWindow(Dependencies with) {
        this.with = with;
        root.getStyleClass().add("wizard");
        root.setLeft(rail);
        scene = new Scene(root, WIDTH, HEIGHT);
        remembered =
                new Remembered(with.arrangement().known(), with.arrangement().keep());
        settings = new Settings(remembered);
        appearance = new Appearance(scene, settings, with.texts(), with.host().darkSystem());
    }

    public Scene scene() {
        return scene;
    }

    /** Opens the window in its colours, without any text yet, so that it appears soon. */
    public void show(Stage stage) {
        stage.setTitle(with.texts().render("ui.window.title"));
        stage.setScene(scene);
        stage.setMinWidth(MIN_WIDTH);
        stage.setMinHeight(MIN_HEIGHT);
        StringProperty place = remembered.words("window.place");
        WindowPlace.read(place.get())
                .flatMap(last -> last.on(Screen.getScreens().stream()
                        .map(Screen::getVisualBounds)
                        .toList()))
                .ifPresent(last -> put(stage, last));
        stage.show();
        InvalidationListener moved = observable -> written(stage, place).ifPresent(place::set);
        for (Observable each : List.of(
                stage.xProperty(),
                stage.yProperty(),
                stage.widthProperty(),
                stage.heightProperty(),
                stage.maximizedProperty())) {
            each.addListener(moved);
        }
    }

    private static void put(Stage stage, WindowPlace place) {
        stage.setX(place.bounds().getMinX());
        stage.setY(place.bounds().getMinY());
        stage.setWidth(place.bounds().getWidth());
        stage.setHeight(place.bounds().getHeight());
        stage.setMaximized(place.maximised());
    }

    /** @param before what was written: a window that is maximised keeps the place that it will go back to */
    private static Optional<String> written(Stage stage, StringProperty before) {
        if (stage.isIconified() || !stage.isShowing()) {
            return Optional.empty();
        }
        if (stage.isMaximized()) {
            return WindowPlace.read(before.get()).map(last -> new WindowPlace(last.bounds(), true).written());
        }
        return Optional.of(
                new WindowPlace(new Rectangle2D(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight()), false)
                        .written());
    }

    /**
     * Adds the list of steps, the first page and the icon, unless the window is closed already. When the window is
     * closed, what runs in it is stopped. Called once, after {@link #show}.
     */
    public void fill() {
        Stage stage = (Stage) scene.getWindow();
        if (!stage.isShowing()) {
            return;
        }
        appearance.chooseFont();
        loadIcon(stage);
        Wizard filled = new Wizard(with, remembered, settings);
        Frame frame = filled.frame();
        AltKeys.on(stage, scene);
        scene.getAccelerators().put(new KeyCodeCombination(KeyCode.F1), frame::toggleHelp);
        scene.getAccelerators()
                .put(new KeyCodeCombination(KeyCode.COMMA, KeyCombination.SHORTCUT_DOWN), frame::openSettings);
        Runnable fold = filled.fill(
                rail,
                Bindings.createDoubleBinding(
                        () -> scene.getWidth()
                                * 100
                                / settings.textSizeProperty().get(),
                        scene.widthProperty(),
                        settings.textSizeProperty()));
        scene.getAccelerators().put(new KeyCodeCombination(KeyCode.F9), fold);
        root.setCenter(frame);
        FileDrop.on(scene, filled::open);
        settings.languageProperty().addListener((property, before, now) -> speak(now, filled));
        RunManners manners = new RunManners(
                with.texts(),
                with.desktop(),
                () -> settings.notificationsProperty().get() && !stage.isFocused(),
                filled.navigation()::purpose);
        WindowTitle title = new WindowTitle(with.texts(), stage::setTitle, stage.focusedProperty());
        filled.navigation().onRun(run -> {
            manners.watch(run.resultProperty());
            title.watch(run.resultProperty(), run.progressProperty());
        });
        stopWhenClosed(stage, filled.navigation(), manners);
        wizard = Optional.of(filled);
    }

    /** Goes on in practice mode, as if it had been chosen on the first page. Does nothing in a window without pages. */
    public void startPractice() {
        wizard.ifPresent(filled -> filled.navigation().next());
    }

    private void speak(Language language, Wizard filled) {
        with.texts().speak(language.locale().orElse(with.host().systemLanguage()));
        appearance.chooseFont();
        filled.renew();
    }

    /** Shows a setup file on the first page. Does nothing in a window without pages. */
    public void open(Path setup) {
        wizard.ifPresent(filled -> filled.open(setup));
    }

    private void loadIcon(Stage stage) {
        with.background().execute(() -> {
            Image icon =
                    new Image(WizardWindow.class.getResource("keyless-pull.png").toExternalForm());
            Platform.runLater(() -> stage.getIcons().add(icon));
        });
    }

    private void stopWhenClosed(Stage stage, Navigation navigation, RunManners manners) {
        stage.setOnCloseRequest(event -> {
            if (navigation.running() && !LeaveDialog.confirmed(with.texts(), stage, navigation.purpose())) {
                event.consume();
            }
        });
        stage.setOnHidden(event -> {
            manners.close();
            navigation.leave();
        });
    }
}
