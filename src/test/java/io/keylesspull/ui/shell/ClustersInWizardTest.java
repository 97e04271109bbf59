package io.keylesspull.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import atlantafx.base.theme.Theme;
import io.keylesspull.azure.cluster.ClusterInfo;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.paging.Pages;
import io.keylesspull.setup.request.SetupFile;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Cluster;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.RevealEvent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.util.WaitForAsyncUtils;

/** AKS clusters as targets: alone, and beside machines. */
class ClustersInWizardTest extends WizardInWindow {

    private static final Cluster CONTOSO = new Cluster("contoso-aks", Optional.of("contoso-rg"));
    private static final Cluster IDLE = new Cluster("idle-aks", Optional.of("contoso-rg"));

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void aClusterAloneNeedsNoMachineAndNoIdentity(String language) throws Exception {
        BlockingQueue<SetupRequest> asked = reviewsAsked();
        Texts texts = toTargets(language, new PrimerLight(), 900, 600);
        until(() -> !seen(find("#clusters-list", Node.class)));
        tick("#target-clusters");
        tick("#target-machines");
        until(() -> !seen(find("#machine-name", Node.class))
                && shows(texts.render("ui.clusters.missing"))
                && find("#next", Button.class).isDisabled());
        choose(CONTOSO);
        until(() -> !find("#next", Button.class).isDisabled());
        picture("clusters-alone-" + language);

        press("#next");
        until(() -> shows(texts.render("ui.identity.kubelet.text")));
        assertThat(shows(texts.render("ui.identity.USER_ASSIGNED.text"))).isFalse();
        assertThat(seen(find("#keep-signed-in", Node.class))).isFalse();
        picture("clusters-identity-" + language);

        press("#next");
        SetupRequest request = asked.poll(20, TimeUnit.SECONDS);
        assertThat(request.machines()).isEmpty();
        assertThat(request.clusters()).containsExactly(CONTOSO);
        until(() -> shows(texts.render("setup.picture.kind.CLUSTER")));
        assertThat(shows(texts.render("setup.picture.kind.MACHINE"))).isFalse();
        assertThat(SetupFile.read(SetupFile.write(request), true))
                .isInstanceOfSatisfying(
                        SetupFile.Read.class,
                        read -> assertThat(read.request().clusters()).containsExactly(CONTOSO));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void clustersAreChosenBesideMachinesAndRemembered(String language) throws Exception {
        BlockingQueue<SetupRequest> asked = reviewsAsked();
        Texts texts = toTargets(language, new PrimerDark(), 1000, 700);
        tick("#target-clusters");
        choose(CONTOSO);
        choose(IDLE);
        until(() -> shows(texts.render("ui.clusters.chosen", 2))
                && shows(texts.render("ui.clusters.hindrance.STOPPED", "idle-aks")));
        reveal("#clusters-again");
        picture("clusters-mixed-" + language);

        press("#back");
        press("#next");
        until(() -> shows(texts.render("ui.clusters.chosen", 2)));
        press("#next");
        press("#next");
        SetupRequest request = asked.poll(20, TimeUnit.SECONDS);
        assertThat(request.machines()).hasSize(1);
        assertThat(request.clusters()).containsExactly(CONTOSO, IDLE);
        until(() ->
                shows(texts.render("setup.picture.kind.CLUSTER")) && shows(texts.render("setup.picture.kind.MACHINE")));
        picture("clusters-review-" + language);

        press("#back");
        press("#back");
        tick("#target-clusters");
        press("#next");
        press("#next");
        assertThat(asked.poll(20, TimeUnit.SECONDS).clusters()).isEmpty();
    }

    @Test
    void withoutMachinesAndClustersThereIsNothingToSetUp() throws Exception {
        Texts texts = toTargets("en", new PrimerLight(), 900, 600);
        tick("#target-machines");
        until(() -> shows(texts.render("ui.targets.missing"))
                && find("#next", Button.class).isDisabled());
        picture("targets-none");
        tick("#target-machines");
        until(() -> !find("#next", Button.class).isDisabled());
    }

    @Test
    void theListIsReadOnlyIfClustersAreWantedAndAChoiceOutlivesARefresh() throws Exception {
        BlockingQueue<ClusterInfo> later = new LinkedBlockingQueue<>();
        BlockingQueue<String> reads = new LinkedBlockingQueue<>();
        practiceSession = new FakeSession(true) {
            @Override
            public Pages<ClusterInfo, Failure> clusters(String subscriptionId) {
                return wantsMore -> {
                    reads.add(subscriptionId);
                    super.clusters(subscriptionId)
                            .map(cluster ->
                                    later.isEmpty() || !cluster.name().equals("idle-aks") ? cluster : later.peek())
                            .read(wantsMore);
                };
            }
        };
        Texts texts = toTargets("en", new PrimerLight(), 900, 600);
        assertThat(reads).isEmpty();
        tick("#target-clusters");
        choose(IDLE);
        String stopped = texts.render("ui.clusters.hindrance.STOPPED", "idle-aks");
        until(() -> shows(stopped));

        later.add(running(found("idle-aks")));
        press("#clusters-again");
        until(() -> !shows(stopped) && shows(texts.render("ui.clusters.chosen", 1)));
        assertThat(find("#next", Button.class).isDisabled()).isFalse();
        assertThat(reads).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void whatStandsInAClustersWayIsSaidWhenItIsChosen(String language) throws Exception {
        Texts texts = toTargets(language, new PrimerLight(), 900, 600);
        tick("#target-clusters");
        tick("#target-machines");
        choose(new Cluster("legacy-aks", Optional.empty()));
        choose(new Cluster("shut-aks", Optional.empty()));
        choose(new Cluster("moved-aks", Optional.empty()));
        until(() -> shows(texts.render("ui.clusters.hindrance.SERVICE_PRINCIPAL", "legacy-aks"))
                && shows(texts.render("ui.clusters.hindrance.ELSEWHERE", "moved-aks"))
                && shows(texts.render("ui.clusters.badge.ELSEWHERE"))
                && shows(texts.render("ui.clusters.badge.NO_RUN_COMMAND")));
        reveal("#clusters-again");
        picture("clusters-hindered-" + language);
        assertThat(find("#next", Button.class).isDisabled()).isFalse();
    }

    @Test
    void ifThereIsNoClusterItIsSaidWhatToDo() throws Exception {
        practiceSession = new FakeSession(true) {
            @Override
            public Pages<ClusterInfo, Failure> clusters(String subscriptionId) {
                return Pages.of(List.of());
            }
        };
        Texts texts = toTargets("en", new PrimerLight(), 900, 600);
        tick("#target-clusters");
        until(() -> shows(texts.render("ui.clusters.empty"))
                && find("#next", Button.class).isDisabled());
        tick("#target-clusters");
        until(() -> !find("#next", Button.class).isDisabled());
    }

    @Test
    void ifClustersMayNotBeReadTheReasonIsShownWithAWayToTryAgain() throws Exception {
        BlockingQueue<String> reads = new LinkedBlockingQueue<>();
        practiceSession = new FakeSession(true) {
            @Override
            public Pages<ClusterInfo, Failure> clusters(String subscriptionId) {
                return wantsMore -> {
                    reads.add(subscriptionId);
                    throw new Failure(problem("You may not read clusters."));
                };
            }
        };
        toTargets("en", new PrimerLight(), 900, 600);
        tick("#target-clusters");
        until(() -> shows("You may not read clusters."));
        press("#clusters-again");
        until(() -> reads.size() == 2 && shows("You may not read clusters."));
        assertThat(find("#next", Button.class).isDisabled()).isTrue();
    }

    private Texts toTargets(String language, Theme theme, int width, int height) throws Exception {
        Locale locale = Locale.forLanguageTag(language);
        open(locale, theme, width, height);
        press("#next");
        press("#next");
        Texts texts = new Texts(locale);
        until(() -> title(texts.render("ui.title.TARGETS")));
        return texts;
    }

    private boolean title(String words) {
        return find("#page-title", javafx.scene.control.Labeled.class).getText().equals(words);
    }

    private void tick(String selector) throws Exception {
        until(() -> find(selector, CheckBox.class) != null);
        WaitForAsyncUtils.asyncFx(() -> find(selector, CheckBox.class).fire()).get();
    }

    private void reveal(String selector) throws Exception {
        WaitForAsyncUtils.asyncFx(() -> RevealEvent.request(find(selector, Node.class)))
                .get();
    }

    /** By the keyboard, in the list. */
    private void choose(Cluster wanted) throws Exception {
        until(() -> list() != null
                && list().getItems().stream().anyMatch(cluster -> cluster.name().equals(wanted.name())));
        WaitForAsyncUtils.asyncFx(() -> {
                    list().getSelectionModel().select(found(wanted.name()));
                    key(list(), KeyCode.SPACE);
                })
                .get();
    }

    private ClusterInfo found(String name) {
        return list().getItems().stream()
                .filter(cluster -> cluster.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private ListView<ClusterInfo> list() {
        return (ListView<ClusterInfo>) stage.getScene().lookup("#clusters-list .list-view");
    }

    private static ClusterInfo running(ClusterInfo cluster) {
        return new ClusterInfo(
                cluster.id(),
                cluster.name(),
                cluster.resourceGroup(),
                cluster.location(),
                cluster.version(),
                true,
                cluster.kubelet(),
                cluster.servicePrincipal(),
                cluster.runCommand(),
                cluster.otherTenantId(),
                cluster.entra(),
                cluster.pools());
    }
}
