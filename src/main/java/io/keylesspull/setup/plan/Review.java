package io.keylesspull.setup.plan;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.MachineInfo.PowerState;
import io.keylesspull.azure.resource.VirtualMachines;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Facts;
import io.keylesspull.engine.plan.Plan;
import io.keylesspull.setup.export.BootScript;
import io.keylesspull.setup.export.Exports;
import io.keylesspull.setup.export.PowerShellScript;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.setup.step.Check;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.MachineAnswers;
import io.keylesspull.setup.step.MachineQuestion;
import io.keylesspull.setup.step.PosixScript;
import io.keylesspull.setup.step.Preflight;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.step.SetupStep;
import io.keylesspull.setup.step.SideBySide;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.step.connection.AgentShell;
import io.keylesspull.setup.step.fleet.FleetBoot;
import io.keylesspull.setup.template.Template;
import io.keylesspull.text.Alike;
import io.keylesspull.text.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * What the steps of a plan would do, before it runs. Shared steps come first, then those of each machine.
 *
 * @param changes what the run would do, as far as is known; a step that would do nothing is not listed
 * @param checks the results of the checks
 * @param exports the same work for other programs
 */
public record Review(List<Entry> changes, List<Check> checks, Exports exports) {

    /** Enough for 50 machines in twice the time of one, and far less than Azure throttles at. */
    static final int AT_ONCE = 25;

    /** Each mostly waits for one script that Azure runs on it, and asks Azure now and then whether that has ended. */
    static final int MACHINES_AT_ONCE = 60;

    /** What one step would do. */
    public record Entry(StepId step, Preview preview) {}

    public Review {
        changes = List.copyOf(changes);
        checks = List.copyOf(checks);
    }

    /** The same work as a shell script. */
    public List<Script.Line> byHand() {
        return exports.script();
    }

    /** Whether a check says that the run would fail. */
    public boolean blocked() {
        return checks.stream().anyMatch(Check::isBad);
    }

    /**
     * Asks each step. Reads from Azure and changes nothing. If Azure refuses to be read, that is a bad check.
     *
     * @param subscription the id of the one that the setup is for
     * @param plan the {@link SetupPlan} of this request
     * @param workers look at several machines at once
     */
    public static Review of(SetupRequest request, String subscription, Plan plan, Executor workers)
            throws InterruptedException {
        return of(request, subscription, plan, new Facts(), new SideBySide(workers, AT_ONCE));
    }

    /** The checks of {@link #of}, and those that take longer. */
    public static List<Check> checks(
            SetupRequest request, String subscription, Plan plan, VirtualMachines machines, Executor workers)
            throws InterruptedException {
        Facts facts = new Facts();
        List<Check> checks = new ArrayList<>(of(request, subscription, plan, facts, new SideBySide(workers, AT_ONCE))
                .checks());
        List<Callable<List<Check>>> probes = new ArrayList<>();
        // A step may need what an earlier one of the same machine reads.
        byMachine(inOrder(request, plan)).values().forEach(steps -> probes.add(() -> probe(steps, facts, machines)));
        new SideBySide(workers, MACHINES_AT_ONCE).all(probes).forEach(checks::addAll);
        Map<Text, Check> bySubject = new LinkedHashMap<>();
        checks.forEach(check -> bySubject.merge(check.what(), check, Check::orElse));
        return List.copyOf(bySubject.values());
    }

    private static List<Check> probe(List<SetupStep> steps, Facts facts, VirtualMachines machines)
            throws InterruptedException {
        Optional<MachineInfo> running = new Known(facts, steps.get(0).id())
                .find(CloudFacts.MACHINE)
                .filter(there -> there.os().linux() && there.power() == PowerState.RUNNING);
        List<MachineQuestion> questions = steps.stream()
                .flatMap(step -> step.questions(new Known(facts, step.id())).stream())
                .toList();
        MachineAnswers answers = running.isEmpty() || questions.isEmpty()
                ? MachineAnswers.none()
                : new AgentShell(machines, running.get()).ask(questions);
        List<Check> checks = new ArrayList<>();
        for (SetupStep step : steps) {
            checks.addAll(step.probe(new Known(facts, step.id()), answers));
        }
        return checks;
    }

    /** Those of each machine in their order, after the shared ones. */
    private static Map<Optional<String>, List<SetupStep>> byMachine(List<SetupStep> steps) {
        return steps.stream()
                .collect(Collectors.groupingBy(step -> step.id().machine(), LinkedHashMap::new, Collectors.toList()));
    }

    private static Review of(SetupRequest request, String subscription, Plan plan, Facts facts, SideBySide looks)
            throws InterruptedException {
        List<SetupStep> steps = inOrder(request, plan);
        Map<Optional<String>, List<SetupStep>> byMachine = byMachine(steps);
        List<Seen> seen = new ArrayList<>();
        seen.add(look(byMachine.getOrDefault(Optional.empty(), List.of()), facts));
        byMachine.remove(Optional.empty());
        List<Callable<Seen>> machines = new ArrayList<>();
        byMachine.values().forEach(own -> machines.add(() -> look(own, facts)));
        seen.addAll(looks.all(machines));

        Map<Text, Check> checks = new LinkedHashMap<>();
        seen.forEach(some -> some.unread().forEach(check -> checks.put(check.what(), check)));
        Map<Text, Preflight> preflights = new LinkedHashMap<>();
        for (SetupStep step : steps) {
            step.checks(new Known(facts, step.id())).forEach(one -> preflights.putIfAbsent(one.what(), one));
        }
        preflights.keySet().removeAll(checks.keySet());
        Map<Text, Check> made = made(preflights, looks);
        preflights.keySet().stream().filter(made::containsKey).forEach(what -> checks.put(what, made.get(what)));
        return new Review(
                seen.stream().flatMap(some -> some.changes().stream()).toList(),
                List.copyOf(checks.values()),
                exports(request, subscription, plan, facts));
    }

    /** Those that rest on another one come after it, and are left out if that is bad or was left out itself. */
    private static Map<Text, Check> made(Map<Text, Preflight> preflights, SideBySide looks)
            throws InterruptedException {
        Map<Text, Check> made = new HashMap<>();
        Map<Text, Preflight> left = new LinkedHashMap<>(preflights);
        while (!left.isEmpty()) {
            List<Preflight> ready = left.values().stream()
                    .filter(one -> one.rests().filter(left::containsKey).isEmpty())
                    .toList();
            if (ready.isEmpty()) {
                throw new IllegalStateException("checks rest on each other: " + left.keySet());
            }
            ready.forEach(one -> left.remove(one.what()));
            List<Callable<Check>> now = ready.stream()
                    .filter(one -> one.rests()
                            .filter(preflights::containsKey)
                            .filter(earlier -> !made.containsKey(earlier)
                                    || made.get(earlier).isBad())
                            .isEmpty())
                    .<Callable<Check>>map(one -> one::check)
                    .toList();
            looks.all(now).forEach(check -> made.put(check.what(), check));
        }
        return made;
    }

    /** @param unread what Azure refuses to show */
    private record Seen(List<Entry> changes, List<Check> unread) {}

    private static Seen look(List<SetupStep> steps, Facts facts) throws InterruptedException {
        List<Entry> changes = new ArrayList<>();
        List<Check> unread = new ArrayList<>();
        for (SetupStep step : steps) {
            previews(step, new Known(facts, step.id()), unread).stream()
                    .filter(preview -> preview.kind() != Preview.Kind.NOTHING)
                    .forEach(preview -> changes.add(new Entry(step.id(), preview)));
        }
        return new Seen(changes, unread);
    }

    /** @param facts the facts known of Azure; may be empty */
    static Exports exports(SetupRequest request, String subscription, Plan plan, Facts facts) {
        return new Exports(
                template(request, subscription, plan, facts), byHand(request, plan, facts),
                told(new PowerShellScript(), request, plan, facts), boots(request, plan, facts));
    }

    /** Those of machines that are made come first. */
    private static Map<String, BootScript> boots(SetupRequest request, Plan plan, Facts facts) {
        Map<String, BootScript> boots = new LinkedHashMap<>();
        request.machines().stream()
                .sorted(Comparator.comparing(machine -> !machine.create()))
                .forEach(machine -> boots.put(request.label(machine), boot(request, plan, facts, machine)));
        request.scaleSet().ifPresent(set -> boots.put(request.label(set), boot(request, plan, facts, set)));
        return boots;
    }

    private static BootScript boot(SetupRequest request, Plan plan, Facts facts, SetupRequest.Machine machine) {
        BootScript script = new BootScript(
                request.label(machine), machine.adminUser(), !request.access().dockerGroup());
        inOrder(request, plan).stream()
                .filter(step -> step.id().machine().isEmpty()
                        || step.id().machine().get().equals(request.label(machine)))
                .forEach(step -> step.byHand(script, new Known(facts, step.id())));
        return script;
    }

    /** The shared steps tell how what only Azure knows is asked for. */
    private static BootScript boot(SetupRequest request, Plan plan, Facts facts, SetupRequest.ScaleSet set) {
        BootScript script = FleetBoot.script(request, set, new Known(facts, StepId.on(request.label(set), "boot")));
        inOrder(request, plan).stream()
                .filter(step -> step.id().machine().isEmpty())
                .forEach(step -> step.byHand(script, new Known(facts, step.id())));
        return script;
    }

    private static Template template(SetupRequest request, String subscription, Plan plan, Facts facts) {
        Template template = new Template(
                request.resourceGroup().name(),
                request.location(),
                request.signIn().cloud(),
                request.subscription().map(name -> new Template.Subscription(name, subscription)));
        inOrder(request, plan).forEach(step -> step.template(template, new Known(facts, step.id())));
        return template;
    }

    /** @param facts the facts known of Azure; may be empty */
    static List<Script.Line> byHand(SetupRequest request, Plan plan, Facts facts) {
        return told(new PosixScript(), request, plan, facts);
    }

    private static List<Script.Line> told(Script script, SetupRequest request, Plan plan, Facts facts) {
        if (request.machines().size() > Alike.FEW) {
            script.comment("Sets up " + request.machines().size()
                    + " virtual machines one after the other, 5 to 25 minutes each, and stops at the first that"
                    + " fails.");
            script.comment("keyless-pull --run sets them up at the same time, and goes on with the others.");
        }
        SignInByHand.add(request, script);
        inOrder(request, plan).forEach(step -> step.byHand(script, new Known(facts, step.id())));
        return script.lines();
    }

    private static List<Preview> previews(SetupStep step, Known known, List<Check> unread) throws InterruptedException {
        try {
            return step.previews(known);
        } catch (AzureException e) {
            Text what = step.id()
                    .machine()
                    .map(machine -> Text.of("setup.check.readOn", step.title(), machine))
                    .orElseGet(() -> Text.of("setup.check.read", step.title()));
            unread.add(Check.bad(what, AzureFailures.problem(what, e)));
            return List.of();
        }
    }

    /** No shared step of a setup needs a fact of a machine, so each step comes after those that it needs. */
    private static List<SetupStep> inOrder(SetupRequest request, Plan plan) {
        List<String> machines = request.labels();
        return plan.steps().stream()
                .map(SetupStep.class::cast)
                .sorted(Comparator.comparingInt(
                        step -> step.id().machine().map(machines::indexOf).orElse(-1)))
                .toList();
    }
}
