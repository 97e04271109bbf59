package io.keylesspull.setup.step.batch;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo.PowerState;
import io.keylesspull.azure.resource.ManagedRunCommands;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.cloud.AzureStep;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out what a script changed whose result was never read, and writes it down. Azure has the result of one that
 * ended; where it is lost, the machine tells, unless it was restarted, or the script had come to its end.
 */
final class Inquiry {

    private static final Duration TELLING = Duration.ofMinutes(10);

    private final SetupRequest request;
    private final SetupRequest.Machine machine;

    Inquiry(SetupRequest request, SetupRequest.Machine machine) {
        this.request = request;
        this.machine = machine;
    }

    /** What became of a script. */
    sealed interface Answer {}

    /** Nothing is left of it. */
    record NeverRun() implements Answer {}

    /** What it changed is in the journal, and Azure has it no more. */
    record Told(MachineReport report) implements Answer {}

    /** It is where it was, in the journal and in Azure: perhaps it can be read later. */
    record Unknown() implements Answer {}

    /** Azure has it no more, and the machine has no record of it: nobody will ever know. The journal still has it. */
    record Lost() implements Answer {}

    /** @throws Failure if it still runs, and does not end */
    Answer into(StepContext context, SentScripts sent, UnreadScript script)
            throws AzureException, Failure, InterruptedException {
        String id = ManagedRunCommands.id(sent.machine(), script.name());
        Optional<ManagedRunCommands.Result> ended = sent.ended(context, script.name());
        if (ended.isEmpty() && !wasCreated(context, id)) {
            sent.read(context, script);
            context.deleted(id);
            return new NeverRun();
        }
        Optional<MachineReport> report = ended.flatMap(result -> MachineReport.parse(result.stdout()));
        if (report.isEmpty()) {
            report = told(context, sent, script);
        }
        if (report.isEmpty()) {
            return new Unknown();
        }
        if (!report.get().tells()) {
            return ended.isEmpty() ? new Lost() : new Unknown();
        }
        sent.journal(context, script, report.get());
        if (ended.isPresent()) {
            sent.delete(context, script.name());
        } else {
            context.deleted(id);
        }
        return new Told(report.get());
    }

    /** One that the run itself has deleted is not in its journal any more. */
    private static boolean wasCreated(StepContext context, String id) {
        return context.state().resource(id).filter(RunState.Resource::sure).isPresent();
    }

    private Optional<MachineReport> told(StepContext context, SentScripts sent, UnreadScript script)
            throws AzureException, InterruptedException {
        if (sent.machine().power() != PowerState.RUNNING) {
            return Optional.empty();
        }
        String name = UnreadScript.newName(context.time().now());
        ManagedRunCommands commands = sent.azure().runCommands();
        sent.awaitChange(context);
        ManagedRunCommands.Result told = commands.run(
                sent.machine(),
                name,
                new ManagedRunCommands.Script(MachineScript.telling(values(script)), Map.of(), TELLING),
                AzureStep.telling(context));
        sent.awaitChange(context);
        commands.delete(sent.machine(), name);
        context.deleted(ManagedRunCommands.id(sent.machine(), name));
        return MachineReport.parse(told.stdout());
    }

    private MachineScript.Values values(UnreadScript script) {
        return new MachineScript.Values(
                machine.adminUser(),
                !request.access().dockerGroup(),
                request.access().azureCli(),
                script.loginServer(),
                script.loginServer() + "/" + request.image(),
                Optional.empty(),
                script.clientId());
    }
}
