package io.keylesspull.ui.run;

import java.util.Locale;
import javafx.animation.Animation;
import javafx.animation.Interpolator;
import javafx.animation.RotateTransition;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;

/** A step's state as an icon, which turns while the step runs. */
final class StatusIcon extends StackPane {

    private final Region shape = new Region();
    private final RotateTransition turning = new RotateTransition(Duration.seconds(1.2), shape);
    private StepStatus status;

    StatusIcon() {
        getStyleClass().add("status-icon");
        shape.getStyleClass().add("status-shape");
        turning.setByAngle(360);
        turning.setInterpolator(Interpolator.LINEAR);
        turning.setCycleCount(Animation.INDEFINITE);
        getChildren().add(shape);
        sceneProperty().addListener((property, old, now) -> turn());
        show(StepStatus.PENDING);
    }

    void show(StepStatus now) {
        if (now == status) {
            return;
        }
        getStyleClass().removeIf(name -> name.startsWith("status-is-"));
        getStyleClass().add("status-is-" + now.name().toLowerCase(Locale.ROOT));
        status = now;
        turn();
    }

    private void turn() {
        if (status == StepStatus.RUNNING && getScene() != null) {
            turning.play();
        } else {
            turning.stop();
            shape.setRotate(0);
        }
    }
}
