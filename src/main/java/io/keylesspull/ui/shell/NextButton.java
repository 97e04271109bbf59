package io.keylesspull.ui.shell;

import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.Page;
import javafx.animation.AnimationTimer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/**
 * <em>Next</em>. Fast clicks do not skip a page: a page can be left only after it was painted, and not with the second
 * click of a double click on the page before.
 */
final class NextButton extends Button {

    /** Set until the page is painted, so that the button does not look disabled for that moment. */
    private static final PseudoClass FRESH = PseudoClass.getPseudoClass("fresh");

    private final Texts texts;
    private final Navigation navigation;
    private final BooleanProperty painted = new SimpleBooleanProperty();
    private final Painting painting = new Painting();
    private @Nullable Page pageOfFirstClick;

    /** @param frame gets every click on the page and on the buttons, those on a disabled button too */
    NextButton(Texts texts, Navigation navigation, Node frame) {
        this.texts = texts;
        this.navigation = navigation;
        setId("next");
        setDefaultButton(true);
        setMinWidth(USE_PREF_SIZE);
        disableProperty().bind(navigation.canGoNextProperty().and(painted).not());
        frame.addEventFilter(MouseEvent.MOUSE_PRESSED, this::pressed);
    }

    /** Called when another page is shown. */
    void pageShown() {
        label();
        painted.set(false);
        pseudoClassStateChanged(FRESH, true);
        painting.restart();
    }

    private void pressed(MouseEvent event) {
        Page page = navigation.pageProperty().get();
        if (event.getClickCount() == 1) {
            pageOfFirstClick = page;
        } else if (page != pageOfFirstClick && isHit(event)) {
            event.consume();
        }
    }

    private boolean isHit(MouseEvent event) {
        Node target = (Node) event.getTarget();
        while (target != null && target != this) {
            target = target.getParent();
        }
        return target == this;
    }

    /** Says what the button does on this page. */
    void label() {
        setText(texts.marked(key(navigation.pageName())));
    }

    private String key(PageName name) {
        if (name == WizardStep.REVIEW) {
            return "ui.next.start";
        }
        if (name == WizardStep.DONE) {
            return "ui.finish";
        }
        if (name == UndoRunPage.UNDOING) {
            return "ui.next.toStart";
        }
        return navigation.signsIn() && navigation.choosesDirectory() ? "ui.next.signIn" : "ui.next";
    }

    private final class Painting extends AnimationTimer {

        private int pulses;

        void restart() {
            pulses = 0;
            start();
        }

        @Override
        public void handle(long now) {
            // The first pulse lays the page out and hands it to the renderer.
            if (++pulses == 2) {
                stop();
                pseudoClassStateChanged(FRESH, false);
                painted.set(true);
            }
        }
    }
}
