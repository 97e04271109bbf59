package io.keylesspull.ui.setup;

import java.util.stream.Stream;
import javafx.beans.Observable;

/** What decides whether a page is complete. */
final class PageInputs {

    private PageInputs() {}

    static Observable[] of(Observable[] inputs, RequestModel request) {
        return Stream.concat(Stream.of(inputs), Stream.of(request.requestProperty(), request.violationsProperty()))
                .toArray(Observable[]::new);
    }
}
