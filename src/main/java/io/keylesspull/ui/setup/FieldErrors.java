package io.keylesspull.ui.setup;

import io.keylesspull.text.Texts;
import java.util.function.Predicate;
import javafx.beans.value.ObservableValue;

/** What the rules say about a place in the request, in words. */
final class FieldErrors {

    private final Texts texts;
    private final RequestModel request;

    FieldErrors(Texts texts, RequestModel request) {
        this.texts = texts;
        this.request = request;
    }

    /** @return the rule that the place breaks; empty while it breaks none */
    ObservableValue<String> at(String path) {
        return at(path::equals);
    }

    /** @return the rule that this field of any machine breaks */
    ObservableValue<String> ofMachines(String field) {
        return at(path -> path.startsWith("machines[") && path.endsWith("]." + field));
    }

    private ObservableValue<String> at(Predicate<String> path) {
        return request.violationsProperty().map(now -> request.broken(path).map(texts::render).orElse(""));
    }
}
