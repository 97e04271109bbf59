package io.keylesspull.ui.setup;

import io.keylesspull.setup.export.Format;
import io.keylesspull.setup.picture.Picture;
import io.keylesspull.setup.plan.Review;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.Session;
import io.keylesspull.setup.step.Check;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.About;
import io.keylesspull.ui.component.BackgroundTask.State;
import io.keylesspull.ui.component.CollapsedPane;
import io.keylesspull.ui.component.Copyable;
import io.keylesspull.ui.component.Icon;
import io.keylesspull.ui.component.Labels;
import io.keylesspull.ui.component.LoadStatus;
import io.keylesspull.ui.component.Page;
import io.keylesspull.ui.component.ProblemBox;
import io.keylesspull.ui.component.RevealEvent;
import io.keylesspull.ui.picture.PictureView;
import io.keylesspull.ui.setup.cost.CostBox;
import io.keylesspull.ui.signin.SignInModel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What will be set up, what the run does for it, the checks, and the same by hand. */
final class ReviewPage implements Page {

    private final Texts texts;
    private final ReviewModel model;
    private final KeyUnlocking keys;
    private final SignInModel signIn;
    private final RequestModel request;
    private final CostBox cost;
    private final PictureView picture;
    private final VBox changes = new VBox();
    private final VBox checks = new VBox();
    private final VBox commands = new VBox();
    private final Node status;
    private final VBox changesSection;
    private final VBox checksSection;
    private final VBox root;
    private final BooleanBinding complete;

    /** @param save saves the request as a setup file */
    ReviewPage(
            Texts texts,
            ReviewModel model,
            KeyUnlocking keys,
            SignInModel signIn,
            RequestModel request,
            CostBox cost,
            Node save) {
        this.texts = texts;
        this.model = model;
        this.keys = keys;
        this.signIn = signIn;
        this.request = request;
        this.cost = cost;
        // Nothing was looked at yet, so that no resource is known that the portal could show.
        picture = new PictureView(texts, id -> Optional.empty(), address -> {});
        changes.getStyleClass().add("lines");
        checks.getStyleClass().add("lines");
        model.review().stateProperty().addListener((property, before, now) -> show());
        status = new LoadStatus(texts, model.review(), texts.render("ui.review.looking"));
        changesSection = section("ui.review.changes", changes);
        changesSection.getChildren().add(1, expected());
        checksSection = section("ui.review.checks", checks);
        checksSection.getChildren().add(machines());
        root = new VBox(picture, status, changesSection, checksSection, cost, commands, save);
        root.getStyleClass().addAll("page", "review");
        complete = Bindings.createBooleanBinding(
                () -> request.violationsProperty().get().isEmpty() && model.complete(),
                PageInputs.of(model.inputs(), request));
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public ObservableValue<Boolean> complete() {
        return complete;
    }

    @Override
    public void open() {
        picture.show(Picture.planned(request.request()));
        Session session = signIn.signedInProperty().get().session();
        SetupRequest asked = request.request();
        keys.before(session, asked, root, () -> model.open(session, asked));
    }

    @Override
    public void leave() {
        keys.stop();
        model.stop();
    }

    /** What makes the checks that take longer, where there are machines to check. */
    private Node machines() {
        Button check = new Button(texts.marked("ui.review.machines"));
        check.setId("check-machines");
        check.setOnAction(event -> model.check(signIn.signedInProperty().get().session(), request.request()));
        Label hint = Labels.of(texts.render("ui.review.machines.hint"), "hint");
        Button cancel = new Button(texts.marked("ui.cancel"));
        cancel.setId("cancel-check-machines");
        cancel.setOnAction(event -> model.longer().stop());
        LoadStatus looking = new LoadStatus(texts, model.longer(), texts.render("ui.review.machines.looking"));
        HBox asking = new HBox(looking, cancel);
        asking.getStyleClass().add("waiting");
        asking.setAlignment(Pos.CENTER_LEFT);
        VBox box = new VBox(new HBox(check), hint, asking);
        box.getStyleClass().add("section");
        shownIf(
                box,
                () -> model.review().state() instanceof State.Done
                        && request.request().machines().stream().anyMatch(machine -> !machine.create()),
                model.review().stateProperty());
        shownIf(cancel, () -> model.longer().isRunning(), model.longer().stateProperty());
        shownIf(asking, looking::isVisible, looking.visibleProperty());
        check.disableProperty()
                .bind(Bindings.createBooleanBinding(
                        model.longer()::isRunning, model.longer().stateProperty()));
        model.longer().onDone(all -> {
            checks.getChildren().clear();
            showChecks(all);
        });
        return box;
    }

    private Label expected() {
        Label label = Labels.hint("");
        label.setId("expected");
        model.expected().onDone(time -> label.setText(texts.render("ui.review.expected", About.of(texts, time))));
        shownIf(
                label,
                () -> model.expected().state() instanceof State.Done
                        && model.review().state() instanceof State.Done,
                model.expected().stateProperty(),
                model.review().stateProperty());
        return label;
    }

    private static void shownIf(Node node, Callable<Boolean> condition, Observable... inputs) {
        node.visibleProperty().bind(Bindings.createBooleanBinding(condition, inputs));
        node.managedProperty().bind(node.visibleProperty());
    }

    private VBox section(String title, VBox lines) {
        VBox box = new VBox(Labels.of(texts.render(title), "section-title"), lines);
        box.getStyleClass().add("section");
        return box;
    }

    private void show() {
        changes.getChildren().clear();
        checks.getChildren().clear();
        commands.getChildren().clear();
        cost.hide();
        if (model.review().state() instanceof State.Done<Review> done) {
            order(done.value());
            picture.show(Picture.reviewed(request.request(), done.value()));
            cost.ask(signIn.signedInProperty().get().session(), done.value());
            done.value().changes().forEach(entry -> showChange(entry.preview()));
            showChecks(done.value().checks());
            String script = done.value().exports().text(Format.BASH);
            commands.getChildren()
                    .add(new CollapsedPane(texts.render("ui.review.byHand"), new Copyable(texts, script)));
        }
    }

    /** What stands in the way comes first, so that it is in view. */
    private void order(Review review) {
        boolean doubts =
                review.checks().stream().anyMatch(check -> check.verdict().compareTo(Check.Verdict.GOOD) > 0);
        Node first = doubts ? checksSection : changesSection;
        Node second = doubts ? changesSection : checksSection;
        root.getChildren().removeAll(changesSection, checksSection);
        root.getChildren().addAll(root.getChildren().indexOf(status) + 1, List.of(first, second));
    }

    private void showChange(Preview change) {
        Icon icon = switch (change.kind()) {
            case CREATE -> Icon.PLUS;
            case CHANGE, IF_MISSING -> Icon.CHANGE;
            case DELETE -> Icon.CROSS;
            case KEEP, LEAVE, NOTHING -> Icon.FOUND;
        };
        changes.getChildren()
                .add(line(
                        icon,
                        change.kind().name(),
                        texts.render("ui.review.change." + change.kind()),
                        texts.render(change.what())));
    }

    /** Brings the first check that forbids the run into view. */
    private void showChecks(List<Check> all) {
        Optional<Node> obstacle = Optional.empty();
        for (Check check : all) {
            Node shown = showCheck(check);
            obstacle = obstacle.or(() -> Optional.of(shown).filter(node -> check.isBad()));
        }
        obstacle.ifPresent(RevealEvent::request);
    }

    /** @return the problem, if there is one, else the check */
    private Node showCheck(Check check) {
        Icon icon = switch (check.verdict()) {
            case GOOD -> Icon.CHECK;
            case UNCHECKED -> Icon.FOUND;
            case DOUBTFUL -> Icon.WARNING;
            case BAD -> Icon.CROSS;
        };
        Node line = line(
                icon,
                check.verdict().name(),
                texts.render("ui.review.check." + check.verdict()),
                texts.render(check.what()));
        checks.getChildren().add(line);
        Optional<Node> problem = check.problem().map(found -> switch (check.verdict()) {
            case BAD -> new ProblemBox(texts, found, null);
            case UNCHECKED -> ProblemBox.note(texts, found);
            default -> ProblemBox.warning(texts, found);
        });
        problem.ifPresent(checks.getChildren()::add);
        return problem.orElse(line);
    }

    private static HBox line(Icon icon, String style, String state, String words) {
        Label verdict = new Label(state, icon.node(12));
        verdict.getStyleClass().addAll("line-state", "line-" + style.toLowerCase(java.util.Locale.ROOT));
        Label what = Labels.of(words);
        what.setText(Labels.breakable(what.getText()));
        what.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(what, Priority.ALWAYS);
        HBox line = new HBox(verdict, what);
        line.getStyleClass().add("line");
        line.setAlignment(Pos.TOP_LEFT);
        return line;
    }
}
