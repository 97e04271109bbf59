package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.practice.ManyMachinesSetup;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.wire.HttpFault;
import io.keylesspull.practice.wire.RequestMatcher;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Before many machines are undone, each is looked for, which takes long one after another. */
@Timeout(120)
class UndoListOfManyTest {

    @AutoClose
    private final ProgramInPractice program = new ProgramInPractice();

    @Test
    void machinesAreLookedForAtTheSameTime() throws Exception {
        program.faults().manyMachines(2);
        Fault failing = program.faults()
                .http()
                .add(
                        RequestMatcher.to("management.azure.com").method("PUT").path("/runCommands/"),
                        Occasions.always(),
                        HttpFault.refusal(400, "BadRequest", "Not now."));
        program.setUp(
                """
                {"version": 1, "subscription": "Many machines", "location": "japaneast",
                 "resourceGroup": {"name": "myResourceGroup"},
                 "registry": {"name": "myContainerRegistry", "importSample": true}, "image": "aci-helloworld:v1",
                 "identity": {"kind": "user-assigned", "name": "myACRId"}, "azureCli": false, "machines": [%s]}
                """.formatted(ManyMachinesSetup.machines(2).replace("\"create\"", "\"runCommand\": true, \"create\"")));
        failing.remove();
        CyclicBarrier both = new CyclicBarrier(2);
        program.faults()
                .http()
                .before(
                        RequestMatcher.to("management.azure.com")
                                .method("GET")
                                .path("/virtualMachines/practice000[12]$"),
                        Occasions.always(),
                        () -> await(both));

        assertThat(program.session().undoList(program.stored()).goes()).hasSizeGreaterThanOrEqualTo(2);
    }

    private static void await(CyclicBarrier both) {
        try {
            both.await();
        } catch (BrokenBarrierException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
