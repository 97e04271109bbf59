package io.keylesspull.ui.settings;

import io.keylesspull.ui.remembered.Remembered;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.StringProperty;

/** The user's choices; each change is kept. Used by the JavaFX thread. */
public final class Settings {

    /** In percent of the usual one. */
    static final List<Integer> TEXT_SIZES = List.of(100, 125, 150, 175, 200);

    private static final String LANGUAGE = "language";
    private static final String DATA_FOLDER = "data.folder";

    private final ObjectProperty<Language> language;
    private final ObjectProperty<Look> look;
    private final ObjectProperty<Integer> textSize;
    private final BooleanProperty notifications;
    private final StringProperty dataFolder;

    public Settings(Remembered remembered) {
        language = remembered.oneOf(LANGUAGE, List.of(Language.values()), Language.SYSTEM);
        look = remembered.oneOf("look", List.of(Look.values()), Look.SYSTEM);
        textSize = remembered.oneOf("text.size", TEXT_SIZES, 100);
        notifications = remembered.flag("notifications", true);
        dataFolder = remembered.words(DATA_FOLDER);
    }

    /** The chosen language, in what was kept, before there is a window. */
    public static Language language(Map<String, String> kept) {
        return List.of(Language.values()).stream()
                .filter(each -> each.toString().equals(kept.get(LANGUAGE)))
                .findFirst()
                .orElse(Language.SYSTEM);
    }

    /** The chosen data folder, in what was kept; empty for the standard one, and if it cannot be one. */
    public static Optional<Path> dataFolder(Map<String, String> kept) {
        try {
            return Optional.of(kept.getOrDefault(DATA_FOLDER, ""))
                    .filter(folder -> !folder.isBlank())
                    .map(Path::of)
                    .filter(Path::isAbsolute);
        } catch (InvalidPathException byHand) {
            return Optional.empty();
        }
    }

    public ObjectProperty<Language> languageProperty() {
        return language;
    }

    public ObjectProperty<Look> lookProperty() {
        return look;
    }

    /** In percent of the usual one. */
    public ObjectProperty<Integer> textSizeProperty() {
        return textSize;
    }

    /** Whether the system says when a run has ended. */
    public BooleanProperty notificationsProperty() {
        return notifications;
    }

    /** An absolute path, from the next start on; empty for the standard one. */
    StringProperty dataFolderProperty() {
        return dataFolder;
    }
}
