package io.keylesspull.ui.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.text.Texts;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javafx.beans.property.SetProperty;
import javafx.beans.property.SimpleSetProperty;
import javafx.collections.FXCollections;
import javafx.scene.Scene;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

class CheckListTest {

    private static final List<String> MACHINES =
            IntStream.range(0, 1000).mapToObj(i -> "vm" + i).toList();

    @Test
    void allAreTickedAndUntickedInOneChange() throws Exception {
        FxToolkit.registerPrimaryStage();
        WaitForAsyncUtils.asyncFx(() -> {
                    SetProperty<String> ticked = new SimpleSetProperty<>(FXCollections.observableSet());
                    CheckList<String> list =
                            new CheckList<>(new Texts(Locale.ENGLISH), ticked, Label::new, word -> word);
                    list.items().setAll(MACHINES);
                    new Scene(list);
                    list.applyCss();
                    AtomicInteger changes = new AtomicInteger();
                    ticked.addListener((observable, before, now) -> changes.incrementAndGet());
                    CheckBox all = (CheckBox) list.lookup(".check-all");
                    all.fire();
                    assertThat(ticked).hasSize(1000);
                    assertThat(changes).hasValue(1);
                    all.fire();
                    assertThat(ticked).isEmpty();
                    assertThat(changes).hasValue(2);
                })
                .get();
    }

    @Test
    void allAreThoseThatAreFound() throws Exception {
        FxToolkit.registerPrimaryStage();
        WaitForAsyncUtils.asyncFx(() -> {
                    SetProperty<String> ticked = new SimpleSetProperty<>(FXCollections.observableSet("vm7"));
                    CheckList<String> list =
                            new CheckList<>(new Texts(Locale.ENGLISH), ticked, Label::new, word -> word);
                    list.items().setAll(MACHINES);
                    new Scene(list);
                    list.applyCss();
                    ((TextField) list.lookup(".text-field")).setText("vm99");
                    ((CheckBox) list.lookup(".check-all")).fire();
                    assertThat(ticked).hasSize(12).contains("vm7", "vm99", "vm999");
                })
                .get();
    }

    @Test
    void anEmptyListIsNotASearchThatFoundNothing() throws Exception {
        FxToolkit.registerPrimaryStage();
        WaitForAsyncUtils.asyncFx(() -> {
                    CheckList<String> list = new CheckList<>(
                            new Texts(Locale.ENGLISH),
                            new SimpleSetProperty<>(FXCollections.observableSet()),
                            Label::new,
                            word -> word);
                    Label placeholder =
                            (Label) ((ListView<?>) list.getChildren().get(1)).getPlaceholder();
                    assertThat(placeholder.getText()).isEqualTo("There is nothing to choose from yet.");
                    list.items().setAll(MACHINES);
                    assertThat(placeholder.getText()).startsWith("Nothing found. Change the search");
                })
                .get();
    }
}
