package io.keylesspull.ui.setup;

import io.keylesspull.text.Texts;
import java.util.function.Predicate;
import javafx.beans.value.ObservableValue;

/** The errors to show at a field: the rule that its part of the request breaks. */
final class FieldErrors {

    private final Texts texts;
    private final RequestModel request;

    FieldErrors(Texts texts, RequestModel request) {
        this.texts = texts;
        this.request = request;
    }

    /** @return the rule that is broken at this path of the request; empty if none is */
    ObservableValue<String> at(String path) {
        return at(path::equals);
    }

    /** @return the rule that is broken in this field of any machine; empty if none is */
    ObservableValue<String> ofMachines(String field) {
        return at(path -> path.startsWith("machines[") && path.endsWith("]." + field));
    }

    /** @return the rule that is broken in this list as a whole or in one of its items; empty if none is */
    ObservableValue<String> ofList(String path) {
        return at(each -> each.equals(path) || each.startsWith(path + "["));
    }

    private ObservableValue<String> at(Predicate<String> path) {
        return request.violationsProperty()
                .map(now -> request.broken(path).map(texts::render).orElse(""));
    }
}
