package io.keylesspull.ui.file;

import io.keylesspull.setup.request.SetupFile;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.Violation;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.BackgroundTask.State;
import io.keylesspull.ui.component.Icon;
import io.keylesspull.ui.component.Labels;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Says what the opened setup file asks for, or which rules it breaks, and leads to its review. Else invisible. */
public final class OpenedFilePane extends VBox {

    private static final int MOST_VIOLATIONS = 5;

    private final Texts texts;
    private final OpenedFile opened;
    private final ObservableValue<Boolean> busy;
    private final Consumer<SetupRequest> review;

    /**
     * @param busy whether somebody is signing in
     * @param review goes to the review of a request, in the mode that is chosen
     */
    public OpenedFilePane(
            Texts texts, OpenedFile opened, ObservableValue<Boolean> busy, Consumer<SetupRequest> review) {
        this.texts = texts;
        this.opened = opened;
        this.busy = busy;
        this.review = review;
        setId("opened-file");
        getStyleClass().addAll("notice", "notice-info");
        managedProperty().bind(visibleProperty());
        opened.fileProperty().addListener((property, before, now) -> show());
        opened.reading().stateProperty().addListener((property, before, now) -> show());
        show();
    }

    private void show() {
        Path file = opened.fileProperty().get();
        setVisible(file != null);
        if (file == null) {
            return;
        }
        var title = Labels.of(texts.render("ui.file.title", String.valueOf(file.getFileName())), "notice-title");
        title.setGraphic(Icon.FOUND.node(14));
        getChildren().setAll(title);
        Button close = new Button(texts.marked("ui.file.close"));
        close.setId("close-file");
        close.setMinWidth(USE_PREF_SIZE);
        close.setOnAction(event -> opened.close());
        HBox buttons = new HBox(10);
        if (opened.reading().state() instanceof State.Done<SetupFile.Reading> done) {
            if (done.value() instanceof SetupFile.Read read) {
                getChildren().add(Labels.of(about(read.request())));
                Button go = new Button(texts.marked("ui.file.review"));
                go.setId("review-file");
                go.setMinWidth(USE_PREF_SIZE);
                go.getStyleClass().add("accent");
                go.disableProperty().bind(busy);
                go.setOnAction(event -> review.accept(read.request()));
                buttons.getChildren().add(go);
            } else if (done.value() instanceof SetupFile.Refused refused) {
                refused(refused.violations());
            }
        }
        buttons.getChildren().add(close);
        getChildren().add(buttons);
    }

    private String about(SetupRequest request) {
        List<String> targets = request.labels();
        String first = targets.stream().findFirst().orElse("");
        return texts.render(
                "ui.file.about",
                targets.size() > 1 ? texts.render("ui.file.andMore", first, targets.size() - 1) : first,
                request.registry().name());
    }

    private void refused(List<Violation> violations) {
        getChildren().add(Labels.of(texts.render("ui.file.refused", violations.size()), "error"));
        violations.stream()
                .limit(MOST_VIOLATIONS)
                .map(violation -> violation.path().isEmpty()
                        ? texts.render(violation.rule())
                        : violation.path() + ": " + texts.render(violation.rule()))
                .map(Labels::of)
                .forEach(getChildren()::add);
    }
}
