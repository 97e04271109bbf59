package io.keylesspull.ui.runs;

import io.keylesspull.engine.Failure;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.Background;
import io.keylesspull.ui.component.LoadNote;
import io.keylesspull.ui.component.Page;
import io.keylesspull.ui.component.Words;
import io.keylesspull.ui.component.Workers;
import io.keylesspull.ui.log.StoredLog;
import io.keylesspull.ui.log.StoredLogView;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The log of a run that was begun before, from its folder. */
public final class StoredLogPage implements Page {

    private final RunWords words;
    private final Background<StoredLog> reading;
    private final StoredLogView view;
    private final Label about = Words.of("", "undo-about");
    private final VBox root;
    private final ObservableValue<Boolean> right = new SimpleBooleanProperty(false);

    public StoredLogPage(Texts texts, Workers workers, RunWords words) {
        this.words = words;
        reading = new Background<>(workers);
        view = new StoredLogView(texts);
        VBox.setVgrow(view, Priority.ALWAYS);
        root = new VBox(about, new LoadNote(texts, reading, texts.render("ui.loading")), view);
        root.getStyleClass().addAll("page", "log-page");
        reading.onDone(view::show);
    }

    /** Reads the log anew. */
    public void show(KeptRun kept) {
        about.setText(words.about(kept.run()) + " \u00b7 " + words.started(kept.run()));
        view.show(StoredLog.NOTHING);
        Path file = kept.run().folder().resolve("log.txt");
        reading.start(() -> read(file));
    }

    private static StoredLog read(Path file) throws Failure {
        try {
            return StoredLog.read(file);
        } catch (NoSuchFileException e) {
            throw Failure.of("ui.log.none", "", file.toString());
        } catch (IOException e) {
            throw Failure.of("ui.log.unread", String.valueOf(e), file.toString());
        }
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public Node first() {
        return view.list();
    }

    @Override
    public ObservableValue<Boolean> right() {
        return right;
    }

    @Override
    public boolean scrolls() {
        return false;
    }

    @Override
    public void open() {
        // What it shows was said before.
    }
}
