package io.keylesspull.setup.step.machine;

import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.plan.Act;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.engine.plan.Retry;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.setup.step.Cause;
import io.keylesspull.setup.step.connection.MachineConnection;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Runs commands that need a token of the machine's identity, or an answer of a registry, for the running step. What can
 * pass is waited for: a role or an identity that is not known everywhere yet, a registry that is busy. Anything else is
 * reported at once.
 *
 * @param asked the registry; empty for a sign-in to Azure, which waits for no role
 */
record RegistryAccess(StepContext context, MachineConnection connection, Optional<Asked> asked) {

    /**
     * Who is asked.
     *
     * @param host such as a registry's login server
     * @param closed whether it is a registry without public access, as far as known, so that its firewall lets no
     *     address in
     * @param subscription the id of the registry's; empty where it is not known
     */
    record Asked(String host, boolean closed, Optional<String> subscription) {

        /** Something of which no more is known. */
        Asked(String host) {
            this(host, false, Optional.empty());
        }

        static Asked of(RegistryInfo registry) {
            return new Asked(
                    registry.loginServer(),
                    registry.network().access() == RegistryInfo.Network.Access.NONE,
                    Optional.of(registry.subscription()));
        }

        /** The command that lets an address through a registry's firewall. */
        private String allowing(String address) {
            List<String> argv =
                    new ArrayList<>(List.of("az", "acr", "network-rule", "add", "--name", RegistryInfo.nameOf(host)));
            argv.addAll(List.of("--ip-address", address));
            subscription.ifPresent(id -> argv.addAll(List.of("--subscription", id)));
            return Command.of(argv.toArray(String[]::new)).shellLine();
        }
    }

    /** Azure says up to 10 minutes ("Troubleshoot Azure RBAC"); a little more, because that is measured from there. */
    private static final Retry ROLE_SPREADS = new Retry(
            Duration.ofMinutes(12),
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(15), Duration.ofSeconds(20)));

    /** The instance metadata service learns of a newly attached identity a little after Azure says so. */
    private static final Retry IDENTITY_ARRIVES = new Retry(
            Duration.ofMinutes(3), List.of(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(15)));

    private static final Retry REGISTRY_RECOVERS = new Retry(
            Duration.ofMinutes(5),
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(30)));

    private static final Asked AZURE = new Asked("Azure");
    private static final int PROBE_SECONDS = 20;

    /** @param cause why it failed; empty if it succeeded */
    private record Tried(CommandResult result, Optional<Cause> cause, String details) {

        boolean failedBy(Cause.Kind kind) {
            return cause.filter(why -> why.is(kind)).isPresent();
        }
    }

    /** One run of the command. */
    interface Attempt extends Act<CommandResult, Failure> {}

    /** The problem if a command failed for a reason other than access. */
    interface Failed {
        Problem problem(Cause cause, String details);
    }

    /**
     * @param command named where the machine does not find it, such as {@code az}
     * @param done whether it succeeded
     */
    CommandResult run(String command, Attempt attempt, Predicate<CommandResult> done, Failed failed)
            throws Failure, InterruptedException {
        Tried tried = context.retry(
                ROLE_SPREADS,
                () -> waiting(
                        Cause.Kind.ROLE,
                        context.retry(
                                IDENTITY_ARRIVES,
                                () -> waiting(
                                        Cause.Kind.IDENTITY,
                                        context.retry(
                                                REGISTRY_RECOVERS,
                                                () -> waiting(Cause.Kind.BUSY, tried(attempt.act(), done)))))));
        if (tried.cause().isPresent()) {
            throw new Failure(
                    problem(tried.cause().get(), connection.machine(), asked.orElse(AZURE), command, tried.details())
                            .orElseGet(() -> failed.problem(tried.cause().get(), tried.details())));
        }
        return tried.result();
    }

    /** Runs a command of Docker again while the registry is busy. @return how it ended otherwise */
    static CommandResult whileBusy(
            StepContext context, MachineConnection connection, Command command, Function<CommandResult, Problem> failed)
            throws Failure, InterruptedException {
        return context.retry(REGISTRY_RECOVERS, () -> {
            CommandResult result = connection.run(context, command);
            if (!result.ok() && Cause.of(result).is(Cause.Kind.BUSY)) {
                throw new NotYet(Text.of("setup.pull.waiting"), failed.apply(result));
            }
            return result;
        });
    }

    private Tried waiting(Cause.Kind kind, Tried tried) throws NotYet {
        // Without a role a sign-in to Azure succeeds: what looks like it is something else.
        if (tried.failedBy(kind) && (kind != Cause.Kind.ROLE || asked.isPresent())) {
            throw switch (kind) {
                case ROLE ->
                    new NotYet(
                            Text.of("setup.role.waiting"),
                            Failure.of(
                                            "setup.loginRefused",
                                            tried.details(),
                                            connection.machine(),
                                            asked.get().host(),
                                            ROLE_SPREADS.bound().toMinutes())
                                    .problem());
                case IDENTITY ->
                    new NotYet(
                            Text.of("setup.signIn.waiting"),
                            Failure.of("setup.signInFailed", tried.details(), connection.machine())
                                    .problem());
                default ->
                    new NotYet(
                            Text.of("setup.pull.waiting"),
                            Failure.of(
                                            "setup.stillBusy",
                                            tried.details(),
                                            connection.machine(),
                                            asked.orElse(AZURE).host(),
                                            REGISTRY_RECOVERS.bound().toMinutes())
                                    .problem());
            };
        }
        return tried;
    }

    private Tried tried(CommandResult result, Predicate<CommandResult> done) throws Failure, InterruptedException {
        String details = MachineConnection.lastOutput(result);
        if (done.test(result)) {
            return new Tried(result, Optional.empty(), details);
        }
        Cause cause = Cause.of(result);
        boolean unclear = cause.is(Cause.Kind.UNCLEAR_REFUSAL) || cause.is(Cause.Kind.UNCLEAR_SILENCE);
        if (!unclear || asked.isEmpty()) {
            return new Tried(result, Optional.of(cause), details);
        }
        CommandResult answer = connection.run(
                context,
                Command.of(
                        "curl",
                        "--silent",
                        "--show-error",
                        "--max-time",
                        String.valueOf(PROBE_SECONDS),
                        "--write-out",
                        " %{http_code}",
                        "https://" + asked.get().host() + "/v2/"));
        return new Tried(
                result,
                Optional.of(clear(cause, answer)),
                (details + "\n" + MachineConnection.lastOutput(answer)).strip());
    }

    /**
     * @param cause that the command's output leaves open
     * @param answer of the registry to the machine, with the HTTP status at the end
     */
    private static Cause clear(Cause cause, CommandResult answer) {
        if (!answer.ok()) {
            Cause silence = Cause.of(answer);
            return silence.is(Cause.Kind.UNKNOWN) || silence.is(Cause.Kind.MISSING_COMMAND) ? cause : silence;
        }
        String output = answer.stdout().strip();
        String status = output.substring(output.lastIndexOf(' ') + 1);
        return switch (status) {
            case "403" -> {
                Cause refusal = Cause.of(answer);
                yield refusal.is(Cause.Kind.FIREWALL) ? refusal : new Cause(Cause.Kind.FIREWALL, "");
            }
            case "200", "401" ->
                new Cause(cause.is(Cause.Kind.UNCLEAR_REFUSAL) ? Cause.Kind.ROLE : Cause.Kind.BUSY, "");
            case "429" -> new Cause(Cause.Kind.BUSY, "");
            default -> status.startsWith("5") ? new Cause(Cause.Kind.BUSY, "") : cause;
        };
    }

    /**
     * The problem if the network, the registry's firewall or the machine itself is the cause; otherwise empty.
     *
     * @param asked who was asked
     * @param command named where the machine does not find it, such as {@code az}
     */
    static Optional<Problem> problem(Cause cause, String machine, Asked asked, String command, String details) {
        String host = asked.host();
        String subject = cause.subject();
        return Optional.ofNullable(
                switch (cause.kind()) {
                    case FIREWALL, UNCLEAR_REFUSAL ->
                        asked.closed()
                                ? of("firewallClosed", details, machine, RegistryInfo.nameOf(host))
                                : subject.isEmpty()
                                        ? of(
                                                "firewallUnknownAddress",
                                                details,
                                                machine,
                                                RegistryInfo.nameOf(host),
                                                asked.allowing("ADDRESS"))
                                        : of(
                                                "firewall",
                                                details,
                                                machine,
                                                RegistryInfo.nameOf(host),
                                                subject,
                                                asked.allowing(subject));
                    case NAME, NO_CONNECTION, CERTIFICATE ->
                        of(key(cause), details, machine, subject.isEmpty() ? host : subject);
                    case UNCLEAR_SILENCE -> of("no_connection", details, machine, host);
                    case PRIVATE_LINK -> of("private_link", details, machine, host);
                    case MISSING_COMMAND ->
                        of("missing_command", details, machine, subject.isEmpty() ? command : subject);
                    case METADATA, DOCKER_LOGINS, DOCKER, DISK_FULL, KILLED ->
                        of(key(cause), details, machine, command);
                    case ROLE, IDENTITY, BUSY, MISSING_IMAGE, PLATFORM, UNKNOWN -> null;
                });
    }

    private static Problem of(String key, String details, Object... arguments) {
        return Failure.of("setup.access." + key, details, arguments).problem();
    }

    private static String key(Cause cause) {
        return cause.kind().name().toLowerCase(Locale.ROOT);
    }
}
