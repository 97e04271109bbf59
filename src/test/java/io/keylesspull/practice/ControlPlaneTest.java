package io.keylesspull.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.management.exception.ManagementException;
import com.azure.resourcemanager.authorization.fluent.models.RoleAssignmentInner;
import com.azure.resourcemanager.authorization.models.PrincipalType;
import com.azure.resourcemanager.authorization.models.RoleAssignmentCreateParameters;
import com.azure.resourcemanager.msi.fluent.models.IdentityInner;
import com.azure.resourcemanager.resources.fluentcore.arm.models.HasName;
import com.azure.resourcemanager.resources.models.Subscription;
import com.azure.resourcemanager.resources.models.Tenant;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlPlaneTest {

    private static final String ACR_PULL = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
    private static final String PULL = "Microsoft.ContainerRegistry/registries/pull/read";

    private final SetTime time = new SetTime(PracticeCloudFixture.START);
    private final PracticeCloudFixture practice = PracticeCloudFixture.realistic(time, new SwitchedHypervisor());

    @AfterEach
    void close() {
        practice.close();
    }

    @Test
    void oneSignInShowsTheTenantAndBothSubscriptions() {
        assertThat(practice.azure.subscriptions().list())
                .extracting(Subscription::displayName)
                .containsExactlyInAnyOrder(
                        "Practice subscription",
                        "Empty practice subscription",
                        "Missing rights",
                        "Policy and lock",
                        "Quota and sizes",
                        "Many machines");
        // More than one if MSAL lost its race and signed in anew; the next request must not sign in again.
        int prompts = practice.prompts.size();
        assertThat(practice.azure.tenants().list())
                .extracting(Tenant::tenantId)
                .containsExactly(
                        practice.cloud.tenantId(),
                        practice.cloud.guestDirectory().get(0));
        assertThat(practice.prompts).hasSize(prompts);
    }

    @Test
    void aSubscriptionOfAnotherDirectoryRefusesTheTokenAndNamesItsOwn() {
        String partner = "/subscriptions/94e0b6d3-2a7f-4c15-8d9b-6f3e1a5c7048/resourceGroups/practiceRegistries";

        ManagementException refused = catchThrowableOfType(
                ManagementException.class,
                () -> practice.azure.genericResources().getById(partner, "2021-04-01"));

        assertThat(refused.getResponse().getStatusCode()).isEqualTo(401);
        assertThat(refused.getValue().getCode()).isEqualTo("InvalidAuthenticationTokenTenant");
        assertThat(refused.getMessage())
                .contains(practice.cloud.guestDirectory().get(0));
    }

    @Test
    void thePracticeSubscriptionStartsWithGroups() {
        assertThat(practice.azure.resourceGroups().list())
                .extracting(HasName::name)
                .contains(Seed.REGISTRIES, Seed.MACHINES);
    }

    @Test
    void aGroupIsMadeFoundWithoutRegardToCaseAndDeleted() {
        practice.azure
                .resourceGroups()
                .define("myResourceGroup")
                .withRegion("japaneast")
                .create();
        assertThat(practice.azure.resourceGroups().contain("MYRESOURCEGROUP")).isTrue();
        assertThat(practice.azure.resourceGroups().contain("another")).isFalse();
        var poller = practice.azure
                .resourceGroups()
                .beginDeleteByName("myResourceGroup")
                .getSyncPoller();
        assertThat(practice.azure.resourceGroups().contain("myResourceGroup")).isTrue();
        time.sleep(Duration.ofSeconds(20));
        assertThat(practice.azure.resourceGroups().contain("myResourceGroup")).isFalse();
        assertThat(poller.poll().getStatus().isComplete()).isTrue();
    }

    @Test
    void aNewPrincipalIsUnknownForAWhile() {
        IdentityInner identity = identity();
        String scope = practice.subscription() + "/resourceGroups/" + Seed.REGISTRIES;
        ManagementException refused = catchThrowableOfType(ManagementException.class, () -> assign(scope, identity));
        assertThat(refused.getValue().getCode()).isEqualTo("PrincipalNotFound");
        assertThat(refused.getResponse().getStatusCode()).isEqualTo(400);

        time.sleep(Duration.ofSeconds(5));
        assertThat(assign(scope, identity).principalId())
                .isEqualTo(identity.principalId().toString());
        ManagementException again = catchThrowableOfType(ManagementException.class, () -> assign(scope, identity));
        assertThat(again.getValue().getCode()).isEqualTo("RoleAssignmentExists");
        assertThat(again.getResponse().getStatusCode()).isEqualTo(409);
    }

    @Test
    void aRoleCountsOnlyAfterAWhile() {
        IdentityInner identity = identity();
        String scope = practice.subscription() + "/resourceGroups/" + Seed.REGISTRIES;
        String principal = identity.principalId().toString();
        time.sleep(Duration.ofSeconds(5));
        assign(scope, identity);
        time.sleep(Duration.ofSeconds(89));
        assertThat(practice.cloud.permissions().allows(principal, PULL, scope)).isFalse();
        time.sleep(Duration.ofSeconds(1));
        assertThat(practice.cloud.permissions().allows(principal, PULL, scope)).isTrue();
        assertThat(practice.cloud.permissions().allows(principal, PULL, practice.subscription()))
                .isFalse();
    }

    @Test
    void theSignedInUserMayDoEverything() {
        var permissions = practice.azure
                .accessManagement()
                .roleAssignments()
                .manager()
                .roleServiceClient()
                .getPermissions()
                .listByResourceGroup(Seed.REGISTRIES);
        assertThat(permissions)
                .anySatisfy(permission -> assertThat(permission.actions()).contains("*"));
    }

    @Test
    void rolesAreFoundByName() {
        assertThat(practice.azure
                        .accessManagement()
                        .roleDefinitions()
                        .getByScopeAndRoleName(practice.subscription(), "AcrPull")
                        .name())
                .isEqualTo(ACR_PULL);
    }

    @Test
    void whatIsMissingIsNamed() {
        ManagementException missing = catchThrowableOfType(
                ManagementException.class,
                () -> practice.azure
                        .identities()
                        .manager()
                        .serviceClient()
                        .getUserAssignedIdentities()
                        .getByResourceGroup(Seed.MACHINES, "nobody"));
        assertThat(missing.getValue().getCode()).isEqualTo("ResourceNotFound");
        missing = catchThrowableOfType(
                ManagementException.class,
                () -> practice.azure
                        .identities()
                        .manager()
                        .serviceClient()
                        .getUserAssignedIdentities()
                        .getByResourceGroup("noGroup", "nobody"));
        assertThat(missing.getValue().getCode()).isEqualTo("ResourceGroupNotFound");
    }

    private IdentityInner identity() {
        return practice.azure
                .identities()
                .manager()
                .serviceClient()
                .getUserAssignedIdentities()
                .createOrUpdate(Seed.MACHINES, "myACRId", new IdentityInner().withLocation("japaneast"));
    }

    private RoleAssignmentInner assign(String scope, IdentityInner identity) {
        return practice.azure
                .accessManagement()
                .roleAssignments()
                .manager()
                .roleServiceClient()
                .getRoleAssignments()
                .create(
                        scope,
                        UUID.randomUUID().toString(),
                        new RoleAssignmentCreateParameters()
                                .withRoleDefinitionId(practice.subscription()
                                        + "/providers/Microsoft.Authorization/roleDefinitions/" + ACR_PULL)
                                .withPrincipalId(identity.principalId().toString())
                                .withPrincipalType(PrincipalType.SERVICE_PRINCIPAL));
    }
}
