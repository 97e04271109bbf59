package io.keylesspull.real;

import io.keylesspull.azure.ResourceListener;
import io.keylesspull.engine.RunEvent;
import io.keylesspull.real.Bench.Part;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;

/** What may be so on a machine, or go wrong there. Each can be brought about on machines of both kinds. */
final class Cases {

    private static final Set<Part> ALL = Set.of(Part.DOCKER, Part.AZURE_CLI, Part.DOCKER_GROUP);
    private static final String CLASSIC = "practiceclassic";
    private static final String IMAGE = "aci-helloworld:v1";
    private static final String IDENTITY = "/subscriptions/%s/resourceGroups/practiceMachines/providers"
            + "/Microsoft.ManagedIdentity/userAssignedIdentities/practiceIdentity";

    private Cases() {
    }

    /** Something done before the product comes, or while it is at work. */
    @FunctionalInterface
    interface Doing {
        void on(Bench bench, String machineId, RunEvent event) throws Exception;

        static Doing nothing() {
            return (bench, machineId, event) -> { };
        }
    }

    /**
     * @param parts  what the machine has
     * @param before done once; its event is null
     * @param during told of every event of the run, on the thread that waits for it
     */
    record Case(String name, Set<Part> parts, String identity, String registry, String image, Doing before,
                Doing during) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> all() {
        return Stream.of(
                of("all there", ALL),
                new Case("system-assigned identity", ALL, Bench.SYSTEM_ASSIGNED, CLASSIC, IMAGE, Doing.nothing(),
                        Doing.nothing()),
                new Case("ABAC registry", ALL, Bench.USER_ASSIGNED, "practiceabac", IMAGE, Doing.nothing(),
                        Doing.nothing()),
                of("user not in the docker group", Set.of(Part.DOCKER, Part.AZURE_CLI)),
                of("no Docker", Set.of(Part.AZURE_CLI)),
                before("Docker stopped", (bench, machine, event) ->
                        bench.onMachine(machine, "systemctl stop docker.socket docker.service")),
                before("two user-assigned identities", (bench, machine, event) -> {
                    String other = bench.azure().identities().create(Bench.GROUP, "otherIdentity", "japaneast",
                            ResourceListener.none()).id();
                    bench.azure().machines().addUserIdentity(bench.azure().machines()
                            .find(Bench.GROUP, machine.substring(machine.lastIndexOf('/') + 1)).orElseThrow(), other);
                }),
                during("identity not attached", established("HOST_KEYS", (bench, machine, event) ->
                        bench.detachIdentity(machine, IDENTITY.formatted(bench.azure().id())))),
                new Case("apt lock held for 20 s", Set.of(Part.AZURE_CLI), Bench.USER_ASSIGNED, CLASSIC, IMAGE,
                        (bench, machine, event) -> bench.holdAptLock(machine, Duration.ofSeconds(20)),
                        Doing.nothing()),
                new Case("no space left", Set.of(Part.AZURE_CLI), Bench.USER_ASSIGNED, CLASSIC, IMAGE,
                        (bench, machine, event) -> bench.fillDisk(machine), Doing.nothing()),
                new Case("image missing", ALL, Bench.USER_ASSIGNED, "practiceabac", "team/api:9.9", Doing.nothing(),
                        Doing.nothing()),
                new Case("registry refuses", ALL, Bench.USER_ASSIGNED, "practicelocked", "secret/ledger:7.0",
                        Doing.nothing(), Doing.nothing()),
                during("wrong host key", established("HOST_KEYS", (bench, machine, event) ->
                        bench.replaceHostKeys(machine))),
                before("Azure CLI without --username", (bench, machine, event) ->
                        bench.haveAzureCli(machine, "2.73.0")));
    }

    private static Case of(String name, Set<Part> parts) {
        return new Case(name, parts, Bench.USER_ASSIGNED, CLASSIC, IMAGE, Doing.nothing(), Doing.nothing());
    }

    private static Case before(String name, Doing before) {
        return new Case(name, ALL, Bench.USER_ASSIGNED, CLASSIC, IMAGE, before, Doing.nothing());
    }

    private static Case during(String name, Doing during) {
        return new Case(name, ALL, Bench.USER_ASSIGNED, CLASSIC, IMAGE, Doing.nothing(), during);
    }

    /** Done the moment a fact is known, before any step that needs it. */
    private static Doing established(String fact, Doing then) {
        return (bench, machine, event) -> {
            if (event instanceof RunEvent.FactEstablished known && known.fact().name().equals(fact)) {
                then.on(bench, machine, event);
            }
        };
    }
}
