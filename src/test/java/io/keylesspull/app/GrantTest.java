package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.wire.RequestMatcher;
import io.keylesspull.setup.step.Grant;
import io.keylesspull.text.Text;
import io.keylesspull.time.Time;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GrantTest {

    @AutoClose
    private final ProgramInPractice program = new ProgramInPractice();

    @Test
    void aResourceGroupThatDoesNotExistIsLookedForOnceAndTheRoleGrantedAbove() throws Exception {
        String subscription = "/subscriptions/" + program.cloud().subscriptionId();
        Grant grant = new Grant(OldMachines.azure(program.cloud(), Time.system()));
        Fault asked = program.faults()
                .http()
                .before(RequestMatcher.to("management.azure.com").path("/nowhere"), Occasions.always(), () -> {});

        Grant.Missing missing = grant.missing(Grant.CONTRIBUTOR, subscription + "/resourceGroups/nowhere");

        assertThat(missing.on()).isEqualTo(Text.of("setup.scope.missingGroup", "nowhere"));
        assertThat(missing.command()).endsWith("--scope " + subscription);
        assertThat(asked.fired()).isEqualTo(1);
    }
}
