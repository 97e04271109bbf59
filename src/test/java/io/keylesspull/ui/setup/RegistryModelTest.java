package io.keylesspull.ui.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.azure.model.Location;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.MachineInfo.Addresses;
import io.keylesspull.azure.model.MachineInfo.Identities;
import io.keylesspull.azure.model.MachineInfo.PowerState;
import io.keylesspull.azure.model.PermissionMode;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.paging.Pages;
import io.keylesspull.practice.SetTime;
import io.keylesspull.setup.session.ImageLists;
import io.keylesspull.setup.session.Session;
import io.keylesspull.ui.component.BackgroundTask.State;
import io.keylesspull.ui.component.Workers;
import io.keylesspull.ui.setup.RegistryModel.ImageChoice;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javafx.beans.binding.BooleanBinding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which side reads the images of a registry that this computer does not reach. The test is the JavaFX thread. */
@Timeout(60)
class RegistryModelTest {

    private static final String DIGEST = "sha256:" + "1".repeat(64);

    private final ExecutorService background = Executors.newCachedThreadPool();
    private final Queue<Runnable> later = new ConcurrentLinkedQueue<>();
    private final Workers workers = new Workers(background, later::add, new SetTime(Instant.EPOCH));
    private final MachinesModel machines = new MachinesModel(workers);
    private final ReaderModel reader = new ReaderModel(machines);
    private final RegistryModel model =
            new RegistryModel(workers, new Random(1), new Location("japaneast", "Japan East"), reader);
    private final BooleanBinding unread = model.unread();
    private final AtomicInteger asked = new AtomicInteger();
    private ImageLists byMachine = lists(Pages.of(List.of("team/app")));

    private final Session session = (Session) Proxy.newProxyInstance(
            Session.class.getClassLoader(),
            new Class<?>[] {Session.class},
            (proxy, method, arguments) -> switch (method.getName()) {
                case "registries" -> Pages.of(List.of(registry("closed"), registry("other")));
                case "resourceGroups" -> Pages.of(List.of());
                case "locations" -> List.of();
                case "machines" ->
                    Pages.of(List.of(
                            machine("stopped", PowerState.STOPPED, new Identities(Optional.of("p"), List.of())),
                            machine("without", PowerState.RUNNING, Identities.NONE),
                            machine("reader", PowerState.RUNNING, new Identities(Optional.of("p"), List.of()))));
                case "callerAddress", "practiceKeyPath" -> Optional.empty();
                case "images" -> {
                    Optional<?> by = (Optional<?>) arguments[2];
                    if (by.isPresent()) {
                        asked.incrementAndGet();
                    }
                    yield by.isPresent() ? byMachine : lists(refused());
                }
                case "equals" -> proxy == arguments[0];
                default -> throw new UnsupportedOperationException(method.getName());
            });

    @BeforeEach
    void thisComputerHasBeenRefused() {
        model.existingProperty().set(true);
        model.open(session, "s");
        until(unread::get);
        machines.load(session, "s");
        until(() -> machines.machines().state() instanceof State.Done);
    }

    @AfterEach
    void stop() {
        background.shutdownNow();
    }

    private void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Runnable next = later.poll();
            if (next != null) {
                next.run();
            } else if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("this never came true");
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private static Pages<String, Failure> refused() {
        return wantsMore -> {
            throw Failure.of("setup.imageNoWay", "", "closed", "closed.azurecr.io", "");
        };
    }

    private static ImageLists lists(Pages<String, Failure> repositories) {
        return new ImageLists() {
            @Override
            public Pages<String, Failure> repositories() {
                return repositories;
            }

            @Override
            public Pages<RegistryInfo.Tag, Failure> tags(String repository) {
                return Pages.of(List.of(new RegistryInfo.Tag("v2", DIGEST), new RegistryInfo.Tag("v1", DIGEST)));
            }
        };
    }

    @Test
    void aMachineThatRunsAndHasAnIdentityIsSuggested() {
        assertThat(reader.choiceProperty().get().name()).isEqualTo("reader");
        assertThat(reader.reader()).isEmpty();
        assertThat(asked).hasValue(0);
    }

    @Test
    void oneThatIsToBeSetUpIsSuggestedFirst() {
        machines.chosen().add(machine("mine", PowerState.RUNNING, new Identities(Optional.of("p"), List.of())));

        reader.suggest();

        assertThat(reader.choiceProperty().get().name()).isEqualTo("mine");
    }

    @Test
    void theImageIsChosenFromWhatTheMachineReads() {
        model.readByMachine();
        until(() -> !model.image().isEmpty());

        assertThat(model.image()).isEqualTo("team/app:v2");
        assertThat(unread.get()).isFalse();
        assertThat(reader.reader()).map(MachineInfo::name).contains("reader");
    }

    @Test
    void aMachineThatCannotReadEitherLeavesTyping() {
        byMachine = lists(refused());

        model.readByMachine();
        until(unread::get);
        model.typedProperty().set("team/app:v1");

        assertThat(model.image()).isEqualTo("team/app:v1");
    }

    @Test
    void whatIsStoppedBeforeAnythingCameLeavesTyping() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        byMachine = lists(wantsMore -> {
            begun.countDown();
            waiting(ended);
        });

        model.readByMachine();
        // One that is stopped before it has begun never begins, nor ends.
        until(() -> begun.getCount() == 0);
        assertThat(model.isReading()).isTrue();
        assertThat(unread.get()).isFalse();
        model.stopReading();

        assertThat(model.isReading()).isFalse();
        assertThat(unread.get()).isTrue();
        until(() -> ended.getCount() == 0);
    }

    @Test
    void whatCameBeforeTheStopCanBeChosen() {
        CountDownLatch ended = new CountDownLatch(1);
        byMachine = lists(wantsMore -> {
            assertThat(wantsMore.test(List.of("team/app", "team/web"))).isTrue();
            waiting(ended);
        });

        model.readByMachine();
        until(() -> !model.image().isEmpty());
        model.stopReading();

        assertThat(model.repositories().items()).containsExactly("team/app", "team/web");
        assertThat(unread.get()).isFalse();
        assertThat(model.image()).isEqualTo("team/app:v2");
    }

    private static void waiting(CountDownLatch ended) throws InterruptedException {
        try {
            new CountDownLatch(1).await();
        } finally {
            ended.countDown();
        }
    }

    @Test
    void theMachineReadsOnlyWhenItIsSaidSo() {
        byMachine = lists(refused());
        model.readByMachine();
        until(unread::get);

        model.imageChoiceProperty().set(ImageChoice.SAMPLE);
        model.imageChoiceProperty().set(ImageChoice.THERE);

        assertThat(asked).hasValue(1);
    }

    @Test
    void anotherRegistryIsReadByThisComputerFirst() {
        model.readByMachine();
        until(() -> !model.image().isEmpty());

        model.registryProperty().set(registry("other"));

        assertThat(reader.reader()).isEmpty();
        until(unread::get);
        assertThat(asked).hasValue(1);
    }

    @Test
    void thisComputerCanTryAgain() {
        model.readByMachine();
        until(() -> !model.image().isEmpty());

        model.readByThisComputer();

        assertThat(reader.reader()).isEmpty();
        until(unread::get);
        assertThat(model.image()).isEmpty();
    }

    private static RegistryInfo registry(String name) {
        return new RegistryInfo(
                "/r/" + name,
                name,
                "rg",
                "japaneast",
                name + ".azurecr.io",
                "Premium",
                PermissionMode.LEGACY,
                RegistryInfo.Network.OPEN,
                false,
                List.of());
    }

    private static MachineInfo machine(String name, PowerState power, Identities identities) {
        return new MachineInfo(
                "/m/" + name,
                name,
                "rg",
                "japaneast",
                "Standard_B2s",
                power,
                new MachineInfo.OsProfile(true, "", "azureuser"),
                Addresses.NONE,
                identities);
    }
}
