package io.keylesspull.setup.step.machine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.resource.VirtualMachines;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.paging.Pages;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.setup.step.Cause;
import io.keylesspull.setup.step.connection.AgentShell;
import io.keylesspull.setup.step.machine.RegistryAccess.Asked;
import io.keylesspull.text.Text;
import io.keylesspull.time.Time;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;

/**
 * The images in a registry as a machine sees them, read by it with its own managed identities: for a registry that this
 * computer does not reach. Each page is one script of Azure's Run Command, one at a time. Nothing is changed.
 *
 * <p>Sources: Azure/acr, docs/AAD-OAuth.md, for the exchange of tokens; Azure/azure-cli, command_modules/acr/
 * repository.py, for the lists and their order.
 */
public final class ImagesByMachine {

    /** Of names alone, a page fits into what Run Command returns. */
    private static final int NAMES = 100;

    /** Digests are random, and do not pack. */
    private static final int TAGS = 40;

    private static final String BEGIN = "list ";
    private static final List<String> SCRIPT = script();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A script that was cancelled here goes on to its end there, and Azure refuses the next one until then. */
    private static final Duration AGENT_BUSY = Duration.ofMinutes(2);

    private static final Duration BETWEEN = Duration.ofSeconds(5);

    private final Supplier<VirtualMachines> machines;
    private final MachineInfo machine;
    private final RegistryInfo registry;
    private final Time time;
    /** Both lists may be read at the same time; they take turns. */
    private final ReentrantLock oneAtATime = new ReentrantLock(true);

    /** @param machines asked when a list is read, since it may block */
    public ImagesByMachine(Supplier<VirtualMachines> machines, MachineInfo machine, RegistryInfo registry, Time time) {
        this.machines = machines;
        this.machine = machine;
        this.registry = registry;
        this.time = time;
    }

    /** All repositories' names. */
    public Pages<String, Failure> repositories() {
        return pages(
                "registry:catalog:*",
                "/acr/v1/_catalog?",
                NAMES,
                Function.identity(),
                body -> StreamSupport.stream(body.path("repositories").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList());
    }

    /** A repository's tags, the latest first. */
    public Pages<RegistryInfo.Tag, Failure> tags(String repository) {
        return pages(
                "repository:" + repository + ":metadata_read",
                "/acr/v1/" + repository + "/_tags?orderby=timedesc&",
                TAGS,
                RegistryInfo.Tag::name,
                body -> StreamSupport.stream(body.path("tags").spliterator(), false)
                        .map(tag -> new RegistryInfo.Tag(
                                tag.path("name").asText(), tag.path("digest").asText()))
                        .toList());
    }

    private <T> Pages<T, Failure> pages(
            String scope, String path, int most, Function<T, String> name, Function<JsonNode, List<T>> items) {
        return wantsMore -> {
            int size = most;
            String last = "";
            while (true) {
                Optional<JsonNode> body = page(scope, path + "n=" + size + last);
                if (body.isEmpty() && size == 1) {
                    throw new Failure(unread(""));
                }
                if (body.isEmpty()) {
                    size /= 2;
                    continue;
                }
                List<T> page = items.apply(body.get());
                if (page.isEmpty() || !wantsMore.test(page) || page.size() < size) {
                    return;
                }
                last = "&last=" + encoded(name.apply(page.get(page.size() - 1)));
            }
        };
    }

    /** @return empty if it is longer than what Run Command returns */
    private Optional<JsonNode> page(String scope, String path) throws Failure, InterruptedException {
        List<String> call = new ArrayList<>(List.of("read_list", registry.loginServer(), scope, path));
        machine.identities().systemPrincipalId().ifPresent(id -> call.add("-"));
        machine.identities().userAssignedIds().forEach(id -> call.add(encoded(id)));
        if (machine.identities().equals(MachineInfo.Identities.NONE)) {
            throw new Failure(refused(""));
        }
        CommandResult answer =
                run(Command.of(call.toArray(String[]::new)).shellLine()).orElseThrow(() -> new Failure(unread("")));
        if (!answer.ok()) {
            throw new Failure(problem(answer));
        }
        if (!answer.stdout().startsWith(BEGIN)) {
            return Optional.empty();
        }
        try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(
                Base64.getDecoder().decode(answer.stdout().substring(BEGIN.length()))))) {
            return Optional.of(JSON.readTree(unpacked));
        } catch (IOException | IllegalArgumentException damaged) {
            throw new Failure(unread(String.valueOf(damaged.getMessage())));
        }
    }

    private Optional<CommandResult> run(String call) throws Failure, InterruptedException {
        oneAtATime.lockInterruptibly();
        try {
            Instant until = time.now().plus(AGENT_BUSY);
            while (true) {
                try {
                    return new AgentShell(machines.get(), machine).run(SCRIPT, call);
                } catch (AzureException e) {
                    boolean busy = e.kind() == AzureException.Kind.CONFLICT || e.kind() == AzureException.Kind.BUSY;
                    if (!busy || time.now().isAfter(until)) {
                        throw failure(e);
                    }
                }
                time.sleep(BETWEEN);
            }
        } finally {
            oneAtATime.unlock();
        }
    }

    private Failure failure(AzureException e) {
        return e.code().equals(AzureException.NOT_ENDED)
                ? Failure.of("setup.runCommand.noAgent", e.getMessage(), machine.name(), machine.id())
                : AzureFailures.failure(Text.of("setup.subject.machine", machine.name()), e);
    }

    private Problem problem(CommandResult answer) {
        Cause cause = Cause.of(answer);
        String details = answer.stdout();
        return switch (cause.kind()) {
            case ROLE, IDENTITY -> refused(details);
            default ->
                RegistryAccess.problem(cause, machine.name(), Asked.of(registry), "curl", details)
                        .orElseGet(() -> unread(details));
        };
    }

    private Problem refused(String details) {
        return Failure.of("setup.listRefused", details, machine.name(), registry.name())
                .problem();
    }

    private Problem unread(String details) {
        return Failure.of("setup.listUnread", details, machine.name(), registry.name())
                .problem();
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static List<String> script() {
        try (InputStream in = ImagesByMachine.class.getResourceAsStream("read-list.sh")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
