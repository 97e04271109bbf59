package io.keylesspull.ui.component;

import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.Node;

/** Asks the pane that scrolls a node to bring it into view, because it shows a new error. */
public final class RevealEvent extends Event {

    public static final EventType<RevealEvent> REVEAL = new EventType<>(Event.ANY, "REVEAL");

    private static final long serialVersionUID = 1;

    private RevealEvent() {
        super(REVEAL);
    }

    /** Has no effect on a page that is not shown. */
    public static void request(Node node) {
        Event.fireEvent(node, new RevealEvent());
    }
}
