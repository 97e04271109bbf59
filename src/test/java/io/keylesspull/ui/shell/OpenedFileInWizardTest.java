package io.keylesspull.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerLight;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.text.Texts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.util.WaitForAsyncUtils;

/** A setup file that is dropped on the window, or given on the command line. */
class OpenedFileInWizardTest extends WizardInWindow {

    @TempDir
    private Path folder;

    private void open(Locale locale, Path setup) throws Exception {
        WizardWindow window = show(locale, new PrimerLight(), 900, 600);
        WaitForAsyncUtils.asyncFx(() -> {
                    window.fill();
                    window.open(setup);
                })
                .get();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void itIsReviewedAsItIsAndBackLeadsToTheStart(String language) throws Exception {
        BlockingQueue<SetupRequest> asked = reviewsAsked();
        Texts texts = new Texts(Locale.forLanguageTag(language));
        open(texts.locale(), Path.of("assets", "example-practice.json"));
        until(() -> stage.getScene().lookup("#review-file") != null);
        picture("opened-file-" + language);
        assertThat(shows("example-practice.json")).isTrue();

        press("#review-file");
        until(() -> title().equals(texts.render("ui.title.REVIEW")));
        SetupRequest reviewed = asked.poll(20, TimeUnit.SECONDS);
        assertThat(reviewed).isNotNull();
        assertThat(Files.readString(Path.of("assets", "example-practice.json")))
                .contains("\"" + reviewed.registry().name() + "\"");
        press("#back");
        assertThat(title()).isEqualTo(texts.render("ui.title.SIGN_IN"));
        // The page's scrolled content is found only after the next pulse.
        until(() -> stage.getScene().lookup("#review-file") != null);
        press("#close-file");
        until(() -> !seen(stage.getScene().lookup("#opened-file")));
        press("#next");
        until(() -> title().equals(texts.render("ui.title.REGISTRY")));
    }

    @Test
    void whatIsWrongWithItIsSaid() throws Exception {
        Path setup = Files.writeString(folder.resolve("broken.json"), "{\"version\": 1, \"machine\": []}");
        open(Locale.ENGLISH, setup);
        until(() -> shows("Correct it and open it again."));
        assertThat(stage.getScene().lookup("#review-file")).isNull();

        assertThat(FileDrop.isSetup(folder.resolve("SETUP.JSON"))).isTrue();
        assertThat(FileDrop.isSetup(folder.resolve("notes.txt"))).isFalse();
    }
}
