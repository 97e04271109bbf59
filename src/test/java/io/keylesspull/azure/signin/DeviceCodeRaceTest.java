package io.keylesspull.azure.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.identity.DeviceCodeCredentialBuilder;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class DeviceCodeRaceTest {

    private final AtomicInteger begun = new AtomicInteger();

    private Mono<String> signIn(int lost, RuntimeException how) {
        return Mono.defer(() -> begun.incrementAndGet() <= lost ? Mono.error(how) : Mono.just("token"));
    }

    private static RuntimeException lostRace() {
        return new IllegalStateException(race());
    }

    @Test
    void aRaceThatWasLostIsRunAgainSeveralTimes() {
        assertThat(DeviceCodeRace.guard(signIn(4, lostRace())).block()).isEqualTo("token");
        assertThat(begun).hasValue(5);
    }

    @Test
    void aRaceThatIsAlwaysLostIsReportedAsItWas() {
        RuntimeException lost = lostRace();
        assertThatThrownBy(() -> DeviceCodeRace.guard(signIn(100, lost)).block())
                .isSameAs(lost);
    }

    @Test
    void anythingElseIsNoRace() {
        RuntimeException other = new IllegalStateException(new NullPointerException());
        assertThatThrownBy(() -> DeviceCodeRace.guard(signIn(1, other)).block()).isSameAs(other);
        assertThat(begun).hasValue(1);
    }

    @Test
    void nobodySignsInByDeviceCodeWithoutThisGuard() {
        ArchRuleDefinition.noClasses()
                .that()
                .areNotAssignableTo(GuardedCredential.class)
                .should()
                .callMethod(DeviceCodeCredentialBuilder.class, "build")
                .check(new ClassFileImporter().importPackages("io.keylesspull"));
    }

    /** As MSAL throws it where the directory answers too soon. */
    private static NullPointerException race() {
        NullPointerException e = new NullPointerException("isCancelled()");
        e.setStackTrace(new StackTraceElement[] {
            new StackTraceElement(
                    "com.microsoft.aad.msal4j.AcquireTokenByDeviceCodeFlowSupplier",
                    "acquireTokenWithDeviceCode",
                    "AcquireTokenByDeviceCodeFlowSupplier.java",
                    55)
        });
        return e;
    }
}
