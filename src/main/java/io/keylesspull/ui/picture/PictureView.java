package io.keylesspull.ui.picture;

import io.keylesspull.setup.picture.Part;
import io.keylesspull.setup.picture.Picture;
import io.keylesspull.setup.picture.PictureWords;
import io.keylesspull.text.Texts;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.InvalidationListener;
import javafx.scene.control.Label;
import javafx.scene.control.Toggle;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/**
 * A picture of who gets access to what. Each part is a button that shows what is known of it. More targets of a kind
 * than fit are one part with counts.
 */
public final class PictureView extends VBox {

    /** Of more targets of one kind than this, one part stands for all. */
    private static final int SINGLE = 3;

    private static final int COLUMNS = 5;
    /** A line of the picture has room for about this many times the size of its text. */
    private static final double LINE = 41;

    private final PictureWords words;
    private final GridPane grid = new GridPane();
    private final PartFacts facts;
    /** Has the size of text around the picture. */
    private final Label ruler = new Label();

    private final List<Part.Kind> shape = new ArrayList<>();
    private final List<PartButton> parts = new ArrayList<>();
    private final List<PictureArrow> arrows = new ArrayList<>();
    private ToggleGroup choice = new ToggleGroup();
    private Optional<Picture> shown = Optional.empty();

    /**
     * @param page the page of a resource in Azure's portal, by its id; empty where there is no portal, as in practice
     *     mode
     * @param browser opens a page; may block
     */
    public PictureView(Texts texts, Function<String, Optional<URI>> page, Consumer<URI> browser) {
        words = new PictureWords(texts);
        facts = new PartFacts(texts, words, page, browser);
        getStyleClass().add("picture-view");
        getStylesheets().add(PictureView.class.getResource("picture.css").toExternalForm());
        grid.getStyleClass().add("picture");
        grid.setMinHeight(USE_PREF_SIZE);
        for (int i = 0; i < COLUMNS; i++) {
            ColumnConstraints column = new ColumnConstraints();
            // The arrows have their own width, the boxes share the rest.
            boolean box = i % 2 == 0;
            column.setHgrow(box ? Priority.ALWAYS : Priority.NEVER);
            column.setFillWidth(true);
            if (box) {
                column.setPrefWidth(PartButton.NAME);
            }
            grid.getColumnConstraints().add(column);
        }
        ruler.setManaged(false);
        ruler.setVisible(false);
        InvalidationListener fitted = observable -> fit();
        widthProperty().addListener(fitted);
        ruler.fontProperty().addListener(fitted);
        getChildren().addAll(grid, facts, ruler);
    }

    /**
     * Where large text makes the parts wider than the window, their text is smaller, as in a drawing that is shrunk.
     */
    private void fit() {
        double usual = ruler.getFont().getSize();
        double fits = Math.floor(2 * getWidth() / LINE) / 2;
        grid.setStyle(fits > 0 && fits < usual ? "-fx-font-size: " + fits + "px" : "");
    }

    /** Shows a picture; what was chosen stays so. */
    public void show(Picture picture) {
        if (shown.equals(Optional.of(picture))) {
            return;
        }
        shown = Optional.of(picture);
        List<Part.Kind> now = shapeOf(picture);
        if (!now.equals(shape)) {
            shape.clear();
            shape.addAll(now);
            build(picture);
        }
        update(picture);
    }

    /** What the picture is built of; if that is the same, only its parts change. */
    private static List<Part.Kind> shapeOf(Picture picture) {
        List<Part.Kind> shape = new ArrayList<>();
        for (Picture.Row row : picture.rows()) {
            for (int i = 0; i < (single(row) ? row.targets().size() : SINGLE + 1); i++) {
                shape.add(row.kind());
            }
            shape.add(row.identity().kind());
        }
        return shape;
    }

    private static boolean single(Picture.Row row) {
        return row.targets().size() <= SINGLE;
    }

    private void build(Picture picture) {
        grid.getChildren().clear();
        parts.clear();
        arrows.clear();
        facts.clear();
        choice = new ToggleGroup();
        choice.selectedToggleProperty().addListener((property, before, now) -> choose(now));
        int line = 0;
        for (Picture.Row row : picture.rows()) {
            VBox targets = new VBox();
            targets.getStyleClass().add("picture-targets");
            int boxes = single(row) ? row.targets().size() : 1;
            for (int i = 0; i < boxes; i++) {
                targets.getChildren().add(part(PartButton.box()));
            }
            grid.add(targets, 0, line);
            grid.add(arrow(PictureArrow.right()), 1, line);
            grid.add(part(PartButton.box()), 2, line);
            grid.add(part(PartButton.arrow()), 3, line);
            line++;
        }
        grid.add(part(PartButton.box()), 4, 0, 1, line);
        grid.add(arrow(PictureArrow.down()), 4, line);
        grid.add(part(PartButton.box()), 4, line + 1);
        grid.add(arrow(PictureArrow.back()), 0, line, 4, 2);
    }

    private PartButton part(PartButton button) {
        button.setToggleGroup(choice);
        parts.add(button);
        return button;
    }

    private PictureArrow arrow(PictureArrow arrow) {
        arrows.add(arrow);
        return arrow;
    }

    private void update(Picture picture) {
        int part = 0;
        int arrow = 0;
        for (Picture.Row row : picture.rows()) {
            int targets = row.targets().size();
            if (single(row)) {
                for (Part target : row.targets()) {
                    parts.get(part++).show(target, targets, words);
                }
            } else {
                parts.get(part++).show(row, words);
            }
            arrows.get(arrow++).show(words.uses(), row.uses());
            parts.get(part++).show(row.identity(), targets, words);
            parts.get(part++).show(row.role(), targets, words);
        }
        parts.get(part++).show(picture.registry(), 1, words);
        arrows.get(arrow++).show(words.contains(), picture.image().state());
        parts.get(part).show(picture.image(), 1, words);
        arrows.get(arrow).show(words.pulled(picture), picture.pulled());
        choose(choice.getSelectedToggle());
    }

    private void choose(Toggle toggle) {
        if (toggle instanceof PartButton button) {
            button.tellOf(facts);
        } else {
            facts.clear();
        }
    }
}
