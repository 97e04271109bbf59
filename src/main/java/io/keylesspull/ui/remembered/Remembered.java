package io.keylesspull.ui.remembered;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** The user's choices about the window by name, such as where a divider is. Used by one thread. */
public final class Remembered {

    private final Map<String, String> values;
    private final Consumer<Map<String, String>> keep;

    /** @param known from the last time @param keep called with all choices after each change; must return at once */
    public Remembered(Map<String, String> known, Consumer<Map<String, String>> keep) {
        this.values = new TreeMap<>(known);
        this.keep = keep;
    }

    /** A choice between yes and no; each change is kept. @param fallback before anything was chosen */
    public BooleanProperty flag(String name, boolean fallback) {
        String known = values.getOrDefault(name, "");
        BooleanProperty property =
                new SimpleBooleanProperty(known.equals("true") || !known.equals("false") && fallback);
        property.addListener((changed, before, now) -> keep(name, now.toString()));
        return property;
    }

    /** A choice of one of several; each change is kept. @param fallback before anything was chosen */
    public <E extends Enum<E>> ObjectProperty<E> choice(String name, E fallback) {
        String known = values.getOrDefault(name, "");
        ObjectProperty<E> property = new SimpleObjectProperty<>(
                Stream.of(fallback.getDeclaringClass().getEnumConstants())
                        .filter(each -> each.name().equals(known))
                        .findFirst()
                        .orElse(fallback));
        property.addListener((changed, before, now) -> keep(name, now.name()));
        return property;
    }

    /** A length in pixels; each change is kept. @param fallback before anything was chosen */
    public DoubleProperty pixels(String name, double fallback) {
        DoubleProperty property = new SimpleDoubleProperty(number(name).orElse(fallback));
        property.addListener((changed, before, now) -> keep(name, String.valueOf(Math.round(now.doubleValue()))));
        return property;
    }

    /**
     * A choice among values that their texts tell apart; each change is kept. @param fallback before anything was
     * chosen
     */
    public <T> ObjectProperty<T> oneOf(String name, List<T> all, T fallback) {
        ObjectProperty<T> property = new SimpleObjectProperty<>(all.stream()
                .filter(each -> each.toString().equals(values.get(name)))
                .findFirst()
                .orElse(fallback));
        property.addListener((changed, before, now) -> keep(name, now.toString()));
        return property;
    }

    /** A line of text; each change is kept. Empty before anything was chosen. */
    public StringProperty words(String name) {
        StringProperty property = new SimpleStringProperty(values.getOrDefault(name, ""));
        property.addListener((changed, before, now) -> keep(name, now));
        return property;
    }

    private Optional<Double> number(String name) {
        try {
            return Optional.ofNullable(values.get(name))
                    .map(Double::valueOf)
                    .filter(each -> each >= 0 && each < 100_000);
        } catch (NumberFormatException byHand) {
            return Optional.empty();
        }
    }

    private void keep(String name, String value) {
        if (!value.equals(values.put(name, value))) {
            keep.accept(Map.copyOf(values));
        }
    }
}
