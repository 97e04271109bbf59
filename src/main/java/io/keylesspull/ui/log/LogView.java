package io.keylesspull.ui.log;

import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.Scrolling;
import io.keylesspull.ui.remembered.Remembered;
import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.application.Platform;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.ObservableList;
import javafx.event.EventType;
import javafx.geometry.Bounds;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.SelectionMode;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
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
    private final LogPlace place;
    private final LogPump pump;
    private final LogBar bar;
    private final LogMenu menu;
    private final LogLook look;
    private final ListView<LogLine> list;
    private final BooleanProperty wrapping;
    private final BooleanProperty detailed;
    private final ObjectProperty<LogFilter> filter;
    private final BooleanProperty following = new SimpleBooleanProperty(true);
    private final Label where = new Label();
    private ContextMenu opened = new ContextMenu();
    /** The number of the line at which a selection by mouse began. */
    private long anchor = -1;

    /**
     * @param background where a file is written
     * @param zone in which times are shown
     * @param remembered whether lines wrap, and whether details are shown
     * @param browser opens a page; does not block
     */
    public LogView(
            Texts texts,
            LogBuffer buffer,
            Executor background,
            ZoneId zone,
            Remembered remembered,
            Consumer<URI> browser) {
        this.texts = texts;
        lines = new LogLines(buffer);
        look = new LogLook(zone, texts.locale());
        wrapping = remembered.flag("log.wrap", true);
        detailed = remembered.flag("log.details", true);
        filter = new SimpleObjectProperty<>(LogFilter.ALL.withDetails(detailed.get()));
        lines.setFilter(filter.get());
        list = new ListView<>(lines);
        place = new LogPlace(list, lines, buffer, background, this::wake);
        search = new LogSearch(buffer, background, Platform::runLater, this::wake);
        lines.onReplaced(search::replaced);
        bar = new LogBar(texts, this, new LogFile(texts, buffer, background, zone));
        menu = new LogMenu(texts, browser, bar::say, this::copy);
        pump = new LogPump(lines, following::get, this::hold, this::shown);
        getStyleClass().add("log-view");
        getStylesheets().add(LogView.class.getResource("log.css").toExternalForm());
        buildList();
        following.addListener((property, old, now) -> {
            if (now && lines.hasLater()) {
                place.forget();
                lines.toEnd();
            }
            shown();
        });
        shown();
        where.setId("log-where");
        where.getStyleClass().add("log-said");
        where.managedProperty().bind(where.visibleProperty());
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().addAll(bar, where, list);
        wrapping.addListener((property, old, now) -> wrap());
        wrap();
        detailed.addListener((property, old, now) -> filter.set(filter.get().withDetails(now)));
        addEventFilter(KeyEvent.KEY_PRESSED, this::shortcut);
        filter.addListener((property, old, now) -> {
            place.forget();
            lines.setFilter(now);
            search.among(now);
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
        list.setCellFactory(view -> new LogCell(look, menu::follow));
        list.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        list.setAccessibleText(texts.render("ui.log.name"));
        list.heightProperty().addListener((property, old, now) -> Platform.runLater(this::shown));
        list.skinProperty().addListener((property, old, now) -> Platform.runLater(this::watch));
        list.addEventFilter(ScrollEvent.SCROLL, event -> {
            if (event.getDeltaY() > 0) {
                following.set(false);
            } else if (event.getDeltaY() < 0) {
                followAtBottom();
            }
        });
        list.addEventFilter(MouseEvent.ANY, this::moused);
        list.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            switch (event.getCode()) {
                case UP, PAGE_UP -> following.set(false);
                case HOME -> {
                    following.set(false);
                    place.goToStart();
                }
                case END -> following.set(true);
                case DOWN, PAGE_DOWN -> followAtBottom();
                case ENTER -> selected().ifPresent(this::act);
                default -> {}
            }
        });
        list.setOnContextMenuRequested(
                event -> selected().ifPresent(line -> openMenu(line, event.getScreenX(), event.getScreenY())));
    }

    private void moused(MouseEvent event) {
        EventType<?> type = event.getEventType();
        if (type == MouseEvent.MOUSE_PRESSED) {
            following.set(false);
            anchor = lineAt(event).map(LogLine::number).orElse(-1L);
        } else if ((type == MouseEvent.MOUSE_DRAGGED || type == MouseEvent.MOUSE_RELEASED)
                && Scrolling.onScrollBar(event)) {
            followAtBottom();
        } else if (type == MouseEvent.MOUSE_DRAGGED && event.isPrimaryButtonDown() && anchor >= 0) {
            lineAt(event).filter(line -> line.number() != anchor).ifPresent(this::selectTo);
        } else if (type == MouseEvent.MOUSE_CLICKED
                && event.getButton() == MouseButton.PRIMARY
                && event.getClickCount() == 1
                && event.isStillSincePress()
                && !event.isShiftDown()
                && !event.isShortcutDown()) {
            lineAt(event).ifPresent(menu::toStepOfFailure);
        }
    }

    private static Optional<LogLine> lineAt(MouseEvent event) {
        for (Node node = event.getPickResult().getIntersectedNode(); node != null; node = node.getParent()) {
            if (node instanceof LogCell cell) {
                return Optional.ofNullable(cell.getItem());
            }
        }
        return Optional.empty();
    }

    private void selectTo(LogLine line) {
        int one = lines.indexOf(anchor);
        int other = lines.indexOf(line.number());
        list.getSelectionModel().clearSelection();
        list.getSelectionModel().selectRange(Math.min(one, other), Math.max(one, other) + 1);
    }

    private Optional<LogLine> selected() {
        return Optional.ofNullable(list.getSelectionModel().getSelectedItem());
    }

    /** Goes to the step that failed, or offers what can be done with the line. */
    private void act(LogLine line) {
        if (!menu.toStepOfFailure(line)) {
            Bounds bounds = list.localToScreen(list.getBoundsInLocal());
            openMenu(line, bounds.getMinX() + bounds.getWidth() / 4, bounds.getMinY() + bounds.getHeight() / 4);
        }
    }

    private void openMenu(LogLine line, double x, double y) {
        opened.hide();
        opened = menu.of(line);
        opened.show(list, x, y);
    }

    /** Sees when the list was scrolled, by whatever. */
    private void watch() {
        for (Node bar : list.lookupAll(".scroll-bar")) {
            ScrollBar scroll = (ScrollBar) bar;
            if (scroll.getOrientation() == Orientation.VERTICAL) {
                scroll.valueProperty().addListener((property, old, now) -> wake());
            }
        }
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
        Platform.runLater(() -> following.set(following.get() || place.atBottom()));
    }

    private Runnable hold() {
        return following.get() ? () -> {} : place.hold();
    }

    private void wake() {
        pump.wake();
    }

    /** Called after lines or the mode changed. */
    private void shown() {
        if (following.get()) {
            lines.seen();
            place.showEnd(lines.grew());
        }
        where.setVisible(!following.get() && (lines.hasEarlier() || lines.hasLater()));
        if (where.isVisible()) {
            where.setText(texts.render("ui.log.where", place.above() + 1, place.all()));
        }
        bar.unseen(lines.unseen());
        search.advance();
        bar.found(search);
        place.fill();
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
        search.find(text, lines.filter());
        list.refresh();
        bar.found(search);
    }

    /** @param direction 1 for the next line that contains the text, -1 for the one before */
    void findNext(int direction) {
        search.step(direction).ifPresent(number -> {
            following.set(false);
            place.goTo(number);
        });
        bar.found(search);
    }

    /** Shows the line that tells how a step failed. @param number of that line */
    public void showFailure(StepId step, long number) {
        LogFilter now = filter.get();
        if (!now.step()
                .map(step::equals)
                .orElse(now.machine().isEmpty() || now.machine().equals(step.machine()))) {
            filter.set(now.everything());
        }
        following.set(false);
        place.goTo(number);
    }

    /** @param listener gets the step of a line, if someone wants to see it */
    public void onStep(Consumer<StepId> listener) {
        menu.onStep(listener);
    }

    /** Copies the selected lines, or those that the list has if none is selected. */
    void copy() {
        ObservableList<LogLine> selected = list.getSelectionModel().getSelectedItems();
        List<LogLine> copied = selected.isEmpty() ? lines : selected;
        ClipboardContent content = new ClipboardContent();
        content.putString(copied.stream()
                .filter(line -> line != null)
                .map(LogLine::plain)
                .collect(Collectors.joining(System.lineSeparator())));
        Clipboard.getSystemClipboard().setContent(content);
        bar.say(texts.render("ui.log.copied", copied.size()));
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
