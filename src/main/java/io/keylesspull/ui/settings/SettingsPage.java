package io.keylesspull.ui.settings;

import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.BackgroundTask.State;
import io.keylesspull.ui.component.Form;
import io.keylesspull.ui.component.Labels;
import io.keylesspull.ui.component.LoadStatus;
import io.keylesspull.ui.component.Page;
import io.keylesspull.ui.component.PathField;
import io.keylesspull.ui.component.RadioOptions;
import io.keylesspull.ui.component.Workers;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The settings: what holds at once, and what holds from the next start on. */
public final class SettingsPage implements Page {

    private final Texts texts;
    private final Settings settings;
    private final SettingsHost host;
    private final StartModel start;
    private final VBox root;

    /** @param opener opens a file with the system's program for it; may block */
    public SettingsPage(Texts texts, Settings settings, SettingsHost host, Workers workers, Consumer<URI> opener) {
        this.texts = texts;
        this.settings = settings;
        this.host = host;
        start = new StartModel(settings, host.start(), workers);
        Label later = Labels.of(texts.render("ui.settings.later"), "section-title");
        root = new VBox(
                atOnce(),
                later,
                LoadStatus.ofFailure(texts, start.reading()),
                fromNextStart(),
                withPath(texts.render(
                        "ui.settings.kept", host.data().configuration().toString())),
                new AboutPane(texts, host.about(), workers, opener));
        root.getStyleClass().addAll("page", "settings");
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void open() {
        start.load();
    }

    private static Label withPath(String text) {
        Label hint = Labels.hint(text);
        hint.setText(Labels.breakable(hint.getText()));
        return hint;
    }

    private Form atOnce() {
        RadioOptions<Language> language = new RadioOptions<>(settings.languageProperty());
        language.setId("settings-language");
        for (Language each : Language.values()) {
            RadioButton button = language.button(each, texts.render("ui.settings.language." + each));
            language.getChildren().add(button);
            if (each == Language.JAPANESE) {
                button.setStyle(Fonts.japaneseStyle());
            }
        }
        RadioOptions<Look> look = new RadioOptions<>(settings.lookProperty());
        look.setId("settings-look");
        for (Look each : Look.values()) {
            look.add(each, texts.render("ui.settings.look." + each));
        }
        RadioOptions<Integer> size = new RadioOptions<>(settings.textSizeProperty());
        size.setId("settings-size");
        Settings.TEXT_SIZES.forEach(each -> size.add(each, texts.render("ui.settings.size.percent", each)));
        CheckBox notify = new CheckBox(texts.marked("ui.settings.notify.text"));
        notify.setId("settings-notify");
        notify.setWrapText(true);
        notify.selectedProperty().bindBidirectional(settings.notificationsProperty());
        Form form = new Form();
        Optional<String> fixed = host.fixedLanguage().get();
        form.field(texts.marked("ui.settings.language"), language)
                .hint(fixed.map(by -> texts.render("ui.settings.fixed", by))
                        .orElseGet(() -> texts.render("ui.settings.language.hint")));
        language.setDisable(fixed.isPresent());
        form.field(texts.marked("ui.settings.look"), look);
        form.field(texts.marked("ui.settings.size"), size);
        form.field(texts.render("ui.settings.notify"), notify);
        return form;
    }

    private VBox fromNextStart() {
        SettingsHost.Data data = host.data();
        PathField folder = PathField.folder(texts, texts.render("ui.settings.data"), start.dataFolderProperty());
        folder.setId("settings-data");
        folder.prompt(data.standard().toString());
        folder.setDisable(data.fixedBy().isPresent());
        Form form = new Form();
        form.field(texts.marked("ui.settings.data"), folder)
                .under(withPath(data.fixedBy()
                        .map(by -> texts.render("ui.settings.fixed", by))
                        .orElseGet(() ->
                                texts.render("ui.settings.data.hint", data.now().toString()))));
        form.field(
                        texts.marked("ui.settings.proxy"),
                        field(
                                "settings-proxy",
                                "http://proxy.example.com:8080",
                                "ui.settings.proxy",
                                start.proxyProperty()))
                .hint(texts.render("ui.settings.proxy.hint"));
        form.field(
                        texts.marked("ui.settings.sshProxy"),
                        field(
                                "settings-ssh-proxy",
                                "socks5://proxy.example.com:1080",
                                "ui.settings.sshProxy",
                                start.sshProxyProperty()))
                .hint(texts.render("ui.settings.sshProxy.hint"));
        PathField certificates = PathField.file(texts, texts.render("ui.settings.caFile"), start.caFileProperty());
        certificates.setId("settings-ca");
        form.field(texts.marked("ui.settings.caFile"), certificates).hint(texts.render("ui.settings.caFile.hint"));
        host.fixedNetwork().ifPresent(by -> form.wide(Labels.hint(texts.render("ui.settings.fixedNetwork", by))));
        return new VBox(form, saving());
    }

    private TextField field(String id, String prompt, String name, StringProperty text) {
        TextField field = new TextField();
        field.setId(id);
        field.setPromptText(prompt);
        field.setAccessibleText(texts.render(name));
        field.textProperty().bindBidirectional(text);
        return field;
    }

    private VBox saving() {
        Button save = new Button(texts.marked("ui.settings.save"));
        save.setId("settings-save");
        save.setMinWidth(Region.USE_PREF_SIZE);
        save.setOnAction(event -> start.save());
        save.disableProperty().bind(start.changed().map(changed -> !changed));
        Label said = Labels.hint("");
        said.setId("settings-saved");
        said.textProperty()
                .bind(start.saving()
                        .stateProperty()
                        .map(state -> state instanceof State.Done ? texts.render("ui.settings.saved") : ""));
        HBox row = new HBox(12, save, said);
        row.setAlignment(Pos.CENTER_LEFT);
        return new VBox(8, row, LoadStatus.ofFailure(texts, start.saving()));
    }
}
