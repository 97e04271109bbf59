package io.keylesspull.setup.step.connection;

import io.keylesspull.azure.model.AppliedRules;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.network.NetworkFault;
import io.keylesspull.remote.SshException;
import io.keylesspull.setup.request.AddressRange;
import io.keylesspull.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out whether network security rules are why nothing comes back from a machine's SSH port. */
public final class SshRules {

    /** Azure applies a new rule within moments: what it says again and again stays so. */
    private static final int LOOKS = 3;

    private final Applied applied;
    private final Optional<AddressRange> caller;

    /** Looks at the rules that Azure applies to a machine's SSH port. */
    @FunctionalInterface
    public interface Applied {
        List<AppliedRules> to(MachineInfo machine, int port) throws AzureException, InterruptedException;
    }

    /** @param caller this computer's public address as CIDR; empty where it is not known */
    public static SshRules of(AzureSubscription azure, Optional<String> caller) {
        return new SshRules(
                (machine, port) ->
                        azure.networks().inboundRules(azure.machines().nicId(machine), port),
                caller);
    }

    /** @param caller this computer's public address as CIDR; empty where it is not known */
    public SshRules(Applied applied, Optional<String> caller) {
        this.applied = applied;
        this.caller = caller.flatMap(AddressRange::parse);
    }

    /**
     * For one machine.
     *
     * @param port of its SSH server
     * @param asked the addresses that a new machine was to be opened to; empty for one that was there before
     */
    public MachineConnection.NoAnswer of(MachineInfo machine, int port, Optional<String> asked) {
        return machine.publicIp().isEmpty()
                ? MachineConnection.NoAnswer.UNEXPLAINED
                : new OfMachine(machine, port, asked, LOOKS);
    }

    /** For one machine whose rules nobody changes now: what Azure says once counts. */
    public MachineConnection.NoAnswer settled(MachineInfo machine, int port) {
        return machine.publicIp().isEmpty()
                ? MachineConnection.NoAnswer.UNEXPLAINED
                : new OfMachine(machine, port, Optional.empty(), 1);
    }

    /** What keeps callers out. */
    private final class OfMachine implements MachineConnection.NoAnswer {

        private final MachineInfo machine;
        private final int port;
        private final int looks;
        private int refused;
        private boolean rulesRead;
        private Optional<Text> reason;
        private String opening = "";

        OfMachine(MachineInfo machine, int port, Optional<String> asked, int looks) {
            this.machine = machine;
            this.port = port;
            this.looks = looks;
            this.reason = asked.map(range -> Text.of("setup.sshRule.asked", range, String.valueOf(port)));
        }

        @Override
        public NotYet explain(SshException cause) throws Failure, InterruptedException {
            // A refusal comes from the machine itself: the rules have let the connection through. A proxy's failure is
            // its own, and the rules see its address.
            if (cause.kind() != SshException.Kind.TIMED_OUT && cause.kind() != SshException.Kind.UNREACHABLE
                    || NetworkFault.in(cause).isPresent()) {
                return MachineConnection.NoAnswer.UNEXPLAINED.explain(cause);
            }
            if (!rulesRead || caller.isPresent() && refused > 0) {
                look();
            }
            if (caller.isPresent() && refused >= looks) {
                throw Failure.of(
                        "setup.sshClosed",
                        cause.getMessage(),
                        machine.name(),
                        reason.orElseThrow(),
                        caller.get().toString(),
                        String.valueOf(port),
                        opening);
            }
            Problem plain = SshFailures.problem(cause);
            return reason.map(because -> new NotYet(
                            Text.of("setup.connect.waitingBecause", because),
                            new Problem(
                                    plain.what(),
                                    Text.of("setup.sshRule.meaning", because),
                                    Text.of(
                                            "setup.sshRule.remedy",
                                            opening,
                                            caller.isPresent() || opening.isEmpty() ? 0 : 1),
                                    plain.details())))
                    .orElseGet(() -> new NotYet(Text.of("setup.connect.waiting"), plain));
        }

        private void look() throws InterruptedException {
            try {
                List<AppliedRules> rules = applied.to(machine, port);
                Optional<AppliedRules> closed = closed(rules, caller);
                reason = hindrance(rules, port, caller);
                opening = rules.isEmpty()
                        ? OpeningRule.withGroup(machine, port, caller)
                        : closed.map(group -> OpeningRule.in(group, port, caller))
                                .orElse("");
                refused = reason.isPresent() ? refused + 1 : 0;
                rulesRead = true;
            } catch (AzureException unreadable) {
                // The right to see the rules is a right of its own, and the machine may not run yet.
                refused = 0;
            }
        }
    }

    /**
     * @param groups those that guard the machine
     * @param port the one that the rules are about
     * @return what keeps the caller out, or, where the caller is not known, most of the internet; empty if nothing does
     */
    static Optional<Text> hindrance(List<AppliedRules> groups, int port, Optional<AddressRange> caller) {
        if (groups.isEmpty()) {
            return Optional.of(Text.of("setup.sshRule.none"));
        }
        return closed(groups, caller).map(group -> reason(group, port));
    }

    private static Optional<AppliedRules> closed(List<AppliedRules> groups, Optional<AddressRange> caller) {
        return groups.stream()
                .filter(group -> caller.map(address -> !admits(group, address)).orElseGet(() -> !isOpen(group)))
                .findFirst();
    }

    private static boolean admits(AppliedRules group, AddressRange caller) {
        return group.rules().stream()
                .filter(rule -> rule.sources().stream().anyMatch(source -> holds(source, caller)))
                .findFirst()
                .map(AppliedRules.Rule::allows)
                .orElse(false);
    }

    private static boolean holds(String source, AddressRange caller) {
        return isEverybody(source)
                || AddressRange.parse(source)
                        .filter(range -> range.contains(caller))
                        .isPresent();
    }

    private static boolean isOpen(AppliedRules group) {
        return group.rules().stream()
                .filter(rule -> rule.sources().stream().anyMatch(SshRules::isEverybody))
                .findFirst()
                .map(AppliedRules.Rule::allows)
                .orElse(false);
    }

    private static boolean isEverybody(String source) {
        return source.equals("*")
                || source.equalsIgnoreCase("Internet")
                || AddressRange.parse(source).filter(AddressRange::isWide).isPresent();
    }

    private static Text reason(AppliedRules group, int port) {
        List<String> sources = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (AppliedRules.Rule rule : group.rules()) {
            // The first that speaks of everybody ends it; of Azure's own rules the last does.
            if (!rule.allows() && rule.sources().stream().anyMatch(SshRules::isEverybody)) {
                return names.isEmpty()
                        ? Text.of("setup.sshRule.closed", rule.name(), group.group(), String.valueOf(port))
                        : opened(sources, names, group, port);
            }
            // Azure's own rules let in the virtual network and its load balancers, nobody from outside.
            if (rule.allows() && !rule.builtIn()) {
                sources.addAll(rule.sources());
                names.add(rule.name());
            }
        }
        return opened(sources, names, group, port);
    }

    private static Text opened(List<String> sources, List<String> names, AppliedRules group, int port) {
        return Text.of(
                "setup.sshRule.opened",
                String.join(", ", sources),
                String.join(", ", names),
                group.group(),
                String.valueOf(port));
    }
}
