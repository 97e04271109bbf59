package io.keylesspull.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.management.exception.ManagementException;
import com.azure.resourcemanager.network.models.NetworkSecurityGroup;
import io.keylesspull.practice.arm.OperationFailures;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.machine.Hypervisor.CommandOutput;
import io.keylesspull.practice.machine.ssh.SshFault;
import io.keylesspull.practice.wire.HttpFault;
import io.keylesspull.practice.wire.RequestMatcher;
import io.keylesspull.time.Time;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The faults as they are reached from a running practice cloud, as the SDK sees them. Their details have own tests. */
class FaultsTest {

    private static final String ARM = "management.azure.com";

    private final Faults faults = new Faults();
    private final PracticeCloudFixture practice =
            new PracticeCloudFixture(faults.start(Pace.INSTANT, Time.system(), new Random(7)));

    @AfterEach
    void close() {
        practice.close();
    }

    @Test
    void aThrottledClientGetsRetryAfterUntilTheFaultIsOver() {
        Fault throttled = faults.http()
                .add(
                        RequestMatcher.to(ARM).path("/resourcegroups$"),
                        Occasions.first(1),
                        HttpFault.status(429, Duration.ofSeconds(20)));
        ManagementException refused = catchThrowableOfType(
                ManagementException.class,
                () -> practice.azure.resourceGroups().list().stream().count());
        assertThat(refused.getValue().getCode()).isEqualTo("SubscriptionRequestsThrottled");
        assertThat(refused.getResponse().getHeaders().getValue(HttpHeaderName.RETRY_AFTER))
                .isEqualTo("20");
        assertThat(practice.azure.resourceGroups().list()).isNotEmpty();
        assertThat(throttled.fired()).isEqualTo(1);
    }

    @Test
    void anOperationThatFailsIsReportedByTheSdkWithItsCode() {
        faults.arm()
                .operation("PUT", "/networkSecurityGroups/", Occasions.always(), OperationFailures.failed("Unlucky"));
        ManagementException failed = catchThrowableOfType(
                ManagementException.class,
                () -> practice.azure
                        .networkSecurityGroups()
                        .define("guard")
                        .withRegion("japaneast")
                        .withExistingResourceGroup(Seed.MACHINES)
                        .create());
        assertThat(failed.getValue().getCode()).isEqualTo("Unlucky");
        assertThat(practice.cloud.resourceIds()).anyMatch(id -> id.endsWith("/guard"));
    }

    @Test
    void aTokenThatExpiresMidwayIsReportedWithItsCode() {
        assertThat(practice.azure.resourceGroups().list()).isNotEmpty();
        Fault expired = faults.tokens().expireAccessTokens();
        ManagementException refused = catchThrowableOfType(
                ManagementException.class,
                () -> practice.azure.resourceGroups().list().stream().count());
        assertThat(refused.getResponse().getStatusCode()).isEqualTo(401);
        assertThat(refused.getValue().getCode()).isEqualTo("ExpiredAuthenticationToken");
        assertThat(expired.fired()).isPositive();
        expired.remove();
        assertThat(practice.azure.resourceGroups().list()).isNotEmpty();
    }

    @Test
    void somebodyElseTakesWhatWasJustFoundFree() {
        var registries = practice.azure.containerRegistries();
        faults.http()
                .before(
                        RequestMatcher.to(ARM).method("PUT").path("/registries/"),
                        Occasions.first(1),
                        () -> faults.arm().takeRegistryName("justfree"));
        assertThat(registries.checkNameAvailability("justfree").isAvailable()).isTrue();
        ManagementException refused = catchThrowableOfType(
                ManagementException.class,
                () -> registries
                        .define("justfree")
                        .withRegion("japaneast")
                        .withExistingResourceGroup(Seed.REGISTRIES)
                        .withBasicSku()
                        .create());
        assertThat(refused.getValue().getCode()).isEqualTo("AlreadyInUse");
    }

    @Test
    void locksAndRolesAreThoseTheSdkMeets() {
        Fault lock = faults.arm().lock(practice.subscription() + "/resourceGroups/" + Seed.MACHINES, "CanNotDelete");
        assertThat(catchThrowableOfType(
                                ManagementException.class,
                                () -> practice.azure.identities().deleteById(identityId()))
                        .getValue()
                        .getCode())
                .isEqualTo("ScopeLocked");
        lock.remove();
        Fault demoted = faults.arm().demote(Optional.of("Reader"));
        assertThat(catchThrowableOfType(
                                ManagementException.class,
                                () -> practice.azure.identities().deleteById(identityId()))
                        .getValue()
                        .getCode())
                .isEqualTo("AuthorizationFailed");
        assertThat(List.of(lock.fired(), demoted.fired())).containsExactly(1, 1);
    }

    @Test
    void machinesMeetWrongAnswersToo() {
        faults.http().add(RequestMatcher.to("169.254.169.254").ofMachines(), Occasions.always(), HttpFault.status(500));
        CommandOutput output = runOn(
                "curl -f -H Metadata:true " + "'http://169.254.169.254/metadata/instance?api-version=2021-02-01'");
        assertThat(output.stderr()).contains("The requested URL returned error: 500");
    }

    @Test
    void connectionsToMachinesAndToTheCloudAreRefused() throws Exception {
        faults.machines().ssh("practiceBare", Occasions.first(1), SshFault.REFUSED);
        assertThatThrownBy(() -> connect(practice.cloud.sshServer(address(), 22).orElseThrow()))
                .isInstanceOf(ConnectException.class);
        connect(practice.cloud.sshServer(address(), 22).orElseThrow());

        InetSocketAddress door =
                new InetSocketAddress("127.0.0.1", practice.cloud.route().getPort());
        Fault refused = faults.refuseConnections();
        assertThatThrownBy(() -> connect(door)).isInstanceOf(ConnectException.class);
        refused.remove();
        connect(door);
    }

    @Test
    void aRuleThatLetsOthersInKeepsTheCallerOut() {
        assertThat(practice.cloud.sshServer(address(), 22)).isPresent();
        allowFrom("198.51.100.0/24");
        assertThat(practice.cloud.sshServer(address(), 22)).isEmpty();
        allowFrom("VirtualNetwork");
        assertThat(practice.cloud.sshServer(address(), 22)).isEmpty();
        allowFrom(PracticeCloud.CALLER);
        assertThat(practice.cloud.sshServer(address(), 22)).isPresent();
        allowFrom("203.0.113.77/25");
        assertThat(practice.cloud.sshServer(address(), 22)).isPresent();
        allowFrom("0.0.0.0/0");
        assertThat(practice.cloud.sshServer(address(), 22)).isPresent();
        allowFrom("Internet");
        assertThat(practice.cloud.sshServer(address(), 22)).isPresent();
    }

    @Test
    void oneMachineIsFoundByItsId() {
        practice.cloud.machine(machineId().toUpperCase(Locale.ROOT)).fillDisk();
        assertThat(runOn("echo x > /tmp/x").stderr()).contains("No space left on device");
        assertThatThrownBy(() -> practice.cloud.machine(machineId() + "x")).isInstanceOf(NoSuchElementException.class);
    }

    private void allowFrom(String source) {
        NetworkSecurityGroup guard =
                practice.azure.networkSecurityGroups().getByResourceGroup(Seed.MACHINES, "practiceBareNSG");
        String rule = guard.securityRules().keySet().iterator().next();
        guard.update().updateRule(rule).fromAddress(source).parent().apply();
    }

    private CommandOutput runOn(String script) {
        String message = practice.azure
                .virtualMachines()
                .getByResourceGroup(Seed.MACHINES, "practiceBare")
                .runShellScript(List.of(script), List.of())
                .value()
                .get(0)
                .message();
        return new CommandOutput(0, message, message.substring(message.indexOf("[stderr]")));
    }

    private String address() {
        return practice.cloud
                .resourceIds()
                .filter(id -> id.endsWith("/practiceBarePublicIP"))
                .findFirst()
                .flatMap(practice.cloud::resource)
                .orElseThrow()
                .at("/properties/ipAddress")
                .asText();
    }

    private String machineId() {
        return practice.subscription() + "/resourceGroups/" + Seed.MACHINES
                + "/providers/Microsoft.Compute/virtualMachines/practiceBare";
    }

    private String identityId() {
        return practice.subscription() + "/resourceGroups/" + Seed.MACHINES
                + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/practiceIdentity";
    }

    private static void connect(InetSocketAddress address) throws Exception {
        new Socket(address.getAddress(), address.getPort()).close();
    }
}
