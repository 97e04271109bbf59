package io.keylesspull.ui.runs;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.text.FileErrors;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.BackgroundTask;
import io.keylesspull.ui.component.Labels;
import io.keylesspull.ui.component.LoadStatus;
import io.keylesspull.ui.component.Page;
import io.keylesspull.ui.component.Workers;
import io.keylesspull.ui.log.StoredLog;
import io.keylesspull.ui.log.StoredLogView;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The log of an earlier run, from its folder. */
public final class StoredLogPage implements Page {

    private final RunTexts words;
    private final BackgroundTask<StoredLog> reading;
    private final StoredLogView view;
    private final Label about = Labels.of("", "undo-about");
    private final VBox root;

    public StoredLogPage(Texts texts, Workers workers, RunTexts words) {
        this.words = words;
        reading = new BackgroundTask<>(workers);
        view = new StoredLogView(texts);
        VBox.setVgrow(view, Priority.ALWAYS);
        root = new VBox(about, new LoadStatus(texts, reading, texts.render("ui.loading")), view);
        root.getStyleClass().addAll("page", "log-page");
        reading.onDone(view::show);
    }

    /** Reads and shows the log. */
    public void show(EarlierRun earlier) {
        about.setText(words.about(earlier.stored()) + " \u00b7 " + words.started(earlier.stored()));
        view.show(StoredLog.NOTHING);
        Path file = earlier.stored().folder().resolve("log.txt");
        reading.start(() -> read(file));
    }

    private static StoredLog read(Path file) throws Failure {
        try {
            return StoredLog.read(file);
        } catch (NoSuchFileException e) {
            throw Failure.of("ui.log.none", "", file.toString());
        } catch (IOException e) {
            throw Failure.of("ui.log.unread", FileErrors.reason(e), file.toString());
        }
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public Optional<Node> initialFocus() {
        return Optional.of(view.list());
    }

    @Override
    public boolean scrolls() {
        return false;
    }
}
