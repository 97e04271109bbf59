package io.keylesspull.ui.page;

import io.keylesspull.setup.plan.UndoList.Staying;
import io.keylesspull.setup.plan.UndoList;
import io.keylesspull.setup.step.UndoChoice;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.Background;
import io.keylesspull.ui.component.Icon;
import io.keylesspull.ui.component.Item;
import io.keylesspull.ui.component.LoadNote;
import io.keylesspull.ui.component.Notice;
import io.keylesspull.ui.component.Words;
import io.keylesspull.ui.page.UndoModel.Looked;
import io.keylesspull.ui.run.UndoExpected;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.SetChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.layout.VBox;

/** Exactly what taking a run back would do, what is asked for besides, and what stays; then, if it is wanted, does it. */
public final class UndoPage implements Page {

    /** Agreed to take back what a list said. */
    public record Agreed(KeptRun kept, Set<UndoChoice> choices, UndoExpected expected) {
    }

    private final Texts texts;
    private final UndoModel model;
    private final RunWords words;
    private final VBox body = new VBox();
    private final Button undo = new Button();
    private final VBox root;
    private final ObservableValue<Boolean> right = new SimpleBooleanProperty(false);

    /**
     * @param browser opens an address for the administrator
     * @param onAgree told once the administrator has seen the list and wants it done
     */
    public UndoPage(Texts texts, UndoModel model, SignInModel signIn, RunWords words, Consumer<URI> browser,
                    Consumer<Agreed> onAgree) {
        this.texts = texts;
        this.model = model;
        this.words = words;
        undo.setId("undo");
        undo.setOnAction(event -> {
            if (model.ready() && model.look().state() instanceof Background.State.Done<Looked> done) {
                onAgree.accept(new Agreed(done.value().kept(), model.choices(), expected(done.value().list())));
            }
        });
        body.getStyleClass().add("undo-lists");
        root = new VBox(new SignInProgress(texts, signIn, browser, false),
                new LoadNote(texts, model.look(), texts.render("ui.undo.looking")), body);
        root.getStyleClass().addAll("page", "undo-page");
        model.look().stateProperty().addListener((property, before, now) -> refresh());
        model.chosen().addListener((SetChangeListener<UndoChoice>) change -> judge());
        refresh();
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public Node first() {
        // The way back has the focus, so that no key pressed in passing deletes anything.
        return null;
    }

    @Override
    public ObservableValue<Boolean> right() {
        return right;
    }

    @Override
    public Node action() {
        return undo;
    }

    @Override
    public void open() {
        // What it shows follows from the model alone.
    }

    @Override
    public void leave() {
        model.clear();
    }

    private void judge() {
        undo.setDisable(!model.ready());
    }

    private void refresh() {
        judge();
        name("ui.undo.do", "danger");
        body.getChildren().clear();
        if (!(model.look().state() instanceof Background.State.Done<Looked> done)) {
            return;
        }
        KeptRun kept = done.value().kept();
        UndoList list = done.value().list();
        body.getChildren().add(Words.of(texts.render("ui.undo.about", words.about(kept.run()), words.mode(kept),
                words.started(kept.run())), "undo-about"));
        if (UndoModel.onlyToBeNoted(list)) {
            name("ui.undo.note", "accent");
            body.getChildren().add(new Notice(Notice.Kind.INFO, new SimpleStringProperty(
                    texts.render(kept.practice() ? "ui.undo.nothing.practice" : "ui.undo.nothing"))));
            return;
        }
        section("ui.undo.goes", list.goes().isEmpty() ? "ui.undo.goes.nothing" : "ui.undo.goes.hint",
                list.goes().stream().map(what -> new Item(Icon.CROSS, "item-goes", texts.render(what), "")).toList());
        if (!list.asked().isEmpty()) {
            section("ui.undo.asked", "ui.undo.asked.hint", list.asked().stream().map(this::ask).toList());
        }
        if (!list.stays().isEmpty()) {
            section("ui.undo.stays", "ui.undo.stays.hint", list.stays().stream().map(staying -> new Item(Icon.FOUND,
                    "item-stays", texts.render(staying.what()), texts.render(staying.why()))).toList());
        }
    }

    private void name(String key, String style) {
        undo.setText(texts.render(key));
        undo.getStyleClass().removeAll("danger", "accent");
        undo.getStyleClass().add(style);
    }

    private CheckBox ask(UndoList.Option option) {
        CheckBox box = new CheckBox(texts.render(option.what()));
        box.setWrapText(true);
        box.setMinHeight(CheckBox.USE_PREF_SIZE);
        box.getStyleClass().add("undo-option");
        box.setSelected(model.chosen().contains(option.choice()));
        box.selectedProperty().addListener((property, before, now) -> {
            if (now) {
                model.chosen().add(option.choice());
            } else {
                model.chosen().remove(option.choice());
            }
        });
        return box;
    }

    private void section(String title, String hint, List<? extends Node> lines) {
        VBox list = new VBox();
        list.getStyleClass().add("lines");
        list.getChildren().addAll(lines);
        VBox box = new VBox(Words.of(texts.render(title, lines.size()), "section-title"),
                Words.hint(texts.render(hint)), list);
        box.getStyleClass().add("section");
        body.getChildren().add(box);
    }

    private UndoExpected expected(UndoList list) {
        List<Staying> stays = new ArrayList<>(list.stays());
        model.notChosen(list).forEach(option -> stays.add(
                new Staying(option.what(), Text.of("ui.undo.notChosen"))));
        return new UndoExpected(list.goes().size() + model.choices().size(), stays);
    }
}
