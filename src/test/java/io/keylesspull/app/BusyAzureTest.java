package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.fault.VirtualTime;
import io.keylesspull.practice.arm.OperationFailures;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.wire.HttpFault;
import io.keylesspull.practice.wire.RequestMatcher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Azure refuses a deletion for a while, or does not know yet what there is: undo and resume wait, and say why. */
@Timeout(120)
class BusyAzureTest {

    private static final String MACHINE = "/virtualMachines/myDockerVM$";
    private static final String CONTENTS = "/myResourceGroup/resources$";

    private final VirtualTime time = new VirtualTime();

    @AutoClose
    private final ProgramInPractice program = new ProgramInPractice(time);

    @BeforeEach
    void start() {
        program.faults().arm().rolesWithoutEffectFor(Duration.ZERO);
    }

    @Test
    void undoRightAfterAMachineFailedWaitsUntilItsInterfaceIsFree() {
        List<String> before = program.resources();
        Fault reserved = program.faults().arm().interfacesReservedFor(Duration.ofMinutes(3));
        machineFails();
        Instant failed = time.now();

        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isZero();

        assertThat(Duration.between(failed, time.now())).isBetween(Duration.ofSeconds(170), Duration.ofSeconds(210));
        assertThat(reserved.fired()).isPositive();
        assertThat(program.printed())
                .contains("Azure keeps the network interface for three minutes", "Taken back.")
                .doesNotContain("Change it and try again");
        assertThat(program.resources()).containsExactlyElementsOf(before);
    }

    @Test
    void undoRightAfterAMachineWasRefusedWaitsUntilItsInterfaceIsFree() {
        List<String> before = program.resources();
        program.faults().arm().interfacesReservedFor(Duration.ofMinutes(3));
        program.faults()
                .http()
                .before(
                        azure("PUT", MACHINE),
                        Occasions.first(1),
                        () -> program.faults().arm().limitCores(0));
        assertThat(program.setUp(setup("myACRId", "myDockerVM"))).isEqualTo(1);
        assertThat(program.resources()).noneMatch(id -> id.endsWith("/myDockerVM"));

        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isZero();

        assertThat(program.resources()).containsExactlyElementsOf(before);
    }

    /** What could not be made is cleared away before it is made again. */
    @Test
    void resumeWaitsWhereWhatFailedCannotBeDeletedYet() {
        machineFails();
        program.faults()
                .http()
                .add(
                        azure("DELETE", MACHINE),
                        Occasions.first(3),
                        HttpFault.refusal(
                                409,
                                "AnotherOperationInProgress",
                                "Another operation on this or a dependent resource is in progress."));
        Instant failed = time.now();

        assertThat(program.run("", "--resume", "last")).as(program.printed()).isZero();

        assertThat(program.printed()).contains("Azure is still busy with something that it depends on");
        assertThat(Duration.between(failed, time.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void whatTheRunMadeAndUndoDeletedIsNotReportedAsMadeByOthers() {
        List<String> before = program.resources();
        program.setUp(setup("myACRId", "myDockerVM"));
        time.pass(Duration.ofMinutes(25));
        program.faults().arm().listsLagBy(Duration.ofMinutes(20));
        Fault lock = program.faults().arm().lock(id("/userAssignedIdentities/myACRId"), "CanNotDelete");
        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isEqualTo(1);
        assertThat(program.printed()).doesNotContain("did not make");
        lock.remove();

        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isZero();

        assertThat(program.printed()).doesNotContain("did not make", "left alone");
        assertThat(program.resources()).containsExactlyElementsOf(before);
    }

    @Test
    void aGroupIsNotEmptyWhereItsListDoesNotShowSomebodyElsesNewResourceYet() {
        program.setUp(setup("myACRId", "myDockerVM"));
        String first = lastRun();
        time.pass(Duration.ofMinutes(25));
        assertThat(program.setUp(setup("other", "otherVM")))
                .as(program.printed())
                .isZero();
        program.faults().arm().listsLagBy(Duration.ofMinutes(18));

        assertThat(program.run("", "--undo", first, "--yes"))
                .as(program.printed())
                .isZero();

        assertThat(program.printed())
                .contains("resource group myResourceGroup — left alone: it holds what this run " + "did not make (");
        assertThat(program.resources())
                .anyMatch(id -> id.endsWith("/otherVM"))
                .noneMatch(id -> id.endsWith("/myDockerVM"));
    }

    /** Of a type that the program makes none of, so that only its provider knows. */
    @Test
    void aGroupIsNotEmptyWhereSomebodyElsesNewResourceIsOfATypeOfItsOwn() {
        program.setUp(setup("myACRId", "myDockerVM"));
        time.pass(Duration.ofMinutes(25));
        program.faults().arm().listsLagBy(Duration.ofMinutes(18));
        String theirs = id("/myResourceGroup") + "/providers/Microsoft.Compute/sshPublicKeys/theirKey";
        program.faults().arm().make(ResourceKind.SSH_KEY, theirs);

        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isZero();

        assertThat(program.printed()).contains("left alone: it holds what this run did not make (theirKey)");
        assertThat(program.resources()).contains(theirs).noneMatch(id -> id.endsWith("/myDockerVM"));
    }

    @Test
    void aGroupIsLeftAloneWhereItCannotBeSeenWhatElseItHolds() {
        program.setUp(setup("myACRId", "myDockerVM"));
        program.faults()
                .http()
                .add(
                        azure("GET", "/subscriptions/[^/]+/providers$"),
                        Occasions.always(),
                        HttpFault.refusal(403, "AuthorizationFailed", "The client does not have authorization."));

        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isZero();

        assertThat(program.printed()).contains("left alone: this account may not see everything that it may hold");
        assertThat(program.resources()).anyMatch(id -> id.endsWith("/myResourceGroup"));
    }

    @Test
    void aGroupInWhichSomethingOfAnotherTypeIsListedForTenMinutesIsLeftAlone() {
        program.setUp(setup("myACRId", "myDockerVM"));
        String group = id("/myResourceGroup");
        program.faults()
                .http()
                .add(
                        azure("GET", CONTENTS),
                        Occasions.from(2),
                        HttpFault.json(
                                200,
                                "{\"value\": [{\"id\": \"" + group
                                        + "/providers/Microsoft.Storage/storageAccounts/theirs\"}]}"));
        Instant begun = time.now();

        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isZero();

        assertThat(Duration.between(begun, time.now())).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
        assertThat(program.printed())
                .contains("Azure still lists theirs in it", "left alone: it holds what this run did not make (theirs)");
        assertThat(program.resources()).contains(group).noneMatch(id -> id.startsWith(group + "/"));
    }

    /** A journal that lost its last lines with the power, or a copy of a resource with all of its tags. */
    @Test
    void whatHasTheRunsMarkButIsNotInItsJournalStaysAndIsNotWaitedFor() throws Exception {
        program.setUp(setup("myACRId", "myDockerVM"));
        Path journal = program.stored().folder().resolve("journal.jsonl");
        List<String> lines = Files.readAllLines(journal);
        int address = IntStream.range(0, lines.size())
                .filter(line -> lines.get(line).contains("/publicIPAddresses/"))
                .findFirst()
                .orElseThrow();
        Files.write(journal, lines.subList(0, address));
        Instant begun = time.now();

        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isEqualTo(1);

        assertThat(program.printed())
                .contains(
                        "left alone: it holds what has the mark of this run but is not in its journal (",
                        "InUseSubnetCannotBeDeleted");
        assertThat(Duration.between(begun, time.now())).isLessThan(Duration.ofMinutes(1));
        assertThat(program.resources()).contains(id("/myResourceGroup")).anyMatch(id -> id.endsWith("/myDockerVM"));
    }

    /** As a machine's extensions, which Azure lists beside it. */
    @Test
    void whatIsAPartOfADeletedMachineIsNotWaitedFor() {
        List<String> before = program.resources();
        program.setUp(setup("myACRId", "myDockerVM"));
        program.faults()
                .http()
                .add(
                        azure("GET", CONTENTS),
                        Occasions.always(),
                        HttpFault.json(
                                200,
                                "{\"value\": [{\"id\": \"" + id("/virtualMachines/myDockerVM")
                                        + "/extensions/agent\"}]}"));
        Instant begun = time.now();

        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isZero();

        assertThat(Duration.between(begun, time.now())).isLessThan(Duration.ofSeconds(10));
        assertThat(program.resources()).containsExactlyElementsOf(before);
    }

    private void machineFails() {
        Fault failing = program.faults()
                .arm()
                .operation("PUT", MACHINE, Occasions.first(1), OperationFailures.failed("AllocationFailed"));
        assertThat(program.setUp(setup("myACRId", "myDockerVM")))
                .as(program.printed())
                .isEqualTo(1);
        failing.remove();
    }

    private static RequestMatcher azure(String method, String path) {
        return RequestMatcher.to("management.azure.com").method(method).path(path);
    }

    private static String setup(String identity, String machine) {
        return """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
                 "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
                 "image": "aci-helloworld:v1", "machines": [{"name": "%s"}],
                 "identity": {"kind": "user-assigned", "name": "%s"}}
                """.formatted(machine, identity);
    }

    private String lastRun() {
        program.run("", "--runs");
        return program.printed()
                .lines()
                .filter(line -> line.matches("\\d{8}-\\d{6}-.*"))
                .findFirst()
                .orElseThrow()
                .replaceFirst(" .*", "");
    }

    private String id(String end) {
        return program.resources().stream()
                .filter(id -> id.endsWith(end))
                .findFirst()
                .orElseThrow();
    }
}
