package io.keylesspull.bench;

import io.keylesspull.azure.model.ImageReference;
import io.keylesspull.azure.model.MachineIdentity;
import io.keylesspull.azure.model.NetworkInfo;
import io.keylesspull.azure.model.NewMachine;
import io.keylesspull.azure.model.ResourceListener;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many machines with nothing on them yet, in the practice cloud. */
final class Fleet {

    static final String GROUP = "fleet";
    private static final ImageReference UBUNTU =
            new ImageReference("Canonical", "0001-com-ubuntu-server-jammy", "22_04-lts-gen2", "latest");
    /** With one core each, so many fit into a region by the quota of a new subscription. */
    private static final int PER_REGION = 16;

    private static final int AT_ONCE = 64;
    /** So many times the wait that Azure asks for goes by before an operation is asked after. */
    private static final int PATIENCE = 30;
    /** Until then a new machine is still at its first boot's upgrades. */
    private static final Duration SETTLED = Duration.ofMinutes(5);

    private final PracticeWorld world;
    private final AzureSubscription azure;
    private final String publicKeyLine;

    Fleet(PracticeWorld world) throws Exception {
        this.world = world;
        this.azure = world.account(patiently(world.time())).subscription(world.subscriptionId());
        this.publicKeyLine = world.publicKeyLine();
    }

    private static Time patiently(Time time) {
        return new Time() {
            @Override
            public Instant now() {
                return time.now();
            }

            @Override
            public void sleep(Duration duration) throws InterruptedException {
                time.sleep(duration.multipliedBy(PATIENCE));
            }
        };
    }

    /** @return the names of so many machines that run and have come to rest */
    List<String> launch(int count) throws Exception {
        azure.resourceGroups().create(GROUP, "japaneast", ResourceListener.none());
        List<String> regions = azure.regions().locations().stream()
                .map(location -> location.name())
                .toList();
        List<String> names = new ArrayList<>();
        List<Callable<Object>> launches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "vm%03d".formatted(i);
            String region = regions.get(i / PER_REGION);
            names.add(name);
            launches.add(() -> launch(name, region));
        }
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            for (Future<Object> launched : threads.invokeAll(launches)) {
                launched.get();
            }
        } finally {
            threads.shutdownNow();
        }
        world.time().pass(SETTLED);
        return names;
    }

    private Object launch(String name, String region) throws Exception {
        NetworkInfo network =
                azure.networks().ensure(GROUP, region, name, Optional.of("203.0.113.24/32"), ResourceListener.none());
        return azure.machines()
                .create(
                        new NewMachine(
                                GROUP,
                                name,
                                region,
                                "Standard_B1s",
                                NewMachine.Image.withoutPlan(UBUNTU),
                                new NewMachine.Administrator("azureuser", publicKeyLine),
                                network,
                                MachineIdentity.none()),
                        ResourceListener.none());
    }
}
