package io.keylesspull.ui.picture;

import io.keylesspull.setup.picture.Part;
import io.keylesspull.setup.picture.Picture;
import io.keylesspull.setup.picture.PictureWords;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.Copyable;
import io.keylesspull.ui.component.Form;
import io.keylesspull.ui.component.Labels;
import io.keylesspull.ui.component.ProblemBox;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What is known of the part that is chosen. */
final class PartFacts extends VBox {

    private final Texts texts;
    private final PictureWords words;
    private final Function<String, Optional<URI>> page;
    private final Consumer<URI> browser;
    private final ListView<Part> targets = new ListView<>();
    private final VBox one = new VBox();
    private Optional<Part> shown = Optional.empty();

    PartFacts(Texts texts, PictureWords words, Function<String, Optional<URI>> page, Consumer<URI> browser) {
        this.texts = texts;
        this.words = words;
        this.page = page;
        this.browser = browser;
        getStyleClass().add("picture-facts");
        setId("picture-facts");
        one.getStyleClass().add("picture-one");
        targets.setId("picture-targets");
        targets.setAccessibleText(texts.render("ui.picture.targets"));
        targets.setCellFactory(list -> new Cell());
        targets.getSelectionModel().selectedItemProperty().addListener((property, before, now) -> {
            if (now != null) {
                facts(now, 1);
            }
        });
        managedProperty().bind(visibleProperty());
        clear();
    }

    void clear() {
        shown = Optional.empty();
        setVisible(false);
        getChildren().clear();
        one.getChildren().clear();
        targets.getItems().clear();
    }

    void show(Part part, int ofTargets) {
        if (!getChildren().equals(List.of(one))) {
            getChildren().setAll(one);
            shown = Optional.empty();
        }
        setVisible(true);
        facts(part, ofTargets);
    }

    /** Shows a list of targets, those that failed first. */
    void show(Picture.Row row) {
        if (!getChildren().contains(targets)) {
            getChildren().setAll(targets, one);
            one.getChildren().clear();
            shown = Optional.empty();
        }
        setVisible(true);
        List<Part> sorted = row.targets().stream()
                .sorted(Comparator.comparing(part -> part.problem().isEmpty()))
                .toList();
        if (sorted.equals(targets.getItems())) {
            return;
        }
        Optional<String> chosen = Optional.ofNullable(
                        targets.getSelectionModel().getSelectedItem())
                .map(Part::name);
        targets.getItems().setAll(sorted);
        sorted.stream()
                .filter(part -> chosen.equals(Optional.of(part.name())))
                .findFirst()
                .ifPresent(targets.getSelectionModel()::select);
    }

    private void facts(Part part, int ofTargets) {
        if (shown.equals(Optional.of(part))) {
            return;
        }
        shown = Optional.of(part);
        Label title = Labels.of(words.title(part) + " " + words.name(part, ofTargets), "section-title");
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        HBox head = new HBox(12, title);
        head.setAlignment(Pos.CENTER_LEFT);
        part.resourceId().flatMap(page).ifPresent(address -> head.getChildren().add(portal(part, address)));
        Form form = new Form();
        part.details().forEach(detail -> form.field(words.label(detail), new Copyable(texts, detail.value())));
        one.getChildren().setAll(head);
        part.problem().ifPresent(problem -> one.getChildren().add(new ProblemBox(texts, problem, null)));
        one.getChildren().add(part.details().isEmpty() ? Labels.hint(texts.render("ui.picture.nothing")) : form);
    }

    private Button portal(Part part, URI address) {
        boolean ofRegistry = part.kind() == Part.Kind.ROLE || part.kind() == Part.Kind.IMAGE;
        Button button = new Button(texts.marked(ofRegistry ? "ui.picture.portal.registry" : "ui.picture.portal"));
        button.setId("picture-portal");
        button.setMinWidth(USE_PREF_SIZE);
        button.setOnAction(event -> browser.accept(address));
        return button;
    }

    private final class Cell extends ListCell<Part> {

        @Override
        protected void updateItem(Part part, boolean empty) {
            super.updateItem(part, empty);
            if (empty || part == null) {
                setText(null);
                setGraphic(null);
                return;
            }
            setText(part.name() + " \u2014 " + words.state(part.state()));
            setGraphic(PartButton.icon(part.state()).node(12));
            PartButton.mark(this, part.state());
        }
    }
}
