package io.keylesspull.practice.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.MachineCloud.Answer;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Occasions;
import java.time.Duration;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArmFaultsTest {

    private static final String VM = MachineCloud.MACHINES + "/vm";
    private static final String NSG = MachineCloud.NETWORK + "/networkSecurityGroups/guard";
    private static final String REGISTRIES = MachineCloud.GROUP + "/providers/Microsoft.ContainerRegistry/registries";
    private static final String REGISTRY = REGISTRIES + "/unlucky";
    private static final String IDENTITY = MachineCloud.IDENTITIES + "/one";
    private static final String ASSIGNMENT =
            REGISTRY + "/providers/Microsoft.Authorization/roleAssignments/" + "11111111-2222-4333-8444-555555555555";
    private static final String PULL = "Microsoft.ContainerRegistry/registries/pull/read";

    private final MachineCloud cloud = new MachineCloud(Pace.REALISTIC);

    @Test
    void aMachineThatCannotBeAllocatedIsThereAndHasFailed() {
        Fault fault = cloud.faults.operation(
                "PUT", "/virtualMachines/vm$", Occasions.first(1), OperationFailures.failed("AllocationFailed"));
        Answer made = cloud.create("vm", MachineCloud.wanted("nic"));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.body().at("/properties/provisioningState").asText()).isEqualTo("Creating");

        cloud.time.sleep(Duration.ofMinutes(1));
        JsonNode status = cloud.sendTo("GET", made.headers().get("Azure-AsyncOperation"), Json.object())
                .body();
        assertThat(status.path("status").asText()).isEqualTo("Failed");
        assertThat(status.at("/error/code").asText()).isEqualTo("AllocationFailed");
        assertThat(status.at("/error/message").asText()).startsWith("Allocation failed.");
        assertThat(state(VM)).isEqualTo("Failed");
        assertThat(cloud.hypervisor.calls).containsExactly("add host");
        assertThat(cloud.get(VM + "/instanceView").toString()).contains("PowerState/deallocated");
        assertThat(cloud.state.resourceIds()).anyMatch(id -> id.contains("/disks/"));
        assertThat(fault.fired()).isEqualTo(1);
    }

    @Test
    void aMachineThatHasFailedIsMadeWhenAskedForAgain() {
        cloud.faults.operation(
                "PUT", "/virtualMachines/", Occasions.first(1), OperationFailures.failed("AllocationFailed"));
        cloud.create("vm", MachineCloud.wanted("nic"));
        cloud.time.sleep(Duration.ofMinutes(1));
        assertThat(cloud.create("vm", MachineCloud.wanted("nic")).status()).isEqualTo(200);
        cloud.time.sleep(Duration.ofMinutes(1));
        assertThat(state(VM)).isEqualTo("Succeeded");
        assertThat(cloud.hypervisor.calls).containsExactly("add host", "start vm");
    }

    @Test
    void aMachineThatHasFailedCanBeDeleted() {
        cloud.faults.operation(
                "PUT", "/virtualMachines/", Occasions.first(1), OperationFailures.failed("AllocationFailed"));
        cloud.create("vm", MachineCloud.wanted("nic"));
        cloud.time.sleep(Duration.ofMinutes(1));
        cloud.ok("DELETE", VM, Json.object());
        cloud.time.sleep(Duration.ofMinutes(1));
        assertThat(cloud.state.resource(VM)).isEmpty();
        assertThat(cloud.hypervisor.calls).endsWith("remove vm");
    }

    @Test
    void aFailureIsReportedByPollingEvenAtInstantPace() {
        MachineCloud instant = new MachineCloud(Pace.INSTANT);
        instant.faults.operation(
                "PUT", "/virtualMachines/", Occasions.always(), OperationFailures.failed("SkuNotAvailable"));
        Answer made = instant.create("vm", MachineCloud.wanted("nic"));
        assertThat(made.status()).isEqualTo(201);
        assertThat(instant.sendTo("GET", made.headers().get("Azure-AsyncOperation"), Json.object())
                        .body()
                        .at("/error/code")
                        .asText())
                .isEqualTo("SkuNotAvailable");
    }

    @Test
    void anOperationCanBeCanceledByAnother() {
        cloud.faults.operation("PUT", "/networkSecurityGroups/", Occasions.first(1), OperationFailures.canceled());
        Answer made = cloud.send("PUT", NSG, MachineCloud.located());
        cloud.time.sleep(Duration.ofSeconds(5));
        JsonNode status = cloud.sendTo("GET", made.headers().get("Azure-AsyncOperation"), Json.object())
                .body();
        assertThat(status.path("status").asText()).isEqualTo("Canceled");
        assertThat(status.at("/error/code").asText()).isEqualTo("OperationPreempted");
        assertThat(state(NSG)).isEqualTo("Failed");

        cloud.ok("PUT", NSG, MachineCloud.located());
        cloud.time.sleep(Duration.ofSeconds(5));
        assertThat(state(NSG)).isEqualTo("Succeeded");
    }

    @Test
    void aRegistryThatHasFailedIsMadeWhenAskedForAgain() {
        cloud.faults.operation(
                "PUT", "/registries/", Occasions.first(1), OperationFailures.failed("InternalServerError"));
        cloud.ok("PUT", REGISTRY, registry());
        cloud.time.sleep(Duration.ofMinutes(1));
        assertThat(state(REGISTRY)).isEqualTo("Failed");
        assertThat(cloud.images.serves("unlucky.azurecr.io")).isFalse();
        cloud.ok("PUT", REGISTRY, registry());
        cloud.time.sleep(Duration.ofMinutes(1));
        assertThat(state(REGISTRY)).isEqualTo("Succeeded");
        assertThat(cloud.images.serves("unlucky.azurecr.io")).isTrue();
    }

    @Test
    void aDeletionThatFailsLeavesWhatWasToGo() {
        cloud.ok("PUT", NSG, MachineCloud.located());
        cloud.faults.operation(
                "DELETE",
                "/networkSecurityGroups/",
                Occasions.first(1),
                OperationFailures.failed("InternalServerError", "It did not work."));
        Answer deleted = cloud.send("DELETE", NSG, Json.object());
        cloud.time.sleep(Duration.ofSeconds(5));
        Answer result = cloud.sendTo("GET", deleted.headers().get("Location"), Json.object());
        assertThat(result.status()).isEqualTo(409);
        assertThat(result.message()).isEqualTo("It did not work.");
        assertThat(state(NSG)).isEqualTo("Failed");
        cloud.ok("DELETE", NSG, Json.object());
        cloud.time.sleep(Duration.ofSeconds(5));
        assertThat(cloud.state.resource(NSG)).isEmpty();
    }

    @Test
    void anActionThatFailsLeavesTheMachineAsItIs() {
        cloud.faults.operation(
                "POST", "/virtualMachines/vm/deallocate", Occasions.always(), OperationFailures.failed("Failed"));
        cloud.create("vm", MachineCloud.wanted("nic"));
        cloud.time.sleep(Duration.ofMinutes(1));
        assertThat(cloud.send("POST", VM + "/deallocate", Json.object()).status())
                .isEqualTo(202);
        cloud.time.sleep(Duration.ofMinutes(1));
        assertThat(state(VM)).isEqualTo("Succeeded");
        assertThat(state(MachineCloud.GROUP)).isEqualTo("Succeeded");
    }

    @Test
    void whatMustNotBeDeletedStaysAndMayBeChanged() {
        Fault lock = cloud.faults.lock(MachineCloud.GROUP, "CanNotDelete");
        Answer refused = cloud.send("DELETE", MachineCloud.NETWORK + "/networkInterfaces/nic", Json.object());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("ScopeLocked");
        assertThat(refused.message())
                .contains("cannot perform delete operation")
                .contains("'" + MachineCloud.GROUP + "'");
        assertThat(cloud.send("DELETE", MachineCloud.GROUP, Json.object()).code())
                .isEqualTo("ScopeLocked");
        cloud.ok("PUT", NSG, MachineCloud.located());
        assertThat(lock.fired()).isEqualTo(2);

        lock.remove();
        cloud.ok("DELETE", MachineCloud.NETWORK + "/networkInterfaces/nic", Json.object());
    }

    @Test
    void aLockOnWhatIsInAGroupKeepsTheGroup() {
        cloud.faults.lock(MachineCloud.NETWORK + "/virtualNetworks/net", "CanNotDelete");
        assertThat(cloud.send("DELETE", MachineCloud.GROUP, Json.object()).code())
                .isEqualTo("ScopeLocked");
        cloud.ok("DELETE", MachineCloud.NETWORK + "/networkInterfaces/nic", Json.object());
    }

    @Test
    void whatMustOnlyBeReadIsNotChanged() {
        cloud.create("vm", MachineCloud.wanted("nic"));
        cloud.time.sleep(Duration.ofMinutes(1));
        cloud.faults.lock(MachineCloud.GROUP, "ReadOnly");
        assertThat(cloud.send("PUT", NSG, MachineCloud.located()).message()).contains("cannot perform write operation");
        assertThat(cloud.send("PATCH", VM, Json.object()).code()).isEqualTo("ScopeLocked");
        assertThat(cloud.send("POST", VM + "/deallocate", Json.object()).code()).isEqualTo("ScopeLocked");
        assertThat(cloud.machine("vm").path("name").asText()).isEqualTo("vm");
    }

    @Test
    void locksAreListedSetAndTakenAwayByThoseWhoMay() {
        String locks = MachineCloud.GROUP + "/providers/Microsoft.Authorization/locks";
        cloud.faults.lock(MachineCloud.GROUP, "ReadOnly");
        String given = cloud.get(locks).at("/value/0/name").asText();
        ObjectNode body = Json.object();
        body.putObject("properties").put("level", "CanNotDelete").put("notes", "Keep it.");
        assertThat(cloud.send("PUT", locks + "/mine", body).status()).isEqualTo(201);
        assertThat(cloud.get(locks + "/mine").at("/properties/notes").asText()).isEqualTo("Keep it.");
        body.withObject("/properties").put("level", "Nonsense");
        assertThat(cloud.send("PUT", locks + "/mine", body).status()).isEqualTo(400);
        assertThat(cloud.send("DELETE", locks + "/mine", Json.object()).status())
                .isEqualTo(200);
        assertThat(cloud.send("DELETE", locks + "/mine", Json.object()).status())
                .isEqualTo(204);
        cloud.ok("DELETE", locks + "/" + given, Json.object());
        cloud.ok("PUT", NSG, MachineCloud.located());
    }

    @Test
    void aPolicyForbidsATypeOfResourceAtAScope() {
        Fault policy = cloud.faults.policy(MachineCloud.SUBSCRIPTION, "microsoft.compute/virtualmachines", "no-vms");
        Answer refused = cloud.create("vm", MachineCloud.wanted("nic"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("RequestDisallowedByPolicy");
        assertThat(refused.message())
                .startsWith("Resource 'vm' was disallowed by policy. Policy identifiers: '[{"
                        + "\"policyAssignment\":{\"name\":\"no-vms\"");
        assertThat(refused.body()
                        .at("/error/additionalInfo/0/info/policyAssignmentName")
                        .asText())
                .isEqualTo("no-vms");
        cloud.ok("PUT", NSG, MachineCloud.located());
        assertThat(policy.fired()).isEqualTo(1);
        policy.remove();
        assertThat(cloud.create("vm", MachineCloud.wanted("nic")).status()).isEqualTo(201);
    }

    @Test
    void aPolicyMayForbidGroups() {
        cloud.faults.policy(MachineCloud.SUBSCRIPTION, "Microsoft.Resources/subscriptions/resourceGroups", "no-groups");
        assertThat(cloud.send("PUT", MachineCloud.GROUP + "2", MachineCloud.located())
                        .code())
                .isEqualTo("RequestDisallowedByPolicy");
    }

    @Test
    void theAdministratorLosesTheRoleInTheMiddle() {
        Fault demoted = cloud.faults.demote(Optional.of("Reader"));
        Answer refused = cloud.send("PUT", NSG, MachineCloud.located());
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("AuthorizationFailed");
        assertThat(cloud.get(MachineCloud.GROUP).path("name").asText()).isEqualTo("group");
        assertThat(demoted.fired()).isEqualTo(1);
        demoted.remove();
        demoted.remove();
        cloud.ok("PUT", NSG, MachineCloud.located());

        Fault gone = cloud.faults.demote(Optional.empty());
        assertThat(cloud.send("GET", MachineCloud.GROUP, Json.object()).status())
                .isEqualTo(403);
        gone.remove();
        cloud.get(MachineCloud.GROUP);
        assertThat(cloud.get(MachineCloud.SUBSCRIPTION + "/providers/Microsoft.Authorization/roleAssignments")
                        .path("value"))
                .hasSize(1);
    }

    @Test
    void thereAreNoMoreCoresThanGranted() {
        Fault limit = cloud.faults.limitCores(1);
        Answer refused = cloud.create("vm", MachineCloud.wanted("nic"));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("OperationNotAllowed");
        assertThat(refused.message()).contains("Current Limit: 1").contains("Additional Required: 2");
        assertThat(Json.items(cloud.get(MachineCloud.COMPUTE + "/locations/japaneast/usages")
                                .path("value"))
                        .filter(usage -> usage.at("/name/value").asText().equals("cores"))
                        .findFirst()
                        .orElseThrow()
                        .path("limit")
                        .asInt())
                .isEqualTo(1);
        assertThat(limit.fired()).isEqualTo(1);
        limit.remove();
        assertThat(cloud.create("vm", MachineCloud.wanted("nic")).status()).isEqualTo(201);
    }

    @Test
    void aNameIsTakenBySomebodyElse() {
        Fault taken = cloud.faults.takeRegistryName("Unlucky");
        assertThat(cloud.send("PUT", REGISTRY, registry()).code()).isEqualTo("AlreadyInUse");
        ObjectNode asked = Json.object().put("name", "unlucky").put("type", ResourceKind.REGISTRY.type());
        assertThat(cloud.ok(
                                "POST",
                                MachineCloud.SUBSCRIPTION
                                        + "/providers/Microsoft.ContainerRegistry/checkNameAvailability",
                                asked)
                        .path("nameAvailable")
                        .asBoolean())
                .isFalse();
        assertThat(taken.fired()).isEqualTo(2);
        taken.remove();
        cloud.ok("PUT", REGISTRY, registry());
    }

    @Test
    void aNewPrincipalIsUnknownForTheGivenTime() {
        Fault unknown = cloud.faults.principalsUnknownFor(Duration.ofMinutes(2));
        JsonNode identity = furnish();
        cloud.time.sleep(Duration.ofSeconds(119));
        assertThat(cloud.send("PUT", ASSIGNMENT, assignment(identity)).code()).isEqualTo("PrincipalNotFound");
        cloud.time.sleep(Duration.ofSeconds(1));
        cloud.ok("PUT", ASSIGNMENT, assignment(identity));
        assertThat(unknown.fired()).isEqualTo(1);
    }

    @Test
    void aRoleHasNoEffectForTheGivenTimeAtAnyPace() {
        MachineCloud instant = new MachineCloud(Pace.INSTANT);
        Fault late = instant.faults.rolesWithoutEffectFor(Duration.ofMinutes(9));
        JsonNode identity = instant.ok("PUT", IDENTITY, MachineCloud.located());
        instant.ok("PUT", REGISTRY, registry());
        instant.ok("PUT", ASSIGNMENT, assignment(identity));
        String principal = identity.at("/properties/principalId").asText();
        instant.time.sleep(Duration.ofSeconds(539));
        assertThat(instant.state.permissions().allows(principal, PULL, REGISTRY))
                .isFalse();
        instant.time.sleep(Duration.ofSeconds(1));
        assertThat(instant.state.permissions().allows(principal, PULL, REGISTRY))
                .isTrue();
        assertThat(late.fired()).isEqualTo(1);
    }

    @Test
    void somebodyElseDeletesWhatIsThere() {
        JsonNode identity = furnish();
        cloud.time.sleep(Duration.ofMinutes(1));
        cloud.ok("PUT", ASSIGNMENT, assignment(identity));
        cloud.create("vm", MachineCloud.wanted("nic"));

        cloud.faults.delete(ASSIGNMENT);
        assertThat(cloud.send("GET", ASSIGNMENT, Json.object()).status()).isEqualTo(404);
        cloud.faults.delete(VM.toUpperCase(Locale.ROOT));
        assertThat(cloud.state.resource(VM)).isEmpty();
        assertThat(cloud.hypervisor.calls).endsWith("remove vm");
        cloud.faults.delete(MachineCloud.GROUP);
        assertThat(cloud.state.resourceIds()).isEmpty();
        assertThatThrownBy(() -> cloud.faults.delete(VM)).isInstanceOf(NoSuchElementException.class);
        cloud.time.sleep(Duration.ofMinutes(2));
        assertThat(cloud.state.resourceIds()).isEmpty();
    }

    private JsonNode furnish() {
        JsonNode identity = cloud.ok("PUT", IDENTITY, MachineCloud.located());
        cloud.ok("PUT", REGISTRY, registry());
        return identity;
    }

    private String state(String id) {
        return cloud.get(id).at("/properties/provisioningState").asText();
    }

    private static ObjectNode registry() {
        ObjectNode body = MachineCloud.located();
        body.putObject("sku").put("name", "Basic");
        return body;
    }

    private static ObjectNode assignment(JsonNode identity) {
        ObjectNode body = Json.object();
        body.putObject("properties")
                .put("principalId", Json.known(identity, "/properties/principalId"))
                .put("principalType", "ServicePrincipal")
                .put(
                        "roleDefinitionId",
                        MachineCloud.SUBSCRIPTION
                                + "/providers/Microsoft.Authorization/roleDefinitions/"
                                + "7f951dda-4ed3-4680-a7ca-43fe172d538d");
        return body;
    }
}
