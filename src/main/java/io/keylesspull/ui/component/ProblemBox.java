package io.keylesspull.ui.component;

import io.keylesspull.engine.event.Problem;
import io.keylesspull.text.Texts;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** A problem on a page: what happened, what it means, what to do, and the technical details in a collapsed pane. */
public final class ProblemBox extends VBox {

    /** @param again tries it once more; null for no such button */
    public ProblemBox(Texts texts, Problem problem, @Nullable Runnable again) {
        this(texts, problem, Notice.Kind.DANGER, again);
    }

    /** Something that the user may go on with. @param again as above */
    static ProblemBox warning(Texts texts, Problem problem, @Nullable Runnable again) {
        return new ProblemBox(texts, problem, Notice.Kind.WARNING, again);
    }

    /** Something that the user should know. */
    public static ProblemBox note(Texts texts, Problem problem) {
        return new ProblemBox(texts, problem, Notice.Kind.INFO, null);
    }

    /** Something that the user may go on with. */
    public static ProblemBox warning(Texts texts, Problem problem) {
        return warning(texts, problem, null);
    }

    private ProblemBox(Texts texts, Problem problem, Notice.Kind kind, @Nullable Runnable again) {
        getStyleClass().addAll("notice", kind.styleClass());
        Label what = Labels.of(texts.render(problem.what()), "notice-title");
        what.setGraphic((kind == Notice.Kind.INFO ? Icon.FOUND : Icon.WARNING).node(14));
        what.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(what, Priority.ALWAYS);
        HBox title = new HBox(what);
        problem.code().ifPresent(code -> title.getChildren().add(Copyable.button(texts, code.toString())));
        getChildren()
                .addAll(title, Labels.of(texts.render(problem.meaning())), Labels.of(texts.render(problem.remedy())));
        problem.command().ifPresent(command -> getChildren().add(new Copyable(texts, command)));
        if (!problem.details().isBlank()) {
            TitledPane details = new TitledPane(texts.render("ui.details"), Labels.of(problem.details(), "mono"));
            details.getStyleClass().add("more");
            details.setMnemonicParsing(false);
            details.setExpanded(false);
            details.setAnimated(false);
            getChildren().add(details);
        }
        if (again != null) {
            Button button = new Button(texts.marked("ui.tryAgain"));
            button.setOnAction(event -> again.run());
            getChildren().add(button);
        }
    }
}
