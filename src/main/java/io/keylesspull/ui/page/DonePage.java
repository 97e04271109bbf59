package io.keylesspull.ui.page;

import io.keylesspull.setup.ProvenMachine;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.Copyable;
import io.keylesspull.ui.component.Form;
import io.keylesspull.ui.component.Icon;
import io.keylesspull.ui.component.Words;
import java.util.List;
import java.util.function.Supplier;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.VBox;

/** What was proven, and how to go on from there. */
public final class DonePage implements Page {

    /** So many machines are unfolded from the start; more would only be scrolled past. */
    private static final int UNFOLDED = 3;

    private final Texts texts;
    private final Supplier<List<ProvenMachine>> proven;
    private final VBox machines = new VBox();
    private final Button another = new Button();
    private final VBox root;
    private final ObservableValue<Boolean> right = new SimpleBooleanProperty(true);

    /** @param onAnother begins the next setup */
    public DonePage(Texts texts, Supplier<List<ProvenMachine>> proven, Runnable onAnother) {
        this.texts = texts;
        this.proven = proven;
        machines.getStyleClass().add("proven");
        another.setId("another");
        another.setText(texts.render("ui.done.another"));
        another.setOnAction(event -> onAnother.run());
        root = new VBox(machines, another);
        root.getStyleClass().add("page");
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
