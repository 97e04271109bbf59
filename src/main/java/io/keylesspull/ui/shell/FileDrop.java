package io.keylesspull.ui.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.scene.Scene;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;

/** A setup file that is dropped on the window is opened in it. */
final class FileDrop {

    private static final List<String> ENDINGS = List.of(".json", ".keylesspull");

    private FileDrop() {}

    static void on(Scene scene, Consumer<Path> opened) {
        scene.setOnDragOver(event -> {
            if (setup(event.getDragboard()).isPresent()) {
                event.acceptTransferModes(TransferMode.COPY);
            }
            event.consume();
        });
        scene.setOnDragDropped(event -> {
            Optional<Path> setup = setup(event.getDragboard());
            event.setDropCompleted(setup.isPresent());
            event.consume();
            setup.ifPresent(opened);
        });
    }

    private static Optional<Path> setup(Dragboard board) {
        return Stream.ofNullable(board.getFiles())
                .filter(files -> files.size() == 1)
                .map(files -> files.get(0).toPath())
                .filter(FileDrop::isSetup)
                .findFirst();
    }

    static boolean isSetup(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith);
    }
}
