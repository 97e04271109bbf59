package io.keylesspull.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import io.keylesspull.azure.model.NetworkInfo;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.paging.Pages;
import io.keylesspull.setup.request.SetupFile;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.Check;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.RevealEvent;
import io.keylesspull.ui.component.Screenshot;
import io.keylesspull.ui.component.SearchableChoice;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ListView;
import javafx.scene.control.TitledPane;
import javafx.scene.input.KeyCode;
import javafx.stage.Popup;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.util.WaitForAsyncUtils;

/** The page of the machines and how they are reached. */
class MachinesInWizardTest extends WizardInWindow {

    @Test
    void aNewMachineCanLieBehindANatGateway() throws Exception {
        BlockingQueue<SetupRequest> asked = reviewsAsked();
        open(Locale.ENGLISH, new PrimerLight(), 900, 800);
        press("#next");
        press("#next");
        choose("No, behind a NAT gateway");
        until(() -> shows("for which Azure charges"));
        assertThat(seen(find("#allow-ssh", Node.class))).isFalse();
        assertThat(seen(find("#subnet", Node.class))).isFalse();
        picture("nat-gateway");
        press("#next");
        press("#next");
        assertThat(asked.poll(20, TimeUnit.SECONDS).machines())
                .extracting(SetupRequest.Machine::network, SetupRequest.Machine::byRunCommand)
                .containsExactly(tuple(new SetupRequest.BehindGateway(), true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void existingMachinesAreCheckedInTheBackgroundIfThatIsWanted(String language) throws Exception {
        Semaphore answers = new Semaphore(0);
        practiceSession = new FakeSession(true) {
            @Override
            public List<Check> check(SetupRequest request) throws InterruptedException {
                answers.acquire();
                return List.of(
                        Check.good(words("Registry")),
                        Check.unchecked(words("Sign-in"), problem("No token was asked for.")),
                        Check.bad(words("SSH connection"), problem("Nobody answers on port 22.")));
            }
        };
        Locale locale = Locale.forLanguageTag(language);
        Texts texts = new Texts(locale);
        open(locale, new PrimerLight(), 1000, 900);
        press("#next");
        press("#next");
        choose(texts.render("ui.existing"));
        until(() -> find("#next", Button.class).isDisabled());
        WaitForAsyncUtils.asyncFx(() -> {
                    ListView<?> list = (ListView<?>) stage.getScene().lookup("#machines-list .list-view");
                    list.getSelectionModel().select(0);
                    key(list, KeyCode.SPACE);
                })
                .get();
        press("#next");
        press("#next");
        String looking = texts.render("ui.review.machines.looking");
        until(() -> shows(texts.render("ui.review.machines")) && !shows(looking));

        press("#check-machines");
        until(() -> shows(looking) && find("#check-machines", Button.class).isDisabled());
        press("#cancel-check-machines");
        until(() -> !shows(looking)
                && shows("You may assign roles")
                && !find("#next", Button.class).isDisabled());

        press("#check-machines");
        answers.release();
        until(() -> shows("Nobody answers on port 22.")
                && shows("No token was asked for.")
                && !shows("You may assign roles")
                && find("#next", Button.class).isDisabled());
        picture("review-machines-" + language);
    }

    @Test
    void aJumpHostIsEnteredWhereItIsSaidHowToReachTheMachines() throws Exception {
        BlockingQueue<SetupRequest> asked = reviewsAsked();
        open(Locale.ENGLISH, new PrimerLight(), 900, 800);
        press("#next");
        press("#next");
        choose("Existing");
        until(() -> stage.getScene().lookup("#machines-list .list-view") != null);
        WaitForAsyncUtils.asyncFx(() -> {
                    ListView<?> list = (ListView<?>) stage.getScene().lookup("#machines-list .list-view");
                    list.getSelectionModel().select(0);
                    key(list, KeyCode.SPACE);
                })
                .get();
        until(() -> !find("#next", Button.class).isDisabled());
        assertThat(option("Through a jump host")).isEmpty();
        unfold();
        choose("Through a jump host");
        until(() -> shows("Give the name or the address of the jump host")
                && find("#next", Button.class).isDisabled());
        unfold();
        picture("jump-host-wrong");
        assertThat(find("#reach", TitledPane.class).isExpanded()).isTrue();
        type("#jump-host", "bastion.contoso.com");
        type("#jump-user", "ops");
        type("#jump-port", "2222");
        type("#ssh-port", "70000");
        until(() -> shows("Give a port") && find("#next", Button.class).isDisabled());
        type("#ssh-port", "22022");
        type("#jump-host-key", "SHA256:short");
        until(() -> shows("Give a public host key"));
        type("#jump-host-key", "");
        until(() -> !find("#next", Button.class).isDisabled());
        picture("jump-host");
        press("#next");
        press("#next");
        SetupRequest request = asked.poll(20, TimeUnit.SECONDS);
        assertThat(request.machines())
                .extracting(SetupRequest.Machine::way)
                .containsExactly(new SetupRequest.Ssh(
                        Optional.empty(),
                        22022,
                        List.of(new SetupRequest.JumpHost(
                                "bastion.contoso.com", 2222, "ops", Optional.empty(), Optional.empty()))));
        assertThat(SetupFile.read(SetupFile.write(request), true))
                .isInstanceOfSatisfying(
                        SetupFile.Read.class,
                        read -> assertThat(read.request().machines())
                                .extracting(SetupRequest.Machine::way)
                                .containsOnly(request.machines().get(0).way()));
    }

    @Test
    void runCommandNeedsNoKey() throws Exception {
        BlockingQueue<SetupRequest> asked = reviewsAsked();
        open(Locale.ENGLISH, new PrimerLight(), 900, 800);
        press("#next");
        press("#next");
        unfold();
        choose("Existing");
        choose("Run Command");
        until(() -> shows("a machine takes about half an hour"));
        assertThat(shows("Private key")).isFalse();
        assertThat(seen(find("#ssh-port", Node.class))).isFalse();
        until(() -> stage.getScene().lookup("#machines-list .list-view") != null);
        WaitForAsyncUtils.asyncFx(() -> {
                    ListView<?> list = (ListView<?>) stage.getScene().lookup("#machines-list .list-view");
                    list.getSelectionModel().select(0);
                    key(list, KeyCode.SPACE);
                })
                .get();
        until(() -> !find("#next", Button.class).isDisabled());
        picture("run-command");
        press("#next");
        press("#next");
        assertThat(asked.poll(20, TimeUnit.SECONDS).machines())
                .extracting(SetupRequest.Machine::way)
                .containsExactly(new SetupRequest.RunCommand());
    }

    @Test
    void aNewMachineCanLieInASubnetWithoutAPublicAddress() throws Exception {
        String subnet = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/n";
        BlockingQueue<SetupRequest> asked = reviewsAsked();
        open(Locale.ENGLISH, new PrimerLight(), 900, 800);
        press("#next");
        press("#next");
        choose("No, in an existing subnet");
        choose("By its resource id");
        until(() ->
                shows("resource id of a subnet") && find("#next", Button.class).isDisabled());
        assertThat(seen(find("#allow-ssh", Node.class))).isFalse();
        type("#subnet", subnet);
        until(() -> !find("#next", Button.class).isDisabled());
        picture("subnet");
        unfold();
        choose("Public address");
        until(() -> find("#next", Button.class).isDisabled());
        choose("Run Command");
        until(() -> !find("#next", Button.class).isDisabled());
        press("#next");
        press("#next");
        assertThat(asked.poll(20, TimeUnit.SECONDS).machines())
                .extracting(SetupRequest.Machine::network, SetupRequest.Machine::way)
                .containsExactly(tuple(new SetupRequest.InSubnet(subnet), new SetupRequest.RunCommand()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void theSubnetIsChosenFromAListAndRemembered(String language) throws Exception {
        BlockingQueue<SetupRequest> asked = reviewsAsked();
        Locale locale = Locale.forLanguageTag(language);
        Texts texts = new Texts(locale);
        open(locale, new PrimerLight(), 900, 1000);
        press("#next");
        press("#next");
        choose(texts.render("ui.machines.network.SUBNET"));
        until(() -> shows(texts.render("ui.machines.subnet.missing"))
                && find("#next", Button.class).isDisabled());
        assertThat(seen(find("#subnet", Node.class))).isFalse();
        WaitForAsyncUtils.asyncFx(() -> find("#subnet-choice", Button.class).fire())
                .get();
        popupPicture("subnet-list-" + language);
        choose("#subnet-choice", FakeSession.subnetId("hub-vnet", "machines"));
        until(() -> shows("10.1.0.0/24") && !find("#next", Button.class).isDisabled());
        picture("subnet-chosen-" + language);

        press("#back");
        press("#next");
        until(() -> shows("hub-vnet / machines") && shows("10.1.0.0/24"));
        press("#next");
        press("#next");
        assertThat(asked.poll(20, TimeUnit.SECONDS).machines())
                .extracting(SetupRequest.Machine::network)
                .containsExactly(new SetupRequest.InSubnet(FakeSession.subnetId("hub-vnet", "machines")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void whereThereIsNoSubnetItIsSaidWhatToDo(String language) throws Exception {
        BlockingQueue<String> listed = new LinkedBlockingQueue<>();
        practiceSession = new FakeSession(true) {
            @Override
            public Pages<NetworkInfo.Subnet, Failure> subnets(String subscriptionId, String location) {
                return wantsMore -> listed.add(location);
            }
        };
        Locale locale = Locale.forLanguageTag(language);
        Texts texts = new Texts(locale);
        open(locale, new PrimerLight(), 900, 1000);
        press("#next");
        press("#next");
        assertThat(listed).isEmpty();
        choose(texts.render("ui.machines.network.SUBNET"));
        String place = language.equals("ja") ? "Japan East" : "East US";
        until(() -> shows(texts.render("ui.machines.subnet.empty", place)));
        assertThat(find("#next", Button.class).isDisabled()).isTrue();
        picture("subnet-empty-" + language);
        press("#subnets-again");
        until(() -> listed.size() == 2);
        assertThat(listed).containsOnly(language.equals("ja") ? "japaneast" : "eastus");
        choose(texts.render("ui.machines.subnet.typed"));
        until(() -> !shows(texts.render("ui.machines.subnet.empty", place)));
        type("#subnet", FakeSession.subnetId("other", "machines"));
        until(() -> !find("#next", Button.class).isDisabled());
    }

    @Test
    void ifSubnetsMayNotBeReadTheReasonIsShownAndAnIdCanBeGiven() throws Exception {
        practiceSession = new FakeSession(true) {
            @Override
            public Pages<NetworkInfo.Subnet, Failure> subnets(String subscriptionId, String location) {
                return wantsMore -> {
                    throw new Failure(problem("You may not read virtual networks."));
                };
            }
        };
        open(Locale.ENGLISH, new PrimerLight(), 900, 1000);
        press("#next");
        press("#next");
        choose("No, in an existing subnet");
        until(() -> shows("You may not read virtual networks."));
        assertThat(find("#next", Button.class).isDisabled()).isTrue();
        picture("subnet-refused");
        choose("By its resource id");
        until(() -> !shows("You may not read virtual networks."));
        type("#subnet", FakeSession.subnetId("other", "machines"));
        until(() -> !find("#next", Button.class).isDisabled());
    }

    /** In the list that has dropped down. */
    @SuppressWarnings("unchecked")
    private void choose(String selector, String id) throws Exception {
        WaitForAsyncUtils.asyncFx(() -> {
                    SearchableChoice<NetworkInfo.Subnet> choice = find(selector, SearchableChoice.class);
                    choice.items().stream().filter(each -> each.id().equals(id)).forEach(choice.valueProperty()::set);
                })
                .get();
    }

    private void popupPicture(String name) throws Exception {
        until(() -> popup().isPresent());
        Window popup = popup().orElseThrow();
        Screenshot.of(popup.getScene(), "wizard-" + name + ".png");
        WaitForAsyncUtils.asyncFx(popup::hide).get();
    }

    private static Optional<Window> popup() {
        return Window.getWindows().stream()
                .filter(window -> window instanceof Popup && window.isShowing())
                .findFirst();
    }

    @Test
    void runCommandAsksForNoRangeThatMayReachANewMachine() throws Exception {
        BlockingQueue<SetupRequest> asked = reviewsAsked();
        open(Locale.ENGLISH, new PrimerLight(), 900, 800);
        press("#next");
        press("#next");
        until(() -> seen(find("#allow-ssh", Node.class)));
        type("#allow-ssh", "203.0.113.24/32");
        unfold();
        choose("Run Command");
        until(() -> !seen(find("#allow-ssh", Node.class)));
        until(() -> !find("#next", Button.class).isDisabled());
        press("#next");
        press("#next");
        assertThat(asked.poll(20, TimeUnit.SECONDS).machines())
                .extracting(SetupRequest.Machine::network, SetupRequest.Machine::way)
                .containsExactly(
                        tuple(new SetupRequest.PublicAddress(Optional.empty()), new SetupRequest.RunCommand()));
    }

    @Test
    void aStoppedMachineIsStartedOnlyIfItIsTicked() throws Exception {
        BlockingQueue<SetupRequest> asked = reviewsAsked();
        open(Locale.ENGLISH, new PrimerLight(), 900, 800);
        press("#next");
        press("#next");
        choose("Existing");
        until(() -> stage.getScene().lookup("#machines-list .list-view") != null);
        assertThat(seen(find("#start-stopped", Node.class))).isFalse();
        WaitForAsyncUtils.asyncFx(() -> {
                    ListView<?> list = (ListView<?>) stage.getScene().lookup("#machines-list .list-view");
                    list.getSelectionModel().select(1);
                    key(list, KeyCode.SPACE);
                })
                .get();
        until(() -> seen(find("#start-stopped", Node.class)));
        WaitForAsyncUtils.asyncFx(() -> find("#start-stopped", CheckBox.class).fire())
                .get();
        picture("start-stopped");
        press("#next");
        press("#next");
        assertThat(asked.poll(20, TimeUnit.SECONDS).access().startStopped()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"en, Existing", "ja, 既存"})
    void aKeyIsAddedToAnExistingMachineOnlyIfThatIsTicked(String language, String existing) throws Exception {
        BlockingQueue<SetupRequest> asked = reviewsAsked();
        open(Locale.forLanguageTag(language), new PrimerLight(), 900, 1000);
        press("#next");
        press("#next");
        unfold();
        assertThat(seen(find("#add-key", Node.class))).isFalse();
        choose(existing);
        until(() -> stage.getScene().lookup("#machines-list .list-view") != null);
        WaitForAsyncUtils.asyncFx(() -> {
                    ListView<?> list = (ListView<?>) stage.getScene().lookup("#machines-list .list-view");
                    list.getSelectionModel().select(0);
                    key(list, KeyCode.SPACE);
                })
                .get();
        until(() -> seen(find("#add-key", Node.class)));
        assertThat(find("#add-key", CheckBox.class).isSelected()).isFalse();
        WaitForAsyncUtils.asyncFx(() -> {
                    find("#add-key", CheckBox.class).fire();
                    RevealEvent.request(find("#add-key", CheckBox.class));
                })
                .get();
        picture("add-key-" + language);
        press("#next");
        press("#next");
        assertThat(asked.poll(20, TimeUnit.SECONDS).machines())
                .extracting(SetupRequest.Machine::way)
                .containsExactly(new SetupRequest.Ssh(Optional.empty(), 22, List.of(), true));
    }

    @Test
    void theWaysToAMachineInJapanese() throws Exception {
        open(Locale.JAPANESE, new PrimerDark(), 900, 800);
        press("#next");
        press("#next");
        unfold();
        choose("ジャンプ ホスト経由");
        until(() -> shows("ジャンプ ホストの名前またはアドレス"));
        picture("jump-host-ja");
        choose("プライベート アドレス");
        until(() -> !find("#next", Button.class).isDisabled());
        choose("既存");
        choose("実行コマンド");
        until(() -> shows("SSH もキーも使わず"));
        picture("run-command-ja");
    }

    /** By the keyboard. */
    private void unfold() throws Exception {
        until(() -> find("#reach", TitledPane.class) != null);
        WaitForAsyncUtils.asyncFx(() -> {
                    find("#reach", TitledPane.class).requestFocus();
                    key(find("#reach", TitledPane.class), KeyCode.SPACE);
                })
                .get();
    }
}
