package io.keylesspull.real;

import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.ResourceListener;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.machine.state.AptLock;
import io.keylesspull.real.Bench.Part;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What may be so on a machine, or go wrong there. Each can be brought about on machines of both kinds. */
final class Cases {

    private static final Set<Part> ALL = Set.of(Part.DOCKER, Part.AZURE_CLI, Part.DOCKER_GROUP);
    private static final Set<Part> NO_DOCKER = Set.of(Part.AZURE_CLI);
    private static final String CLASSIC = "practiceclassic";
    private static final String ABAC = "practiceabac";
    private static final String IMAGE = "aci-helloworld:v1";
    private static final String IDENTITY = "/subscriptions/%s/resourceGroups/practiceMachines/providers"
            + "/Microsoft.ManagedIdentity/userAssignedIdentities/practiceIdentity";

    /** apt-get install has begun. */
    private static final Predicate<RunEvent> IN_APT = event -> event instanceof RunEvent.CommandOutput output
            && output.step().name().equals("docker")
            && output.chunk().contains("Building dependency tree");

    private Cases() {}

    /** Something done before the product comes, or while it is at work. */
    @FunctionalInterface
    interface Doing {
        void on(Bench bench, String machineId, RunEvent event) throws Exception;

        static Doing nothing() {
            return (bench, machineId, event) -> {};
        }
    }

    /**
     * @param parts what the machine has
     * @param pace of the cloud
     * @param before done once; its event is null
     * @param during called with every event of the run, on the thread that waits for it
     * @param suites on whose machines it can be brought about
     * @param decisive whether it depends so much on a program's version that it is never left out
     */
    record Case(
            String name,
            Set<Part> parts,
            Pace pace,
            String identity,
            String registry,
            String image,
            Doing before,
            Doing during,
            Set<Suite> suites,
            boolean decisive) {

        private static Case of(String name) {
            return new Case(
                    name,
                    ALL,
                    Pace.INSTANT,
                    Bench.USER_ASSIGNED,
                    CLASSIC,
                    IMAGE,
                    Doing.nothing(),
                    Doing.nothing(),
                    EnumSet.allOf(Suite.class),
                    false);
        }

        private Case on(Set<Part> parts) {
            return new Case(name, parts, pace, identity, registry, image, before, during, suites, decisive);
        }

        private Case at(Pace pace) {
            return new Case(name, parts, pace, identity, registry, image, before, during, suites, decisive);
        }

        private Case by(String identity) {
            return new Case(name, parts, pace, identity, registry, image, before, during, suites, decisive);
        }

        private Case pulling(String registry, String image) {
            return new Case(name, parts, pace, identity, registry, image, before, during, suites, decisive);
        }

        private Case before(Doing before) {
            return new Case(name, parts, pace, identity, registry, image, before, during, suites, decisive);
        }

        private Case during(Doing during) {
            return new Case(name, parts, pace, identity, registry, image, before, during, suites, decisive);
        }

        private Case onlyOn(Suite... some) {
            return new Case(name, parts, pace, identity, registry, image, before, during, Set.of(some), decisive);
        }

        private Case decided() {
            return new Case(name, parts, pace, identity, registry, image, before, during, suites, true);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Those that are to be tried on a suite's machines. */
    static Stream<Case> of(Suite suite) {
        return all().filter(one -> one.suites().contains(suite) && (suite.whole() || one.decisive()));
    }

    private static Stream<Case> all() {
        return Stream.of(
                // First what takes longest.
                Case.of("registry refuses")
                        .decided()
                        .during(once(established("IMAGE"), (bench, machine, event) -> bench.lockRegistry(CLASSIC))),
                Case.of("apt lock held for 20 s")
                        .on(NO_DOCKER)
                        .before((bench, machine, event) ->
                                bench.holdAptLock(machine, AptLock.File.FRONTEND, Duration.ofSeconds(20))),
                Case.of("apt's lists are locked for 20 s")
                        .decided()
                        .on(NO_DOCKER)
                        .before((bench, machine, event) ->
                                bench.holdAptLock(machine, AptLock.File.LISTS, Duration.ofSeconds(20))),
                Case.of("all there"),
                Case.of("system-assigned identity").by(Bench.SYSTEM_ASSIGNED),
                Case.of("everything by sudo")
                        .on(Set.of(Part.DOCKER, Part.AZURE_CLI))
                        .by(Bench.BY_SUDO),
                Case.of("without the Azure CLI")
                        .decided()
                        .on(Set.of(Part.DOCKER, Part.DOCKER_GROUP))
                        .by(Bench.WITHOUT_AZURE_CLI),
                Case.of("registry with repository permissions").pulling(ABAC, IMAGE),
                Case.of("role not yet in effect").decided().at(Pace.FAST).during(Cases::letTheRoleTakeEffectLate),
                Case.of("role not yet in effect, without the Azure CLI")
                        .decided()
                        .on(Set.of(Part.DOCKER, Part.DOCKER_GROUP))
                        .by(Bench.WITHOUT_AZURE_CLI)
                        .at(Pace.FAST)
                        .during(Cases::letTheRoleTakeEffectLate),
                Case.of("role not yet in effect, images in containerd")
                        .decided()
                        .onlyOn(Suite.TRIXIE, Suite.SID)
                        .on(Set.of(Part.DOCKER, Part.DOCKER_GROUP))
                        .by(Bench.WITHOUT_AZURE_CLI)
                        .at(Pace.FAST)
                        .before((bench, machine, event) -> bench.keepImagesInContainerd(machine))
                        .during(Cases::letTheRoleTakeEffectLate),
                Case.of("image deleted before the pull, images in containerd")
                        .decided()
                        .onlyOn(Suite.TRIXIE, Suite.SID)
                        .before((bench, machine, event) -> bench.keepImagesInContainerd(machine))
                        .during(once(
                                established("IMAGE"),
                                (bench, machine, event) -> bench.azure()
                                        .images()
                                        .delete("practiceclassic.azurecr.io", "aci-helloworld", "v1"))),
                Case.of("image deleted before the pull")
                        .decided()
                        .during(once(
                                established("IMAGE"),
                                (bench, machine, event) -> bench.azure()
                                        .images()
                                        .delete("practiceclassic.azurecr.io", "aci-helloworld", "v1"))),
                Case.of("identity not attached")
                        .decided()
                        .during(once(
                                established("HOST_KEYS"),
                                (bench, machine, event) -> bench.detachIdentity(
                                        machine,
                                        IDENTITY.formatted(bench.azure().id())))),
                Case.of("two user-assigned identities").before(Cases::attachAnotherIdentity),
                Case.of("no Docker").on(NO_DOCKER),
                Case.of("Docker stopped")
                        .before((bench, machine, event) -> bench.onMachine(
                                machine, "systemctl stop docker.socket", "systemctl stop docker.service")),
                Case.of("user not in the docker group").on(Set.of(Part.DOCKER, Part.AZURE_CLI)),
                Case.of("no space left").on(NO_DOCKER).before((bench, machine, event) -> bench.fillDisk(machine)),
                Case.of("image missing").pulling(ABAC, "team/api:9.9"),
                Case.of("wrong host key")
                        .during(once(
                                established("HOST_KEYS"), (bench, machine, event) -> bench.replaceHostKeys(machine))),
                Case.of("sshd restarted in the middle of apt")
                        .on(NO_DOCKER)
                        .during(once(
                                IN_APT, (bench, machine, event) -> bench.onMachine(machine, "systemctl restart ssh"))),
                Case.of("power cut in the middle of apt")
                        .decided()
                        .on(NO_DOCKER)
                        .during(once(IN_APT, (bench, machine, event) -> bench.cutPower(machine))),
                Case.of("Azure CLI too old").before((bench, machine, event) -> bench.haveAzureCli(machine, "2.0.50")),
                // A stand-in, where later suites have such a version.
                Case.of("Azure CLI without --username")
                        .onlyOn(Suite.BOOKWORM)
                        .before((bench, machine, event) -> bench.haveAzureCli(machine, "2.73.0")));
    }

    /**
     * Azure's clock stands still until the registry has refused. It does from the moment when nothing is being made in
     * Azure any more, which would never be done; the role takes longer than that.
     */
    private static void letTheRoleTakeEffectLate(Bench bench, String machine, RunEvent event) {
        if (established("HOST_KEYS").test(event)) {
            bench.clock().stop();
        } else if (event instanceof RunEvent.StepWaiting waiting
                && Set.of("registry-login", "pull").contains(waiting.step().name())
                && waiting.attempt() == 1) {
            bench.clock().goOn(Duration.ofMinutes(2));
        }
    }

    private static void attachAnotherIdentity(Bench bench, String machineId, RunEvent none) throws Exception {
        String other = bench.azure()
                .identities()
                .create(Bench.GROUP, "otherIdentity", "japaneast", ResourceListener.none())
                .id();
        MachineInfo machine = bench.azure()
                .machines()
                .find(Bench.GROUP, machineId.substring(machineId.lastIndexOf('/') + 1))
                .orElseThrow();
        bench.azure().machines().addUserIdentity(machine, other);
    }

    /** The moment a fact is known, before any step that needs it. */
    private static Predicate<RunEvent> established(String fact) {
        return event ->
                event instanceof RunEvent.FactEstablished known && known.fact().equals(fact);
    }

    /** Done at the first event of this kind. */
    private static Doing once(Predicate<RunEvent> when, Doing then) {
        Set<Bench> done = ConcurrentHashMap.newKeySet();
        return (bench, machine, event) -> {
            if (when.test(event) && done.add(bench)) {
                then.on(bench, machine, event);
            }
        };
    }
}
