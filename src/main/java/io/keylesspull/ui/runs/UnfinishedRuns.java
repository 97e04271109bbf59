package io.keylesspull.ui.runs;

import io.keylesspull.setup.session.StoredRun;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.Icon;
import io.keylesspull.ui.component.Labels;
import io.keylesspull.ui.signin.SignInModel;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Offers the latest unfinished runs. Invisible if there is none. */
public final class UnfinishedRuns extends VBox {

    private final Texts texts;
    private final RunsModel runs;
    private final RunTexts words;
    private final RunActions actions;
    private final SignInModel signIn;

    public UnfinishedRuns(Texts texts, RunsModel runs, RunTexts words, RunActions actions, SignInModel signIn) {
        this.texts = texts;
        this.runs = runs;
        this.words = words;
        this.actions = actions;
        this.signIn = signIn;
        getStyleClass().add("unfinished");
        setId("unfinished");
        managedProperty().bind(visibleProperty());
        runs.knownProperty().addListener((property, before, now) -> refresh());
        refresh();
    }

    private void refresh() {
        getChildren().setAll(runs.unfinished().stream().map(this::offer).toList());
        setVisible(!getChildren().isEmpty());
    }

    private HBox offer(EarlierRun earlier) {
        StoredRun run = earlier.stored();
        Label title = Labels.of(texts.render("ui.unfinished." + run.state()), "notice-title");
        title.setGraphic(Icon.WARNING.node(14));
        String facts = Stream.of(words.mode(earlier), words.started(run), words.progress(run), words.left(run))
                .filter(fact -> !fact.isEmpty())
                .collect(Collectors.joining(" \u00b7 "));
        VBox text = new VBox(title, Labels.of(words.about(run)), Labels.hint(facts));
        text.getStyleClass().add("unfinished-text");
        text.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        HBox box = new HBox(text);
        box.getStyleClass().addAll("notice", "notice-warning", "unfinished-run");
        box.setAlignment(Pos.CENTER_LEFT);
        if (run.canGoOn()) {
            Button goOn = button("ui.runs.goOn", "go-on", earlier, () -> actions.resume(earlier));
            goOn.getStyleClass().add("accent");
            box.getChildren().add(goOn);
        }
        if (run.canBeUndone()) {
            box.getChildren().add(button("ui.runs.undo", "undo-unfinished", earlier, () -> actions.undo(earlier)));
        }
        return box;
    }

    private Button button(String key, String id, EarlierRun earlier, Runnable action) {
        Button button = new Button(texts.marked(key));
        button.setId(id);
        button.setMinWidth(USE_PREF_SIZE);
        button.setAccessibleText(
                texts.render(key) + ", " + words.about(earlier.stored()) + ", " + words.started(earlier.stored()));
        button.setOnAction(event -> action.run());
        // During a sign-in, a second press would start it again.
        button.disableProperty()
                .bind(signIn.work().stateProperty().map(state -> signIn.work().isRunning()));
        return button;
    }
}
