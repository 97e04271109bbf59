package io.keylesspull.ui.shell;

import atlantafx.base.theme.PrimerLight;
import io.keylesspull.setup.session.StoredRun.State;
import io.keylesspull.text.Texts;
import java.util.Locale;
import java.util.Map;
import javafx.scene.control.ButtonBase;
import javafx.scene.input.KeyCode;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.util.WaitForAsyncUtils;

/** Every page, for administrators who use the keyboard, a screen reader or large text. */
class EveryPageTest extends WizardInWindow {

    private final SoftAssertions all = new SoftAssertions();
    private String suffix = "";

    @ParameterizedTest
    @CsvSource({"en, 100", "ja, 100", "en, 200", "ja, 200"})
    void everyControlHasANameIsReachedByTabAndEveryTextFits(String language, String size) throws Exception {
        Texts texts = new Texts(Locale.forLanguageTag(language));
        suffix = "-" + language + "-" + size;
        known = Map.of("text.size", size);
        runs = new FakeRuns().with(FakeRuns.run(FakeRuns.LAST, State.UNFINISHED, 6, 14, "myDockerVM"));
        open(texts.locale(), new PrimerLight(), 900, 600);
        inspect("sign-in");
        card(texts.render("ui.signIn.azure"));
        inspect("sign-in-azure");
        card(texts.render("ui.signIn.practice"));
        press("#settings");
        until(() -> title().equals(texts.render("ui.title.SETTINGS")));
        inspect("settings");
        press("#back");
        press("#earlier");
        until(() -> title().equals(texts.render("ui.title.RUNS")));
        inspect("runs");
        press("#run-take-back");
        until(() -> title().equals(texts.render("ui.title.UNDO")));
        inspect("undo");
        press("#back");
        press("#back");

        press("#next");
        until(() -> title().equals(texts.render("ui.title.REGISTRY")));
        inspect("registry-new");
        choose(texts.render("ui.existing"));
        inspect("registry-existing");
        choose(texts.render("ui.new"));
        press("#next");
        until(() -> title().equals(texts.render("ui.title.TARGETS")));
        inspect("targets-new");
        choose(texts.render("ui.existing"));
        inspect("targets-existing");
        choose(texts.render("ui.new"));
        fire("#target-fleet");
        inspect("targets-scale-set");
        fire("#target-fleet");
        fire("#target-clusters");
        inspect("targets-clusters");
        fire("#target-clusters");
        press("#next");
        until(() -> title().equals(texts.render("ui.title.IDENTITY")));
        inspect("identity");
        press("#next");
        until(() -> title().equals(texts.render("ui.title.REVIEW")));
        until(() -> stage.getScene().lookup(".line-create") != null);
        inspect("review");
        press("#next");
        until(() -> title().equals(texts.render("ui.title.RUN")));
        inspect("run");
        fire("#run-tab-picture");
        inspect("run-picture");
        fire("#run-tab-timeline");
        inspect("run-timeline");
        press("#next");
        until(() -> title().equals(texts.render("ui.title.DONE")));
        inspect("done");
        all.assertAll();
    }

    private void fire(String selector) throws Exception {
        until(() -> stage.getScene().lookup(selector) != null);
        WaitForAsyncUtils.asyncFx(() -> find(selector, ButtonBase.class).fire()).get();
    }

    private void card(String title) throws Exception {
        WaitForAsyncUtils.asyncFx(() -> stage.getScene().getRoot().lookupAll(".card").stream()
                        .filter(card -> card.getAccessibleText().startsWith(title))
                        .forEach(card -> key(card, KeyCode.SPACE)))
                .get();
    }

    private void inspect(String page) throws Exception {
        WaitForAsyncUtils.waitForFxEvents();
        picture("every-" + page + suffix);
        WaitForAsyncUtils.asyncFx(() -> {
                    Inspection inspection = new Inspection(stage.getScene());
                    all.assertThat(inspection.unnamed())
                            .as(page + suffix + " unnamed")
                            .isEmpty();
                    all.assertThat(inspection.saidWithMark())
                            .as(page + suffix + " said with mark")
                            .isEmpty();
                    all.assertThat(inspection.withoutAccessKey())
                            .as(page + suffix + " without an access key")
                            .isEmpty();
                    all.assertThat(inspection.sharedAccessKeys())
                            .as(page + suffix + " shared access keys")
                            .isEmpty();
                    all.assertThat(inspection.cutOff())
                            .as(page + suffix + " cut off")
                            .isEmpty();
                    all.assertThat(inspection.outside())
                            .as(page + suffix + " outside")
                            .isEmpty();
                    all.assertThat(inspection.againstReading())
                            .as(page + suffix + " against reading")
                            .isEmpty();
                    all.assertThat(inspection.unreached())
                            .as(page + suffix + " unreached")
                            .isEmpty();
                })
                .get();
    }
}
