package io.keylesspull.ui.page;

import io.keylesspull.setup.session.ProvenMachine;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.Copyable;
import io.keylesspull.ui.component.Form;
import io.keylesspull.ui.component.Icon;
import io.keylesspull.ui.component.Item;
import io.keylesspull.ui.component.More;
import io.keylesspull.ui.component.Words;
import java.util.List;
import java.util.function.Supplier;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** What was proven, and how to go on from there. */
public final class DonePage implements Page {

    /** So many machines are unfolded from the start; more would only be scrolled past. */
    private static final int UNFOLDED = 3;

    private final Texts texts;
    private final Supplier<List<ProvenMachine>> proven;
    private final Supplier<String> run;
    private final RunsModel runs;
    private final RunWords words;
    private final VBox machines = new VBox();
    private final VBox made = new VBox();
    private final Button another = new Button();
    private final VBox root;
    private final ObservableValue<Boolean> right = new SimpleBooleanProperty(true);

    /**
     * @param run    the id of the run that is done
     * @param onUndo shows what taking it back would do
     * @param onAnother begins the next setup
     */
    public DonePage(Texts texts, Supplier<List<ProvenMachine>> proven, Supplier<String> run, RunsModel runs,
                    RunWords words, Runnable onUndo, Runnable onAnother) {
        this.texts = texts;
        this.proven = proven;
        this.run = run;
        this.runs = runs;
        this.words = words;
        machines.getStyleClass().add("proven");
        made.getStyleClass().add("section");
        another.setId("another");
        another.setText(texts.render("ui.done.another"));
        another.setOnAction(event -> onAnother.run());
        Button undo = new Button(texts.render("ui.runs.undo"));
        undo.setId("done-undo");
        undo.setOnAction(event -> onUndo.run());
        HBox buttons = new HBox(10, another, undo);
        root = new VBox(machines, made, buttons, Words.hint(texts.render("ui.done.undo.hint")));
        root.getStyleClass().add("page");
        runs.knownProperty().addListener((property, before, now) -> showMade());
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public Node first() {
        return another;
    }

    @Override
    public ObservableValue<Boolean> right() {
        return right;
    }

    @Override
    public void open() {
        List<ProvenMachine> now = proven.get();
        machines.getChildren().setAll(now.stream().map(each -> machine(each, now.size() <= UNFOLDED)).toList());
        showMade();
        runs.load();
    }

    /** As its folder tells, with what earlier tries made. */
    private void showMade() {
        made.getChildren().clear();
        runs.knownProperty().get().stream().filter(kept -> kept.run().id().equals(run.get())).findFirst()
                .ifPresent(kept -> {
                    VBox lines = new VBox();
                    lines.getStyleClass().add("lines");
                    words.leftInFull(kept.run()).forEach(line ->
                            lines.getChildren().add(new Item(Icon.PLUS, "item-made", line, "")));
                    made.getChildren().add(new More(texts.render("ui.done.made", words.left(kept.run())), lines));
                });
    }

    private Node machine(ProvenMachine machine, boolean unfolded) {
        Form form = new Form();
        form.field(texts.render("ui.done.image"), Words.of(machine.image(), "mono"));
        form.field(texts.render("ui.done.digest"), new Copyable(texts, machine.digest()))
                .hint(texts.render("ui.done.digest.hint"));
        form.field(texts.render("ui.done.ssh"), new Copyable(texts, machine.ssh()));
        form.field(texts.render("ui.done.pull"), new Copyable(texts, machine.pullCommand()))
                .hint(texts.render("ui.done.pull.hint"));
        String registry = machine.image().substring(0, Math.max(0, machine.image().indexOf('/')));
        String sentence = texts.render("ui.done.canPull", machine.name(), registry);
        if (unfolded) {
            Label title = Words.of(sentence, "section-title");
            title.setGraphic(Icon.CHECK.node(14));
            VBox box = new VBox(title, form);
            box.getStyleClass().add("proven-machine");
            return box;
        }
        TitledPane pane = new TitledPane(sentence, form);
        pane.setGraphic(Icon.CHECK.node(14));
        pane.setExpanded(false);
        pane.setAnimated(false);
        pane.getStyleClass().add("proven-folded");
        return pane;
    }
}
