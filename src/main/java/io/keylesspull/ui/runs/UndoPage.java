package io.keylesspull.ui.runs;

import io.keylesspull.setup.plan.Together;
import io.keylesspull.setup.plan.UndoList;
import io.keylesspull.setup.step.UndoChoice;
import io.keylesspull.text.Alike;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.BackgroundTask;
import io.keylesspull.ui.component.Icon;
import io.keylesspull.ui.component.Labels;
import io.keylesspull.ui.component.ListItem;
import io.keylesspull.ui.component.LoadStatus;
import io.keylesspull.ui.component.Notice;
import io.keylesspull.ui.component.Page;
import io.keylesspull.ui.runs.UndoModel.Looked;
import io.keylesspull.ui.signin.SignInModel;
import io.keylesspull.ui.signin.SignInProgress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.SimpleStringProperty;
import javafx.collections.SetChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.layout.VBox;

/** What undoing a run would do, what it can do in addition, and what stays; and the button that starts it. */
public final class UndoPage implements Page {

    /**
     * The administrator wants the undo that was shown.
     *
     * @param list what the page showed
     * @param choices what was ticked
     */
    public record Agreed(EarlierRun earlier, UndoList list, Set<UndoChoice> choices) {}

    private final Texts texts;
    private final UndoModel model;
    private final RunTexts words;
    private final VBox body = new VBox();
    private final Button undo = new Button();
    private final VBox root;

    /**
     * @param browser opens an address for the administrator
     * @param onAgree called when the administrator has seen the list and wants the undo
     */
    public UndoPage(
            Texts texts,
            UndoModel model,
            SignInModel signIn,
            RunTexts words,
            Consumer<URI> browser,
            Consumer<Agreed> onAgree) {
        this.texts = texts;
        this.model = model;
        this.words = words;
        undo.setId("undo");
        undo.setOnAction(event -> {
            if (model.ready() && model.look().state() instanceof BackgroundTask.State.Done<Looked> done) {
                onAgree.accept(new Agreed(done.value().earlier(), done.value().list(), model.choices()));
            }
        });
        body.getStyleClass().add("undo-lists");
        root = new VBox(
                new SignInProgress(texts, signIn, browser),
                new LoadStatus(texts, model.look(), texts.render("ui.undo.looking")),
                body);
        root.getStyleClass().addAll("page", "undo-page");
        model.look().stateProperty().addListener((property, before, now) -> refresh());
        model.chosen().addListener((SetChangeListener<UndoChoice>) change -> judge());
        refresh();
    }

    @Override
    public Node node() {
        return root;
    }

    /** Without the focus, so that no key that is pressed by mistake deletes anything. */
    @Override
    public Optional<Node> action() {
        return Optional.of(undo);
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
        if (!(model.look().state() instanceof BackgroundTask.State.Done<Looked> done)) {
            return;
        }
        EarlierRun earlier = done.value().earlier();
        UndoList list = done.value().list();
        body.getChildren()
                .add(Labels.of(
                        texts.render(
                                "ui.undo.about",
                                words.about(earlier.stored()),
                                words.mode(earlier),
                                words.started(earlier.stored())),
                        "undo-about"));
        if (UndoModel.onlyToBeNoted(list)) {
            name("ui.undo.note", "accent");
            body.getChildren()
                    .add(new Notice(Notice.Kind.INFO, new SimpleStringProperty(texts.render("ui.undo.nothing"))));
            return;
        }
        section(
                "ui.undo.goes",
                list.goes().isEmpty() ? "ui.undo.goes.nothing" : "ui.undo.goes.hint",
                list.goes().size(),
                Together.of(list.goes()).stream()
                        .map(what -> new ListItem(Icon.CROSS, "item-goes", texts.render(what), ""))
                        .toList());
        if (!list.asked().isEmpty()) {
            section(
                    "ui.undo.asked",
                    "ui.undo.asked.hint",
                    list.asked().size(),
                    list.questions().stream().map(this::ask).toList());
        }
        if (!list.stays().isEmpty()) {
            section(
                    "ui.undo.stays",
                    "ui.undo.stays.hint",
                    list.stays().size(),
                    Alike.groups(list.stays(), UndoList.Staying::words).stream()
                            .map(this::stays)
                            .toList());
        }
    }

    private void name(String key, String style) {
        undo.setText(texts.marked(key));
        undo.getStyleClass().removeAll("danger", "accent");
        undo.getStyleClass().add(style);
    }

    private ListItem stays(List<UndoList.Staying> alike) {
        return alike.size() == 1
                ? new ListItem(
                        Icon.FOUND,
                        "item-stays",
                        texts.render(alike.get(0).what()),
                        texts.render(alike.get(0).why()))
                : new ListItem(
                        Icon.FOUND,
                        "item-stays",
                        texts.render(Together.one(
                                alike.stream().map(UndoList.Staying::words).toList())),
                        "");
    }

    private CheckBox ask(UndoList.Question question) {
        CheckBox box = new CheckBox(texts.render(question.what()));
        box.setMnemonicParsing(false);
        box.setWrapText(true);
        box.setMinHeight(CheckBox.USE_PREF_SIZE);
        box.getStyleClass().add("undo-option");
        box.setSelected(model.chosen().containsAll(question.choices()));
        box.selectedProperty().addListener((property, before, now) -> {
            if (now) {
                model.chosen().addAll(question.choices());
            } else {
                model.chosen().removeAll(question.choices());
            }
        });
        return box;
    }

    private void section(String title, String hint, int many, List<? extends Node> lines) {
        VBox list = new VBox();
        list.getStyleClass().add("lines");
        list.getChildren().addAll(lines);
        VBox box =
                new VBox(Labels.of(texts.render(title, many), "section-title"), Labels.hint(texts.render(hint)), list);
        box.getStyleClass().add("section");
        body.getChildren().add(box);
    }
}
