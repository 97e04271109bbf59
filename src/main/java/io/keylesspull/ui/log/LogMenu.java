package io.keylesspull.ui.log;

import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.Texts;
import java.net.URI;
import java.util.function.Consumer;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/** What can be done with a line: open or copy what is in it, go to its step, copy lines. */
final class LogMenu {

    /** Of the links in one line, so that the menu fits the screen. */
    private static final int MOST_LINKS = 8;
    /** Characters of a link that the menu shows. */
    private static final int LONGEST = 60;

    private final Texts texts;
    private final Consumer<URI> browser;
    private final Consumer<String> said;
    private final Runnable copyLines;
    private Consumer<StepId> onStep = step -> {};

    /**
     * @param browser opens a page; does not block
     * @param said gets what was done, in words
     * @param copyLines copies the selected lines
     */
    LogMenu(Texts texts, Consumer<URI> browser, Consumer<String> said, Runnable copyLines) {
        this.texts = texts;
        this.browser = browser;
        this.said = said;
        this.copyLines = copyLines;
    }

    void onStep(Consumer<StepId> listener) {
        onStep = listener;
    }

    ContextMenu of(LogLine line) {
        ContextMenu menu = new ContextMenu();
        LogLink.in(line.text()).stream()
                .limit(MOST_LINKS)
                .forEach(link -> menu.getItems()
                        .add(item(
                                texts.render(
                                        link.kind() == LogLink.Kind.PAGE ? "ui.log.menu.open" : "ui.log.menu.copy",
                                        shortened(link.text())),
                                () -> follow(link))));
        line.source()
                .step()
                .ifPresent(step -> menu.getItems()
                        .add(item(texts.render("ui.log.menu.step", line.source().title()), () -> onStep.accept(step))));
        menu.getItems().add(item(texts.render("ui.log.menu.lines"), copyLines));
        return menu;
    }

    private static MenuItem item(String words, Runnable action) {
        MenuItem item = new MenuItem(words);
        // Names have underscores.
        item.setMnemonicParsing(false);
        item.setOnAction(event -> action.run());
        return item;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "\u2026";
    }

    /** Opens a page; copies anything else, because files and digests in a log are mostly those of a machine. */
    void follow(LogLink link) {
        if (link.kind() == LogLink.Kind.PAGE) {
            try {
                browser.accept(URI.create(link.text()));
                return;
            } catch (IllegalArgumentException notAnAddress) {
                // Then it can be copied at least.
            }
        }
        ClipboardContent content = new ClipboardContent();
        content.putString(link.text());
        Clipboard.getSystemClipboard().setContent(content);
        said.accept(texts.render("ui.log.copiedText", shortened(link.text())));
    }

    /** Goes to the step of a line that says that one failed. @return whether it does */
    boolean toStepOfFailure(LogLine line) {
        if (line.kind() != LogKind.FAILED || line.source().step().isEmpty()) {
            return false;
        }
        line.source().step().ifPresent(onStep);
        return true;
    }
}
