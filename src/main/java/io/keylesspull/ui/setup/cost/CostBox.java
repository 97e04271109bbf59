package io.keylesspull.ui.setup.cost;

import io.keylesspull.setup.cost.CostEstimate;
import io.keylesspull.setup.cost.CostLine;
import io.keylesspull.setup.cost.CostWords;
import io.keylesspull.setup.cost.Costs;
import io.keylesspull.setup.plan.Review;
import io.keylesspull.setup.session.Session;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.BackgroundTask;
import io.keylesspull.ui.component.Labels;
import io.keylesspull.ui.component.LoadStatus;
import io.keylesspull.ui.component.Workers;
import java.util.Locale;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/** What the resources that a setup makes cost by the hour and the month. */
public final class CostBox extends VBox {

    private static final double BETWEEN = 24;

    private final Texts texts;
    private final BackgroundTask<CostEstimate> asking;
    private final GridPane lines = new GridPane();
    private final Label total = Labels.of("", "cost-total");
    private final Label note = Labels.hint("");
    private boolean practice;

    public CostBox(Texts texts, Workers workers) {
        this.texts = texts;
        asking = new BackgroundTask<>(workers);
        asking.onDone(this::show);
        lines.setHgap(BETWEEN);
        total.setId("cost-total");
        getChildren()
                .addAll(
                        Labels.of(texts.render("ui.review.cost"), "section-title"),
                        new LoadStatus(texts, asking, texts.render("ui.review.cost.asking")),
                        lines,
                        total,
                        note);
        getStyleClass().add("section");
        managedProperty().bind(visibleProperty());
        hide();
    }

    /** Asks for the prices of what was reviewed. */
    public void ask(Session session, Review review) {
        hide();
        setVisible(true);
        practice = session.practice();
        asking.start(() -> session.cost(review, Costs.currency(Locale.getDefault(Locale.Category.FORMAT))));
    }

    public void hide() {
        asking.stop();
        lines.getChildren().clear();
        total.setText("");
        note.setText("");
        setVisible(false);
    }

    private void show(CostEstimate estimate) {
        CostWords words = new CostWords(texts, estimate.currency());
        int row = 0;
        for (CostLine line : estimate.lines()) {
            lines.addRow(row++, Labels.of(words.what(line)), Labels.of(words.price(line)));
        }
        total.setText(estimate.lines().isEmpty() ? texts.render("ui.review.cost.nothing") : words.total(estimate));
        note.setText(words.source(estimate, practice));
    }
}
