package io.keylesspull.ui.shell;

import static io.keylesspull.ui.shell.FakeSession.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import atlantafx.base.theme.Theme;
import io.keylesspull.azure.model.DeviceCode;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.model.Subscription;
import io.keylesspull.azure.model.Tenant;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.paging.Pages;
import io.keylesspull.setup.plan.Review;
import io.keylesspull.setup.request.SetupFile;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.NoRuns;
import io.keylesspull.setup.session.Runs;
import io.keylesspull.setup.session.Session;
import io.keylesspull.setup.session.Sessions;
import io.keylesspull.setup.step.Check;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import io.keylesspull.ui.component.Screenshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

class WizardFlowTest {

    private static final Time AT_ONCE = new Time() {
        @Override
        public Instant now() {
            return Instant.parse("2026-03-04T10:32:24Z");
        }

        @Override
        public void sleep(Duration duration) {
            // Nobody waits in this test.
        }
    };

    private final ExecutorService background = Executors.newCachedThreadPool();
    private final Sessions sessions = new Sessions() {
        @Override
        public Session azure(SetupRequest.SignIn signIn, Consumer<DeviceCode> prompt) {
            return azureSession;
        }

        @Override
        public Session practice() {
            return practiceSession;
        }

        @Override
        public void signOut() throws Failure {
            if (signOutProblem.isPresent()) {
                throw new Failure(signOutProblem.get());
            }
        }

        @Override
        public Runs runs(boolean practice) {
            return new NoRuns();
        }
    };
    private Optional<Problem> signOutProblem = Optional.empty();
    private Session azureSession = new FakeSession(false);
    private Session practiceSession = new FakeSession(true);
    private Stage stage;

    @AfterEach
    void close() throws Exception {
        if (stage != null) {
            WaitForAsyncUtils.asyncFx(stage::close).get();
        }
        background.shutdownNow();
        FxToolkit.cleanupStages();
    }

    private void open(Locale locale, Theme theme, int width, int height) throws Exception {
        WizardWindow window = show(locale, theme, width, height);
        WaitForAsyncUtils.asyncFx(window::fill).get();
    }

    private WizardWindow show(Locale locale, Theme theme, int width, int height) throws Exception {
        FxToolkit.registerPrimaryStage();
        return WaitForAsyncUtils.asyncFx(() -> {
                    WizardWindow window = new WizardWindow(new Dependencies(
                            new Texts(locale), sessions, background, AT_ONCE, new Random(7), uri -> {}));
                    window.scene().setUserAgentStylesheet(theme.getUserAgentStylesheet());
                    stage = new Stage();
                    stage.setWidth(width);
                    stage.setHeight(height);
                    window.show(stage);
                    return window;
                })
                .get();
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        WaitForAsyncUtils.waitFor(
                20, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition).get());
    }

    private <T> T find(String selector, Class<T> type) {
        return type.cast(stage.getScene().lookup(selector));
    }

    private String title() throws Exception {
        return WaitForAsyncUtils.asyncFx(
                        () -> find("#page-title", Labeled.class).getText())
                .get();
    }

    private void press(String selector) throws Exception {
        until(() -> find(selector, Button.class) != null
                && !find(selector, Button.class).isDisabled());
        WaitForAsyncUtils.asyncFx(() -> find(selector, Button.class).fire()).get();
    }

    /** Presses Next only, and keeps a picture of each page. */
    private void walk(Texts texts, String kind) throws Exception {
        for (WizardStep step : WizardStep.values()) {
            until(() -> find("#page-title", Labeled.class).getText().equals(texts.render("ui.title." + step)));
            until(() -> !find("#next", Button.class).isDisabled());
            Screenshot.of(
                    stage.getScene(),
                    "wizard-" + (step.ordinal() + 1) + "-" + step.name().toLowerCase(Locale.ROOT) + kind + ".png");
            if (step != WizardStep.DONE) {
                press("#next");
            }
        }
    }

    @Test
    void theWindowStandsBeforeItsFirstPageAndMayBeClosedBeforeIt() throws Exception {
        WizardWindow window = show(Locale.ENGLISH, new PrimerLight(), 1000, 700);
        assertThat(find(".rail", Node.class).isVisible()).isTrue();
        assertThat(find("#page-title", Labeled.class)).isNull();
        WaitForAsyncUtils.asyncFx(stage::close).get();
        WaitForAsyncUtils.asyncFx(window::fill).get();
        assertThat(find("#page-title", Labeled.class)).isNull();
    }

    @Test
    void whileAPageIsLoadingEnterLeadsNowhereElse() throws Exception {
        Semaphore answers = new Semaphore(0);
        practiceSession = new FakeSession(true) {
            @Override
            public Pages<RegistryInfo, Failure> registries(String subscriptionId) {
                return wantsMore -> {
                    answers.acquireUninterruptibly();
                    super.registries(subscriptionId).read(wantsMore);
                };
            }

            @Override
            public Review review(SetupRequest request) {
                answers.acquireUninterruptibly();
                return super.review(request);
            }
        };
        Texts texts = new Texts(Locale.ENGLISH);
        open(Locale.ENGLISH, new PrimerLight(), 1000, 700);
        for (WizardStep step : List.of(
                WizardStep.SIGN_IN, WizardStep.REGISTRY, WizardStep.MACHINES, WizardStep.IDENTITY, WizardStep.REVIEW)) {
            until(() -> find("#page-title", Labeled.class).getText().equals(texts.render("ui.title." + step)));
            WaitForAsyncUtils.waitForFxEvents();
            until(() -> !(stage.getScene().getFocusOwner() instanceof Button focused)
                    || focused == find("#next", Button.class));
            if (step == WizardStep.REGISTRY || step == WizardStep.REVIEW) {
                answers.release();
            }
            press("#next");
        }
    }

    @Test
    void inPracticeNextAloneLeadsFromTheFirstPageToDone() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 1000, 700);
        walk(new Texts(Locale.ENGLISH), "");
        assertThat(title()).isEqualTo("Done");
        press("#another");
        assertThat(title()).isEqualTo("Registry and image");
    }

    @Test
    void theSameWalkInTheSmallestDarkWindow() throws Exception {
        open(Locale.ENGLISH, new PrimerDark(), 900, 600);
        walk(new Texts(Locale.ENGLISH), "-dark-small");
        assertThat(title()).isEqualTo("Done");
    }

    @Test
    void theSameWalkInJapanese() throws Exception {
        open(Locale.JAPANESE, new PrimerLight(), 900, 600);
        walk(new Texts(Locale.JAPANESE), "-ja-small");
        assertThat(title()).isEqualTo("完了");
    }

    @Test
    void azureAsksForDirectoryAndSubscriptionBeforeItGoesOn() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 1000, 700);
        space("#azure");
        assertThat(find("#next", Button.class).getText()).isEqualTo("Sign in");
        assertThat(find("#practice-label", Labeled.class).getParent().isVisible())
                .isFalse();
        press("#next");
        until(() -> find("#next", Button.class).getText().equals("Next"));
        picture("azure");
        press("#next");
        assertThat(title()).isEqualTo("Registry and image");
    }

    @Test
    void anAccountWithoutSubscriptionsIsReported() throws Exception {
        azureSession = new FakeSession(false) {
            @Override
            public Pages<Subscription, Failure> subscriptions() {
                return Pages.of(List.of());
            }
        };
        open(Locale.ENGLISH, new PrimerLight(), 1000, 700);
        space("#azure");
        press("#next");
        until(() -> shows("This account has no subscription in this directory."));
        assertThat(find("#next", Button.class).isDisabled()).isTrue();
    }

    @Test
    void anUnreachableAzureIsExplainedAndCanBeTriedAgain() throws Exception {
        azureSession = new FakeSession(false) {
            @Override
            public List<Tenant> tenants() throws Failure {
                throw new Failure(new Problem(
                        words("Azure cannot be reached."),
                        words("Nobody is signed in."),
                        words("Check the network."),
                        "connection refused"));
            }
        };
        open(Locale.ENGLISH, new PrimerLight(), 1000, 700);
        space("#azure");
        press("#next");
        until(() -> shows("Azure cannot be reached.") && shows("Try again"));
        assertThat(shows("Subscription")).isFalse();
        picture("azure-unreachable");
    }

    @Test
    void aSignOutThatFailsIsReported() throws Exception {
        signOutProblem = Optional.of(problem("The account could not be forgotten."));
        open(Locale.ENGLISH, new PrimerLight(), 1000, 700);
        space("#azure");
        press("#next");
        until(() -> stage.getScene().lookup("#sign-out") != null);
        WaitForAsyncUtils.asyncFx(() -> find("#sign-out", Hyperlink.class).fire())
                .get();
        until(() -> shows("The account could not be forgotten.") && shows("Try again"));
        space("#practice");
        assertThat(shows("The account could not be forgotten.")).isFalse();
    }

    @Test
    void anErrorIsScrolledIntoViewWhenItComes() throws Exception {
        azureSession = new FakeSession(false) {
            @Override
            public List<Tenant> tenants() throws Failure {
                throw new Failure(problem("Azure cannot be reached."));
            }
        };
        open(Locale.ENGLISH, new PrimerLight(), 900, 600);
        space("#azure");
        press("#next");
        until(() -> shows("Azure cannot be reached.") && inView(".notice-danger"));
        picture("azure-unreachable-small");
    }

    @Test
    void anErrorOfAFieldIsScrolledIntoViewWhenItComes() throws Exception {
        azureSession = new FakeSession(false) {
            @Override
            public Optional<String> callerAddress() {
                return Optional.empty();
            }
        };
        open(Locale.ENGLISH, new PrimerLight(), 900, 600);
        space("#azure");
        press("#next");
        until(() -> find("#next", Button.class).getText().equals("Next"));
        press("#next");
        until(() -> find("#registry-name", TextField.class) != null);
        press("#next");
        until(() -> shows("Your own address could not be found out.") && inView(".error"));
        picture("address-needed-small");
        press("#back");
        press("#next");
        until(() -> title().equals("Machines") && inView(".error"));
    }

    @Test
    void aCheckThatForbidsTheRunIsScrolledIntoView() throws Exception {
        practiceSession = new FakeSession(true) {
            @Override
            public Review review(SetupRequest request) {
                Review usual = super.review(request);
                List<Check> good = Collections.nCopies(9, usual.checks().get(0));
                Check bad = Check.bad(words("You may assign roles"), problem("You may not assign roles."));
                return new Review(
                        usual.changes(),
                        Stream.concat(good.stream(), Stream.of(bad)).toList(),
                        List.of());
            }
        };
        open(Locale.ENGLISH, new PrimerLight(), 900, 600);
        for (int page = 0; page < 4; page++) {
            press("#next");
        }
        until(() -> shows("You may not assign roles.") && inView(".notice-danger"));
        picture("review-bad-small");
    }

    private static Problem problem(String what) {
        return new Problem(words(what), words("Nothing was changed."), words("Ask an owner."), "details");
    }

    /** Whether the first visible one of these nodes is wholly inside the part of the page that is seen. */
    private boolean inView(String selector) {
        Node viewport = stage.getScene().lookup(".page-scroll > .viewport");
        if (viewport == null) {
            return false;
        }
        Bounds view = viewport.localToScene(viewport.getLayoutBounds());
        return stage.getScene().getRoot().lookupAll(selector).stream()
                .filter(WizardFlowTest::seen)
                .findFirst()
                .map(node -> node.localToScene(node.getLayoutBounds()))
                .filter(bounds -> bounds.getHeight() > 0 && view.contains(bounds))
                .isPresent();
    }

    @Test
    void clicksThatComeBeforeAPageIsPaintedDoNotLeaveIt() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 900, 600);
        press("#next");
        press("#next");
        until(() -> title().equals("Machines") && !find("#next", Button.class).isDisabled());
        WaitForAsyncUtils.asyncFx(() -> {
                    find("#next", Button.class).fire();
                    find("#next", Button.class).fire();
                })
                .get();
        assertThat(title()).isEqualTo("Identity and role");
        press("#next");
        assertThat(title()).isEqualTo("Review");
    }

    @Test
    void theSecondClickOfADoubleClickDoesNotLeaveThePageThatTheFirstOpened() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 900, 600);
        press("#next");
        press("#next");
        click(1);
        until(() -> title().equals("Identity and role"));
        click(2);
        assertThat(title()).isEqualTo("Identity and role");
        click(3);
        assertThat(title()).isEqualTo("Identity and role");
        click(1);
        assertThat(title()).isEqualTo("Review");
    }

    @Test
    void clicksThatBeganWhileNextWasNotPossibleCountOnTheirPage() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 900, 600);
        press("#next");
        until(() -> find("#registry-name", TextField.class) != null);
        until(() -> !find("#next", Button.class).isDisabled());
        WaitForAsyncUtils.asyncFx(() -> mouse(find(".page-footer", Node.class), MouseEvent.MOUSE_PRESSED, 1))
                .get();
        click(2);
        until(() -> title().equals("Machines"));
    }

    /** Clicks on Next with the mouse. @param count 1, or which click of a multiple click it is */
    private void click(int count) throws Exception {
        until(() -> !find("#next", Button.class).isDisabled());
        WaitForAsyncUtils.asyncFx(() -> {
                    mouse(find("#next", Button.class), MouseEvent.MOUSE_PRESSED, count);
                    mouse(find("#next", Button.class), MouseEvent.MOUSE_RELEASED, count);
                })
                .get();
    }

    private static void mouse(Node node, EventType<MouseEvent> type, int count) {
        Event.fireEvent(
                node,
                new MouseEvent(
                        type,
                        5,
                        5,
                        5,
                        5,
                        MouseButton.PRIMARY,
                        count,
                        false,
                        false,
                        false,
                        false,
                        type == MouseEvent.MOUSE_PRESSED,
                        false,
                        false,
                        false,
                        false,
                        false,
                        null));
    }

    @Test
    void aNameThatAzureWouldRefuseStopsTheWayOnAndBackKeepsIt() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 900, 600);
        press("#next");
        until(() -> find("#registry-name", TextField.class) != null);
        type("#registry-name", "no-hyphens");
        until(() -> find("#next", Button.class).isDisabled());
        picture("bad-name");
        type("#registry-name", "taken");
        until(() -> shows("This name is taken already"));
        assertThat(find("#next", Button.class).isDisabled()).isTrue();
        type("#registry-name", "myContainerRegistry");
        press("#next");
        assertThat(title()).isEqualTo("Machines");
        press("#back");
        until(() -> find("#registry-name", TextField.class) != null);
        assertThat(find("#registry-name", TextField.class).getText()).isEqualTo("myContainerRegistry");
    }

    @Test
    void whatExistsCanBePickedToo() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 900, 600);
        press("#next");
        until(() -> find("#registry-name", TextField.class) != null);
        choose("Existing");
        until(() -> !find("#next", Button.class).isDisabled());
        picture("existing-registry");
        press("#next");
        choose("Existing");
        until(() -> find("#next", Button.class).isDisabled());
        WaitForAsyncUtils.asyncFx(() -> {
                    ListView<?> list = (ListView<?>) stage.getScene().lookup("#machines-list .list-view");
                    for (int row : new int[] {0, 2}) {
                        list.getSelectionModel().select(row);
                        key(list, KeyCode.SPACE);
                    }
                })
                .get();
        picture("existing-machines");
        press("#next");
        choose("Existing");
        picture("existing-identity");
        press("#next");
        press("#next");
        press("#next");
        picture("existing-done");
        assertThat(shows(FakeSession.LONG)).isTrue();
    }

    @Test
    void whatIsUntickedIsNotAskedFor() throws Exception {
        BlockingQueue<SetupRequest> asked = new LinkedBlockingQueue<>();
        practiceSession = new FakeSession(true) {
            @Override
            public Review review(SetupRequest request) {
                asked.add(request);
                return super.review(request);
            }
        };
        open(Locale.ENGLISH, new PrimerLight(), 1000, 700);
        press("#next");
        press("#next");
        untick("#docker-group");
        press("#next");
        untick("#keep-signed-in");
        press("#next");
        SetupRequest request = asked.poll(20, TimeUnit.SECONDS);
        assertThat(List.of(request.access().dockerGroup(), request.access().credentialHelper()))
                .containsOnly(false);
    }

    @Test
    void anImageIsImportedUnderTheNameThatItHasWhereItComesFrom() throws Exception {
        BlockingQueue<SetupRequest> asked = new LinkedBlockingQueue<>();
        practiceSession = new FakeSession(true) {
            @Override
            public Review review(SetupRequest request) {
                asked.add(request);
                return super.review(request);
            }
        };
        open(Locale.ENGLISH, new PrimerLight(), 1000, 800);
        press("#next");
        choose("Another one, imported");
        type("#import-source", "contoso.azurecr.io/app:v1");
        until(() -> shows("Name another Azure registry by its resource id"));
        assertThat(find("#next", Button.class).isDisabled()).isTrue();
        type("#import-source", "docker.io/grafana/grafana:11.3.0");
        picture("import");
        press("#next");
        press("#next");
        press("#next");
        SetupRequest request = asked.poll(20, TimeUnit.SECONDS);
        assertThat(request.registry().imported()).contains("docker.io/grafana/grafana:11.3.0");
        assertThat(request.image()).isEqualTo("grafana:11.3.0");
    }

    @Test
    void onARegistryWithRepositoryPermissionsTheRoleIsLimitedToRepositories() throws Exception {
        BlockingQueue<SetupRequest> asked = new LinkedBlockingQueue<>();
        practiceSession = new FakeSession(true) {
            @Override
            public Pages<RegistryInfo, Failure> registries(String subscriptionId) {
                return wantsMore ->
                        super.registries(subscriptionId).read(page -> wantsMore.test(page.subList(1, page.size())));
            }

            @Override
            public Review review(SetupRequest request) {
                asked.add(request);
                return super.review(request);
            }
        };
        open(Locale.ENGLISH, new PrimerLight(), 1000, 800);
        press("#next");
        choose("Existing");
        press("#next");
        press("#next");
        choose("Only these");
        until(() -> find("#repositories", TextField.class).getText().equals("shop/web"));
        type("#repositories", "shop/api");
        until(() -> shows("The machines pull from repository shop/web"));
        assertThat(find("#next", Button.class).isDisabled()).isTrue();
        type("#repositories", "shop/api, shop/*");
        picture("repositories");
        press("#next");
        assertThat(asked.poll(20, TimeUnit.SECONDS).repositories().patterns()).containsExactly("shop/api", "shop/*");
    }

    @Test
    void theRoleOnANewRegistryIsLimitedToRepositories() throws Exception {
        BlockingQueue<SetupRequest> asked = new LinkedBlockingQueue<>();
        practiceSession = new FakeSession(true) {
            @Override
            public Review review(SetupRequest request) {
                asked.add(request);
                return super.review(request);
            }
        };
        open(Locale.ENGLISH, new PrimerLight(), 1000, 800);
        press("#next");
        press("#next");
        press("#next");
        assertThat(shows("The new registry is created with repository permissions"))
                .isFalse();
        choose("Only these");
        until(() -> find("#repositories", TextField.class).getText().equals("aci-helloworld"));
        until(() -> shows("The new registry is created with repository permissions (ABAC)"));
        until(() -> shows("“Container Registry Repository Reader” is granted instead"));
        picture("repositories-new");
        press("#next");
        assertThat(asked.poll(20, TimeUnit.SECONDS).repositories().patterns()).containsExactly("aci-helloworld");
    }

    @Test
    void onARegistryWithoutRepositoryPermissionsItIsSaidThatTheRoleCannotBeLimited() throws Exception {
        practiceSession = new FakeSession(true);
        open(Locale.ENGLISH, new PrimerLight(), 1000, 800);
        press("#next");
        choose("Existing");
        press("#next");
        press("#next");

        until(() -> shows("All. This registry has registry permissions"));
        assertThat(stage.getScene().getRoot().lookupAll(".radio-button"))
                .noneMatch(node -> ((Labeled) node).getText().equals("Only these") && seen(node));
    }

    @Test
    void anImageThatIsThereIsPulledByItsDigestIfThatIsTicked() throws Exception {
        BlockingQueue<SetupRequest> asked = new LinkedBlockingQueue<>();
        practiceSession = new FakeSession(true) {
            @Override
            public Review review(SetupRequest request) {
                asked.add(request);
                return super.review(request);
            }
        };
        open(Locale.ENGLISH, new PrimerLight(), 1000, 800);
        press("#next");
        choose("Existing");
        until(() -> find("#by-digest", CheckBox.class) != null && seen(find("#by-digest", CheckBox.class)));
        WaitForAsyncUtils.asyncFx(() -> find("#by-digest", CheckBox.class).setSelected(true))
                .get();
        picture("by-digest");
        press("#next");
        press("#next");
        press("#next");
        assertThat(asked.poll(20, TimeUnit.SECONDS).image()).isEqualTo("shop/web@sha256:" + "1".repeat(64));
    }

    @Test
    void aJumpHostIsEnteredWhereItIsSaidHowToReachTheMachines() throws Exception {
        BlockingQueue<SetupRequest> asked = new LinkedBlockingQueue<>();
        practiceSession = new FakeSession(true) {
            @Override
            public Review review(SetupRequest request) {
                asked.add(request);
                return super.review(request);
            }
        };
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
        BlockingQueue<SetupRequest> asked = new LinkedBlockingQueue<>();
        practiceSession = new FakeSession(true) {
            @Override
            public Review review(SetupRequest request) {
                asked.add(request);
                return super.review(request);
            }
        };
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
    void aNewMachineCanLieBehindANatGateway() throws Exception {
        BlockingQueue<SetupRequest> asked = new LinkedBlockingQueue<>();
        practiceSession = new FakeSession(true) {
            @Override
            public Review review(SetupRequest request) {
                asked.add(request);
                return super.review(request);
            }
        };
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

    @Test
    void aNewMachineCanLieInASubnetWithoutAPublicAddress() throws Exception {
        String subnet = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/n";
        BlockingQueue<SetupRequest> asked = new LinkedBlockingQueue<>();
        practiceSession = new FakeSession(true) {
            @Override
            public Review review(SetupRequest request) {
                asked.add(request);
                return super.review(request);
            }
        };
        open(Locale.ENGLISH, new PrimerLight(), 900, 800);
        press("#next");
        press("#next");
        choose("No, in an existing subnet");
        until(() -> shows("resource id") && find("#next", Button.class).isDisabled());
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

    @Test
    void aStoppedMachineIsStartedOnlyIfItIsTicked() throws Exception {
        BlockingQueue<SetupRequest> asked = new LinkedBlockingQueue<>();
        practiceSession = new FakeSession(true) {
            @Override
            public Review review(SetupRequest request) {
                asked.add(request);
                return super.review(request);
            }
        };
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

    private void untick(String selector) throws Exception {
        until(() -> find(selector, CheckBox.class) != null
                && find(selector, CheckBox.class).isSelected());
        WaitForAsyncUtils.asyncFx(() -> find(selector, CheckBox.class).fire()).get();
    }

    private void picture(String name) throws Exception {
        Screenshot.of(stage.getScene(), "wizard-" + name + ".png");
    }

    private void type(String selector, String text) throws Exception {
        WaitForAsyncUtils.asyncFx(() -> find(selector, TextField.class).setText(text))
                .get();
    }

    private void space(String selector) throws Exception {
        until(() -> stage.getScene().lookup(selector) != null);
        WaitForAsyncUtils.asyncFx(() -> key(stage.getScene().lookup(selector), KeyCode.SPACE))
                .get();
    }

    private static void key(Node node, KeyCode code) {
        Event.fireEvent(node, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
    }

    private void choose(String words) throws Exception {
        until(() -> option(words).isPresent());
        WaitForAsyncUtils.asyncFx(() -> option(words).get().fire()).get();
    }

    private Optional<RadioButton> option(String words) {
        return stage.getScene().getRoot().lookupAll(".radio-button").stream()
                .map(RadioButton.class::cast)
                .filter(button -> button.getText().equals(words) && seen(button))
                .findFirst();
    }

    private boolean shows(String words) {
        return Stream.of(".label", ".button")
                .flatMap(style -> stage.getScene().getRoot().lookupAll(style).stream())
                .filter(Labeled.class::isInstance)
                .map(Labeled.class::cast)
                .anyMatch(label -> label.getText() != null && label.getText().contains(words) && seen(label));
    }

    private static boolean seen(Node node) {
        return node == null || node.isVisible() && seen(node.getParent());
    }
}
