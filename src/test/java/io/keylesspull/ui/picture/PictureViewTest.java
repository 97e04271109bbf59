package io.keylesspull.ui.picture;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import atlantafx.base.theme.Theme;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.setup.picture.Picture;
import io.keylesspull.setup.request.Requests;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Cluster;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.Screenshot;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

class PictureViewTest {

    private static final Instant AT = Instant.parse("2026-03-04T10:31:04Z");
    private static final String DIGEST = "sha256:565dba8ce20ca1a311c2d9485089d7ddc935dd50140510050345a1b0ea4ffa6e";
    private static final String ID = "/subscriptions/0f4f0ac2-8a1f-4d5c-a7a3-5a0c8a0b6c11/resourceGroups/"
            + "myResourceGroup/providers/Microsoft.ContainerRegistry/registries/myContainerRegistry";
    private static final StepId REGISTRY = StepId.shared("registry");
    private static final StepId ROLE = StepId.shared("role");

    private final List<URI> opened = new ArrayList<>();
    private Stage stage;
    private PictureView view;

    @AfterEach
    void close() throws Exception {
        if (stage != null) {
            WaitForAsyncUtils.asyncFx(stage::close).get();
        }
        FxToolkit.cleanupStages();
    }

    private void open(Locale locale, Theme theme, int width, int height) throws Exception {
        FxToolkit.registerPrimaryStage();
        WaitForAsyncUtils.asyncFx(() -> {
                    view = new PictureView(
                            new Texts(locale),
                            id -> Optional.of(URI.create("https://portal.azure.com/#resource" + id)),
                            opened::add);
                    StackPane root = new StackPane(view);
                    root.getStylesheets()
                            .add(getClass()
                                    .getResource("/io/keylesspull/ui/shell/wizard.css")
                                    .toExternalForm());
                    root.getStyleClass().add("wizard");
                    String font = locale.equals(Locale.JAPANESE) ? "-fx-font-family: 'Noto Sans CJK JP';" : "";
                    root.setStyle("-fx-padding: 16px;" + font);
                    Scene scene = new Scene(root, width, height);
                    scene.setUserAgentStylesheet(theme.getUserAgentStylesheet());
                    stage = new Stage();
                    stage.setScene(scene);
                    stage.show();
                })
                .get();
    }

    private void show(SetupRequest request, List<RunEvent> events) throws Exception {
        WaitForAsyncUtils.asyncFx(() -> view.show(Picture.of(request, events))).get();
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static List<RunEvent> made() {
        return new ArrayList<>(List.of(
                new RunEvent.RunStarted(AT, Purpose.SETUP, List.of()),
                new RunEvent.StepStarted(AT, REGISTRY),
                new RunEvent.FactEstablished(AT, REGISTRY, "REGISTRY", ID),
                new RunEvent.StepSucceeded(AT, REGISTRY, Outcome.CREATED, Text.of("engine.doneBefore"))));
    }

    private static SetupRequest one() {
        return Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, Requests.NEW_MACHINE);
    }

    private static SetupRequest many(int machines) {
        return Requests.of(
                Requests.OLD_REGISTRY,
                Requests.USER_ASSIGNED,
                IntStream.range(0, machines)
                        .mapToObj(i -> new Machine(
                                "vm" + i,
                                false,
                                "",
                                "",
                                "azureuser",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()))
                        .toArray(Machine[]::new));
    }

    private static List<RunEvent> pulling(int pulled, int failed) {
        List<RunEvent> events = made();
        for (int i = 0; i < pulled + failed; i++) {
            StepId step = StepId.on("vm" + i, "set-up");
            events.add(new RunEvent.StepStarted(AT, step));
            events.add(
                    i < pulled
                            ? new RunEvent.FactEstablished(AT, step, "PROVEN_DIGEST", DIGEST)
                            : new RunEvent.StepFailed(
                                    AT,
                                    step,
                                    Failure.of("setup.runInUse", "", "run").problem()));
        }
        return events;
    }

    private List<PartButton> parts() {
        return view.lookupAll(".picture-part").stream()
                .map(PartButton.class::cast)
                .toList();
    }

    private PartButton part(String words) {
        return parts().stream()
                .filter(part -> part.getAccessibleText().contains(words))
                .findFirst()
                .orElseThrow();
    }

    private Node facts() {
        return view.lookup("#picture-facts");
    }

    @Test
    void eachPartSaysWhatItIsAndHowFarItIs() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 900, 600);
        show(one(), made());
        assertThat(parts())
                .extracting(Node::getAccessibleText)
                .containsExactlyInAnyOrder(
                        "Virtual machine, myDockerVM, new",
                        "Identity, myACRId, new",
                        "Role, holds AcrPull on, planned",
                        "Registry, myContainerRegistry, new, ready",
                        "Image, aci-helloworld:v1, planned");
    }

    @Test
    void aClickShowsWhatIsKnownAndAnotherHidesIt() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 900, 600);
        show(one(), made());
        assertThat(facts().isVisible()).isFalse();
        FxRobot robot = new FxRobot();
        robot.clickOn(part("Registry"), MouseButton.PRIMARY);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(facts().isVisible()).isTrue();
        assertThat(view.lookupAll("#picture-facts .mono").stream()
                        .map(Labeled.class::cast)
                        .map(label -> label.getText().replace("\u200b", "")))
                .contains("myResourceGroup", "japaneast", ID);
        robot.clickOn(part("Registry"), MouseButton.PRIMARY);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(facts().isVisible()).isFalse();
    }

    @Test
    void enterShowsAPartAndItsPageInThePortalOpens() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 900, 600);
        show(one(), made());
        WaitForAsyncUtils.asyncFx(() -> {
                    PartButton registry = part("Registry");
                    registry.requestFocus();
                    registry.fireEvent(
                            new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.ENTER, false, false, false, false));
                    ((Button) view.lookup("#picture-portal")).fire();
                    ((Button) view.lookupAll("#picture-facts .copy").stream()
                                    .reduce((one, other) -> other)
                                    .orElseThrow())
                            .fire();
                    assertThat(Clipboard.getSystemClipboard().getString()).isEqualTo(ID);
                })
                .get();
        assertThat(opened).containsExactly(URI.create("https://portal.azure.com/#resource" + ID));
    }

    @Test
    void whatIsChosenStaysSoWhileTheRunGoesOn() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 900, 600);
        List<RunEvent> events = made();
        show(one(), events);
        WaitForAsyncUtils.asyncFx(() -> part("Role").fire()).get();
        events.add(new RunEvent.StepStarted(AT, ROLE));
        events.add(new RunEvent.StepFailed(
                AT, ROLE, Failure.of("setup.runInUse", "", "run").problem()));
        show(one(), events);
        assertThat(part("Role").isSelected()).isTrue();
        assertThat(part("Role").getAccessibleText()).endsWith("failed");
        assertThat(view.lookup("#picture-facts .notice-danger")).isNotNull();
    }

    @Test
    void aThousandTargetsAreOnePartWithAListThatBeginsWithThoseThatFailed() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 900, 600);
        show(many(1000), pulling(812, 3));
        PartButton group = part("1,000 virtual machines");
        assertThat(group.getAccessibleText()).endsWith("812 pulled, 3 failed, 185 waiting");
        WaitForAsyncUtils.asyncFx(group::fire).get();
        ListView<?> list = (ListView<?>) view.lookup("#picture-targets");
        assertThat(list.getItems()).hasSize(1000);
        WaitForAsyncUtils.asyncFx(() -> list.getSelectionModel().select(0)).get();
        assertThat(view.lookup("#picture-facts .notice-danger")).isNotNull();
        assertThat(view.lookupAll("*")).hasSizeLessThan(400);
        WaitForAsyncUtils.waitForFxEvents();
        Screenshot.of(stage.getScene(), "picture-thousand.png");
    }

    @Test
    void itLooksRight() throws Exception {
        SetupRequest mixed = Requests.like(
                Requests.like(
                        Requests.of(
                                Requests.NEW_REGISTRY,
                                Requests.USER_ASSIGNED,
                                Requests.NEW_MACHINE,
                                Requests.OLD_MACHINE),
                        Requests.scaleSet(20)),
                List.of(new Cluster("practiceCluster", Optional.empty())));
        open(Locale.ENGLISH, new PrimerLight(), 628, 560);
        show(one(), List.of());
        Screenshot.of(stage.getScene(), "picture-planned.png");
        show(mixed, made());
        Screenshot.of(stage.getScene(), "picture-mixed.png");
        WaitForAsyncUtils.asyncFx(stage::close).get();
        open(Locale.JAPANESE, new PrimerDark(), 808, 560);
        show(mixed, made());
        WaitForAsyncUtils.asyncFx(() -> part("レジストリ").fire()).get();
        WaitForAsyncUtils.waitForFxEvents();
        Screenshot.of(stage.getScene(), "picture-mixed-dark-ja.png");
    }
}
