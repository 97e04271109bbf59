package io.keylesspull.ui.signin;

import io.keylesspull.azure.model.DeviceCode;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import io.keylesspull.ui.component.Copyable;
import io.keylesspull.ui.component.Labels;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** The code of a sign-in by device code: large, with a button that copies it, the page to enter it on, and its time. */
public final class DeviceCodeCard extends VBox {

    private final Texts texts;
    private final Time time;
    private final Consumer<URI> browser;
    private final Label left = Labels.of("", "hint");
    private final Timeline clock = new Timeline(new KeyFrame(javafx.util.Duration.seconds(1), event -> count()));
    private Instant end = Instant.MIN;

    /**
     * @param code null while there is none
     * @param browser opens an address for the administrator
     */
    public DeviceCodeCard(Texts texts, Time time, ObservableValue<DeviceCode> code, Consumer<URI> browser) {
        this.texts = texts;
        this.time = time;
        this.browser = browser;
        getStyleClass().addAll("device-code", "notice", "notice-info");
        left.setId("code-time");
        clock.setCycleCount(Animation.INDEFINITE);
        code.addListener((property, before, now) -> show(now));
        show(code.getValue());
    }

    private void show(DeviceCode code) {
        clock.stop();
        getChildren().clear();
        if (code == null) {
            return;
        }
        end = time.now().plus(code.validity());
        Label words = Labels.of(code.userCode(), "mono", "code");
        words.setId("code");
        Button copy = Copyable.button(texts, code::userCode);
        copy.setId("copy-code");
        HBox row = new HBox(16, words, copy);
        row.setAlignment(Pos.CENTER_LEFT);
        Hyperlink link = new Hyperlink(code.verificationUri().toString());
        link.setMnemonicParsing(false);
        link.setId("code-page");
        link.setOnAction(event -> browser.accept(code.verificationUri()));
        getChildren().setAll(Labels.of(texts.render("ui.signIn.code")), row, link, left);
        count();
        clock.play();
    }

    private void count() {
        Duration remaining = Duration.between(time.now(), end);
        if (remaining.isNegative() || remaining.isZero()) {
            clock.stop();
            left.setText(texts.render("ui.signIn.code.expired"));
        } else {
            left.setText(texts.render(
                    "ui.signIn.code.left", "%d:%02d".formatted(remaining.toMinutes(), remaining.toSecondsPart())));
        }
    }
}
