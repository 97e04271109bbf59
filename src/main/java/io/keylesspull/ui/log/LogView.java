package io.keylesspull.ui.log;

import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.Scrolling;
import io.keylesspull.ui.remembered.Remembered;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import javafx.application.Platform;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.ObservableList;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The live log: its lines, and the bar above them. */
public final class LogView extends VBox {

    private static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination FIND = new KeyCodeCombination(KeyCode.F, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination BACK = new KeyCodeCombination(KeyCode.F3, KeyCombination.SHIFT_DOWN);
    private static final KeyCombination ON = new KeyCodeCombination(KeyCode.F3);

    private final Texts texts;
    private final LogLines lines;
    private final LogSearch search;
    private final LogPump pump;
    private final LogBar bar;
    private final LogLook look;
    private final ListView<LogLine> list;
    private final BooleanProperty wrapping;
    private final BooleanProperty detailed;
    private final ObjectProperty<LogFilter> filter;
    private final BooleanProperty following = new SimpleBooleanProperty(true);
    private long newestSeen;

    /**
     * @param background where a file is written
     * @param zone in which times are shown
     * @param remembered whether lines wrap, and whether details are shown
     */
    public LogView(Texts texts, LogBuffer buffer, Executor background, ZoneId zone, Remembered remembered) {
        this.texts = texts;
        lines = new LogLines(buffer);
        search = new LogSearch(lines);
        look = new LogLook(zone, texts.locale());
        wrapping = remembered.flag("log.wrap", true);
        detailed = remembered.flag("log.details", true);
        filter = new SimpleObjectProperty<>(LogFilter.ALL.withDetails(detailed.get()));
        lines.setFilter(filter.get());
        list = new ListView<>(lines);
        bar = new LogBar(texts, this, new LogFile(texts, buffer, background, zone));
        pump = new LogPump(lines, search, this::hold, this::shown);
        getStyleClass().add("log-view");
        getStylesheets().add(LogView.class.getResource("log.css").toExternalForm());
        buildList();
        following.addListener((property, old, now) -> shown());
        shown();
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().addAll(bar, list);
        wrapping.addListener((property, old, now) -> wrap());
        wrap();
        detailed.addListener((property, old, now) -> filter.set(filter.get().withDetails(now)));
        addEventFilter(KeyEvent.KEY_PRESSED, this::shortcut);
        filter.addListener((property, old, now) -> {
            lines.setFilter(now);
            search.restart();
            list.getSelectionModel().clearSelection();
            bar.show(now);
            shown();
            pump.wake();
        });
        buffer.onChange(pump::wakeFromAnyThread);
    }

    private void buildList() {
        list.getStyleClass().addAll("log-list", "edge-to-edge");
        list.setStyle("-fx-font-family: '" + LogLook.monospace(texts.locale()) + "';");
        list.setCellFactory(view -> new LogCell(look));
        list.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        list.setAccessibleText(texts.render("ui.log.name"));
        list.heightProperty().addListener((property, old, now) -> Platform.runLater(this::shown));
        list.addEventFilter(ScrollEvent.SCROLL, event -> {
            if (event.getDeltaY() > 0) {
                following.set(false);
            } else if (event.getDeltaY() < 0) {
                followAtBottom();
            }
        });
        list.addEventFilter(MouseEvent.ANY, event -> {
            boolean pressed = event.getEventType() == MouseEvent.MOUSE_PRESSED;
            boolean moved = event.getEventType() == MouseEvent.MOUSE_DRAGGED
                    || event.getEventType() == MouseEvent.MOUSE_RELEASED;
            if (pressed) {
                following.set(false);
            } else if (moved && Scrolling.onScrollBar(event)) {
                followAtBottom();
            }
        });
        list.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            switch (event.getCode()) {
                case UP, PAGE_UP, HOME -> following.set(false);
                case END -> following.set(true);
                case DOWN, PAGE_DOWN -> followAtBottom();
                default -> {}
            }
        });
    }

    private void wrap() {
        look.wrap(wrapping.get());
        if (wrapping.get()) {
            list.getStyleClass().remove(LogLook.ONE_LINE);
        } else if (!list.getStyleClass().contains(LogLook.ONE_LINE)) {
            list.getStyleClass().add(LogLook.ONE_LINE);
        }
        list.refresh();
        Platform.runLater(this::shown);
    }

    /** After the list has scrolled: follows again if it is at its end. */
    private void followAtBottom() {
        Platform.runLater(() -> following.set(following.get() || atBottom()));
    }

    private boolean atBottom() {
        VirtualFlow<?> flow = flow();
        return flow == null
                || flow.getLastVisibleCell() == null
                || flow.getLastVisibleCell().getIndex() >= lines.size() - 1;
    }

    private VirtualFlow<?> flow() {
        return (VirtualFlow<?>) list.lookup(".virtual-flow");
    }

    /** Called before lines change. @return keeps the line at the top where it is, after the change */
    private Runnable hold() {
        VirtualFlow<?> flow = flow();
        if (following.get() || flow == null || flow.getFirstVisibleCell() == null) {
            return () -> {};
        }
        int index = flow.getFirstVisibleCell().getIndex();
        if (index >= lines.size()) {
            return () -> {};
        }
        long number = lines.get(index).number();
        return () -> {
            int now = lines.indexOf(number);
            if (now != index && now < lines.size()) {
                flow.scrollToTop(now);
            }
        };
    }

    /** Called after lines or the mode changed. */
    private void shown() {
        long newest = lines.isEmpty() ? -1 : lines.get(lines.size() - 1).number();
        if (following.get()) {
            newestSeen = newest;
            if (!lines.isEmpty()) {
                list.scrollTo(lines.size() - 1);
            }
            bar.unseen(0);
        } else {
            bar.unseen(lines.size() - lines.indexOf(newestSeen + 1));
        }
        bar.found(search);
    }

    private void shortcut(KeyEvent event) {
        if (FIND.match(event)) {
            bar.focusFind();
        } else if (BACK.match(event)) {
            findNext(-1);
        } else if (ON.match(event)) {
            findNext(1);
        } else if (COPY.match(event) && list.isFocused()) {
            copy();
        } else {
            return;
        }
        event.consume();
    }

    /** Searches for a text, ignoring case; empty for none. */
    void find(String text) {
        look.highlight(text);
        search.find(text);
        list.refresh();
        pump.wake();
    }

    /** @param direction 1 for the next line that contains the text, -1 for the one before */
    void findNext(int direction) {
        search.step(direction).ifPresent(index -> {
            following.set(false);
            list.getSelectionModel().clearAndSelect(index);
            list.scrollTo(Math.max(0, index - 3));
        });
        bar.found(search);
    }

    /** Copies the selected lines, or all that are shown if none is selected. */
    void copy() {
        ObservableList<LogLine> selected = list.getSelectionModel().getSelectedItems();
        List<LogLine> copied = selected.isEmpty() ? lines : selected;
        ClipboardContent content = new ClipboardContent();
        content.putString(copied.stream()
                .filter(line -> line != null)
                .map(LogLine::plain)
                .collect(Collectors.joining(System.lineSeparator())));
        Clipboard.getSystemClipboard().setContent(content);
    }

    /** @param steps in the order in which the bar offers them */
    public void offer(List<String> machines, List<LogSource> steps) {
        look.showMachines(machines.size() > 1);
        bar.offer(machines, steps);
        list.refresh();
    }

    public ObjectProperty<LogFilter> filterProperty() {
        return filter;
    }

    /** Whether lines that are longer than the list is wide go on below. */
    BooleanProperty wrappingProperty() {
        return wrapping;
    }

    /** Whether ids and exit statuses are shown too. */
    BooleanProperty detailedProperty() {
        return detailed;
    }

    /** Whether the newest line is kept in view; scrolling up ends that. */
    public BooleanProperty followingProperty() {
        return following;
    }
}
