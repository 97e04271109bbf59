package io.keylesspull.ui.run;

import io.keylesspull.setup.session.ProvenCluster;
import io.keylesspull.setup.session.ProvenMachine;
import io.keylesspull.setup.session.ProvenScaleSet;
import io.keylesspull.setup.session.SetupRun;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.CollapsedPane;
import io.keylesspull.ui.component.Copyable;
import io.keylesspull.ui.component.Field;
import io.keylesspull.ui.component.Form;
import io.keylesspull.ui.component.Icon;
import io.keylesspull.ui.component.Labels;
import io.keylesspull.ui.component.ListItem;
import io.keylesspull.ui.component.Page;
import io.keylesspull.ui.picture.PictureView;
import io.keylesspull.ui.runs.ReportSaving;
import io.keylesspull.ui.runs.RunTexts;
import io.keylesspull.ui.runs.RunsModel;
import io.keylesspull.ui.timeline.TimelineView;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** What is proven, what was made, and what can be done next. */
public final class DonePage implements Page {

    /** More targets than this are a list. */
    private static final int UNFOLDED = 3;
    /** Of the list, in pixels. */
    private static final double LINE = 30;
    /** How many of them are in view. */
    private static final int LINES = 6;

    /** @param facts made when they are shown */
    private record Target(String sentence, Supplier<Form> facts) {}

    private final Texts texts;
    private final RunPage run;
    private final RunsModel runs;
    private final RunTexts words;
    private final VBox targets = new VBox();
    private final VBox made = new VBox();
    private final PictureView picture;
    private final TimelineView timeline;
    private final Button another = new Button();
    private final Button saveReport = new Button();
    private final ReportSaving report;
    private final VBox root;
    private final ObservableValue<Boolean> complete = new SimpleBooleanProperty(true);

    /**
     * @param run shows the run that succeeded
     * @param onUndo shows what undoing it would do
     * @param onAnother begins the next setup
     */
    public DonePage(Texts texts, RunPage run, RunsModel runs, RunTexts words, Runnable onUndo, Runnable onAnother) {
        this.texts = texts;
        this.run = run;
        this.runs = runs;
        this.words = words;
        targets.getStyleClass().add("proven");
        made.getStyleClass().add("section");
        picture = run.pictureView(texts);
        timeline = new TimelineView(texts).asHighAsItsRows();
        another.setId("another");
        another.setText(texts.marked("ui.done.another"));
        another.setOnAction(event -> onAnother.run());
        Button undo = new Button(texts.marked("ui.runs.undo"));
        undo.setId("done-undo");
        undo.setOnAction(event -> onUndo.run());
        report = new ReportSaving(texts, runs);
        saveReport.setId("save-report");
        saveReport.setText(texts.marked("ui.runs.report"));
        FlowPane buttons = new FlowPane(10, 10, another, saveReport, undo);
        root = new VBox(
                targets,
                folded("ui.picture.title", "done.picture", picture),
                folded("ui.timeline", "done.timeline", timeline),
                made,
                buttons,
                report.said(),
                Labels.hint(texts.render("ui.done.undo.hint")));
        root.getStyleClass().add("page");
        runs.knownProperty().addListener((property, before, now) -> showMade());
    }

    /** A pane that is as it was left the last time. */
    private TitledPane folded(String title, String choice, Node content) {
        TitledPane pane = new CollapsedPane(texts.render(title), content);
        pane.setId(choice.replace('.', '-'));
        BooleanProperty unfolded = run.remembered().flag(choice, false);
        pane.setExpanded(unfolded.get());
        unfolded.bind(pane.expandedProperty());
        return pane;
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public Optional<Node> initialFocus() {
        return Optional.of(another);
    }

    @Override
    public ObservableValue<Boolean> complete() {
        return complete;
    }

    @Override
    public void open() {
        List<ProvenMachine> machines = run.proven();
        List<ProvenCluster> clusters = run.provenClusters();
        Optional<ProvenScaleSet> scaleSet = run.provenScaleSet();
        List<Target> all = Stream.of(
                        scaleSet.stream().map(this::scaleSet),
                        machines.stream().map(this::machine),
                        clusters.stream().map(this::cluster))
                .flatMap(some -> some)
                .toList();
        targets.getChildren()
                .setAll(
                        all.size() <= UNFOLDED
                                ? all.stream().map(this::unfolded).toList()
                                : listed(all));
        run.picture().ifPresent(picture::show);
        run.timeline().ifPresent(timeline::show);
        showMade();
        runs.load();
    }

    /** What the run's folder says, which includes what earlier attempts made. */
    private void showMade() {
        made.getChildren().clear();
        saveReport.setDisable(true);
        Optional<String> id = run.run().map(SetupRun::id);
        runs.knownProperty().get().stream()
                .filter(earlier -> id.equals(Optional.of(earlier.stored().id())))
                .findFirst()
                .ifPresent(earlier -> {
                    saveReport.setDisable(false);
                    saveReport.setOnAction(event -> report.ask(earlier));
                    VBox lines = new VBox();
                    lines.getStyleClass().add("lines");
                    words.leftInFull(earlier.stored())
                            .forEach(line -> lines.getChildren().add(new ListItem(Icon.PLUS, "item-made", line, "")));
                    made.getChildren()
                            .add(new CollapsedPane(texts.render("ui.done.made", words.left(earlier.stored())), lines));
                });
    }

    private Target machine(ProvenMachine machine) {
        return target(machine.name(), machine.image(), () -> form(machine));
    }

    private Form form(ProvenMachine machine) {
        Form form = new Form();
        form.field(texts.render("ui.done.image"), Labels.of(machine.image(), "mono"));
        form.field(texts.render("ui.done.digest"), new Copyable(texts, machine.digest()))
                .hint(texts.render("ui.done.digest.hint"));
        Field ssh = form.field(texts.render("ui.done.ssh"), new Copyable(texts, session(machine)));
        ssh.hint(texts.render("ui.done.way", machine.way()));
        machine.sshNotes().forEach(note -> ssh.hint(texts.render(note)));
        form.field(texts.render("ui.done.pull"), new Copyable(texts, machine.pullCommand()))
                .hint(texts.render("ui.done.pull.hint"));
        return form;
    }

    /** Short where it is the program's own, which knows the rest from the run's folder. */
    private String session(ProvenMachine machine) {
        List<ProvenMachine> machines = run.proven();
        return run.run()
                .filter(known -> !machine.sshArguments().isEmpty())
                .map(known -> Stream.of("keyless-pull", "ssh", known.id(), machine.name())
                        .limit(machines.size() == 1 ? 3 : 4)
                        // The resource group tells machines of one name apart.
                        .map(word -> word.indexOf(' ') < 0 ? word : '"' + word + '"')
                        .collect(Collectors.joining(" ")))
                .orElse(machine.ssh());
    }

    private Target scaleSet(ProvenScaleSet set) {
        return target(set.name(), set.image(), () -> form(set));
    }

    private Form form(ProvenScaleSet set) {
        Form form = new Form();
        form.field(texts.render("ui.fleet.instances"), Labels.of(texts.render("ui.count", set.instances())));
        form.field(texts.render("ui.done.image"), Labels.of(set.image(), "mono"));
        form.field(texts.render("ui.done.digest"), new Copyable(texts, set.digest()))
                .hint(texts.render(
                        set.isSample() ? "ui.done.fleet.sample" : "ui.done.fleet.all", set.asked(), set.instances()));
        return form;
    }

    private Target cluster(ProvenCluster cluster) {
        return target(cluster.name(), cluster.image(), () -> form(cluster));
    }

    private Form form(ProvenCluster cluster) {
        Form form = new Form();
        form.field(texts.render("ui.done.image"), new Copyable(texts, cluster.image()))
                .hint(texts.render("ui.done.image.cluster"));
        cluster.pools()
                .forEach(pool -> form.field(texts.marked("ui.done.pool", pool), new Copyable(texts, cluster.digest())));
        form.field("", Labels.hint(texts.render("ui.done.pool.hint")));
        return form;
    }

    private Target target(String name, String image, Supplier<Form> facts) {
        String registry = image.substring(0, Math.max(0, image.indexOf('/')));
        return new Target(texts.render("ui.done.canPull", name, registry), facts);
    }

    private VBox unfolded(Target target) {
        Label title = Labels.of(target.sentence(), "section-title");
        title.setGraphic(Icon.CHECK.node(14));
        VBox box = new VBox(title, target.facts().get());
        box.getStyleClass().add("proven-machine");
        return box;
    }

    /** A list, and what is to be said of the one that is chosen. */
    private List<Node> listed(List<Target> all) {
        ListView<Target> list = new ListView<>(FXCollections.observableList(all));
        list.setId("done-targets");
        list.setAccessibleText(texts.render("ui.run.targets"));
        list.setFixedCellSize(LINE);
        list.setPrefHeight(Math.min(LINES, all.size()) * LINE + 4);
        list.setMinHeight(Region.USE_PREF_SIZE);
        list.setCellFactory(view -> new ListCell<>() {
            @Override
            protected void updateItem(Target target, boolean empty) {
                super.updateItem(target, empty);
                setText(empty || target == null ? null : target.sentence());
                setGraphic(empty ? null : Icon.CHECK.node(14));
            }
        });
        VBox chosen = new VBox();
        list.getSelectionModel().selectedItemProperty().addListener((property, before, now) -> {
            if (now != null) {
                chosen.getChildren().setAll(unfolded(now));
            }
        });
        list.getSelectionModel().selectFirst();
        return List.of(list, chosen);
    }
}
