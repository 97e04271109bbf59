package io.keylesspull.setup.step;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.remote.CommandResult;
import java.util.Map;
import java.util.Optional;

/** What a machine answered to the questions of all checks that concern it. */
public final class MachineAnswers {

    private final Map<String, CommandResult> byName;
    private final Optional<AzureException> failure;

    private MachineAnswers(Map<String, CommandResult> byName, Optional<AzureException> failure) {
        this.byName = Map.copyOf(byName);
        this.failure = failure;
    }

    /** @param byName by the name of the question; those that the machine did not answer are missing */
    public static MachineAnswers of(Map<String, CommandResult> byName) {
        return new MachineAnswers(byName, Optional.empty());
    }

    /** Azure did not ask the machine. */
    public static MachineAnswers failed(AzureException failure) {
        return new MachineAnswers(Map.of(), Optional.of(failure));
    }

    /** Nothing was asked. */
    public static MachineAnswers none() {
        return of(Map.of());
    }

    /**
     * How a question's script ended, with both streams as one.
     *
     * @return empty if it was not asked, or the machine did not say how it ended
     * @throws AzureException if the machine could not be asked; CONFLICT if it runs another script
     */
    public Optional<CommandResult> to(MachineQuestion question) throws AzureException {
        if (failure.isPresent()) {
            throw failure.get();
        }
        return Optional.ofNullable(byName.get(question.name()));
    }
}
