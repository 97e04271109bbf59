package io.keylesspull.ui.page;

import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.Check;
import io.keylesspull.setup.step.PlannedChange;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.Background.State;
import io.keylesspull.ui.component.Background;
import io.keylesspull.ui.component.Copyable;
import io.keylesspull.ui.component.Icon;
import io.keylesspull.ui.component.LoadNote;
import io.keylesspull.ui.component.More;
import io.keylesspull.ui.component.ProblemBox;
import io.keylesspull.ui.component.Words;
import java.util.List;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What will be, what is done for it, whether anything stands in the way, and the same by hand. */
public final class ReviewPage implements Page {

    private final Texts texts;
    private final ReviewModel model;
    private final SignInModel signIn;
    private final RequestModel request;
    private final Function<SetupRequest, List<String>> byHand;
    private final Picture picture;
    private final VBox changes = new VBox();
    private final VBox checks = new VBox();
    private final VBox commands = new VBox();
    private final VBox root;
    private final BooleanBinding right;

    /**
     * @param byHand the commands that do the same by hand; an empty list where they cannot be told
     * @param save   keeps the request as a setup file
     */
    public ReviewPage(Texts texts, ReviewModel model, SignInModel signIn, RequestModel request,
                      Function<SetupRequest, List<String>> byHand, Node save) {
        this.texts = texts;
        this.model = model;
        this.signIn = signIn;
        this.request = request;
        this.byHand = byHand;
        picture = new Picture(texts);
        changes.getStyleClass().add("lines");
        checks.getStyleClass().add("lines");
        model.changes().stateProperty().addListener((property, before, now) -> showChanges());
        model.checks().stateProperty().addListener((property, before, now) -> showChecks());
        root = new VBox(picture, section("ui.review.changes", changes, model.changes()),
                section("ui.review.checks", checks, model.checks()), commands, save);
        root.getStyleClass().addAll("page", "review");
        right = Bindings.createBooleanBinding(
                () -> request.violationsProperty().get().isEmpty() && model.complete(),
                PageInputs.of(model.inputs(), request));
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public Node first() {
        return null;
    }

    @Override
    public ObservableValue<Boolean> right() {
        return right;
    }

    @Override
    public void open() {
        picture.show(request.request());
        showCommands();
        model.open(signIn.signedInProperty().get().session(), request.request());
    }

    @Override
    public void leave() {
        model.close();
    }

    private VBox section(String title, VBox lines, Background<?> work) {
        VBox box = new VBox(Words.of(texts.render(title), "section-title"), lines,
                new LoadNote(texts, work, texts.render("ui.review.looking")));
        box.getStyleClass().add("section");
        return box;
    }

    private void showChanges() {
        changes.getChildren().clear();
        if (model.changes().state() instanceof State.Done<List<PlannedChange>> done) {
            for (PlannedChange change : done.value()) {
                Icon icon = switch (change.kind()) {
                    case CREATE -> Icon.PLUS;
                    case CHANGE -> Icon.CHANGE;
                    case FIND -> Icon.FOUND;
                };
                changes.getChildren().add(line(icon, change.kind().name(),
                        texts.render("ui.review.change." + change.kind()), texts.render(change.what())));
            }
        }
    }

    private void showChecks() {
        checks.getChildren().clear();
        if (model.checks().state() instanceof State.Done<List<Check>> done) {
            for (Check check : done.value()) {
                Icon icon = switch (check.verdict()) {
                    case GOOD -> Icon.CHECK;
                    case DOUBTFUL -> Icon.WARNING;
                    case BAD -> Icon.CROSS;
                };
                checks.getChildren().add(line(icon, check.verdict().name(),
                        texts.render("ui.review.check." + check.verdict()), texts.render(check.what())));
                check.problem().ifPresent(problem ->
                        checks.getChildren().add(new ProblemBox(texts, problem, null)));
            }
        }
    }

    private void showCommands() {
        List<String> lines = request.violationsProperty().get().isEmpty()
                ? byHand.apply(request.request()) : List.of();
        commands.getChildren().clear();
        if (!lines.isEmpty()) {
            String all = String.join("\n", lines);
            commands.getChildren().add(new More(texts.render("ui.review.byHand"), new Copyable(texts, all)));
        }
    }

    private static HBox line(Icon icon, String style, String state, String words) {
        Label verdict = new Label(state, icon.node(12));
        verdict.getStyleClass().addAll("line-state", "line-" + style.toLowerCase(java.util.Locale.ROOT));
        verdict.setMinWidth(Label.USE_PREF_SIZE);
        verdict.setPrefWidth(120);
        Label what = Words.of(words);
        what.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(what, Priority.ALWAYS);
        HBox line = new HBox(verdict, what);
        line.getStyleClass().add("line");
        line.setAlignment(Pos.TOP_LEFT);
        return line;
    }
}
