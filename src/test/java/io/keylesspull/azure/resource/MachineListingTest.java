package io.keylesspull.azure.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import io.keylesspull.azure.http.ScriptedHttp;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.MachineInfo.Addresses;
import io.keylesspull.azure.model.MachineInfo.PowerState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** Four lists that come in any order, one answer after another as the test says. */
@Timeout(60)
class MachineListingTest {

    private static final String COMPUTE = "https://management.azure.com/compute";
    private static final String MACHINES = "/virtualMachines?api";
    private static final String MORE_MACHINES = "/compute?page=2";
    private static final String POWERS = "&statusOnly=true";
    private static final String NICS = "/networkInterfaces?";
    private static final String MORE_NICS = "/nics?page=2";
    private static final String ADDRESSES = "/publicIPAddresses?";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScriptedHttp answers = new ScriptedHttp();
    private final Held http = new Held();
    private final BlockingQueue<List<MachineInfo>> given = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** Lets an answer through when the test says so. */
    private final class Held implements HttpClient {

        private record Asked(String url, CompletableFuture<Boolean> let) {}

        private final List<Asked> waiting = new ArrayList<>();

        @Override
        public Mono<HttpResponse> send(HttpRequest request) {
            Asked asked = new Asked(request.getUrl().toString(), new CompletableFuture<>());
            synchronized (waiting) {
                waiting.add(asked);
                waiting.notifyAll();
            }
            return Mono.fromFuture(asked.let()).then(answers.send(request));
        }

        /** Waits for the request, and has it answered. */
        void let(String inUrl) throws InterruptedException {
            asked(inUrl).let().complete(true);
        }

        Asked asked(String inUrl) throws InterruptedException {
            synchronized (waiting) {
                while (true) {
                    Optional<Asked> found = waiting.stream()
                            .filter(each ->
                                    each.url().contains(inUrl) && !each.let().isDone())
                            .findFirst();
                    if (found.isPresent()) {
                        return found.get();
                    }
                    waiting.wait();
                }
            }
        }
    }

    private Future<?> read(Predicate<List<MachineInfo>> wantsMore) throws Exception {
        AzureSubscription azure = Fixture.subscription(http);
        return threads.submit(() -> {
            azure.machines().list().read(page -> {
                given.add(page);
                return wantsMore.test(page);
            });
            return null;
        });
    }

    private void let(String... urls) throws InterruptedException {
        for (String url : urls) {
            http.let(url);
        }
    }

    @Test
    void aMachineIsGivenOnceEverythingAboutItHasCome() throws Exception {
        answers.answer(
                "GET",
                MACHINES,
                200,
                list(COMPUTE + "?page=2", machine("one", "/nic/one"), machine("two", "/nic/two")));
        answers.answer("GET", MORE_MACHINES, 200, list("", machine("three", "/nic/three")));
        answers.answer(
                "GET",
                POWERS,
                200,
                list("", power("TWO", "running"), power("one", "deallocated"), power("three", "stopped")));
        answers.answer(
                "GET",
                NICS,
                200,
                list(
                        "https://management.azure.com/nics?page=2",
                        nic("/NIC/two", "10.0.0.2", "/ip/two"),
                        nic("/nic/three", "10.0.0.3", "")));
        answers.answer("GET", MORE_NICS, 200, list("", nic("/nic/one", "10.0.0.1", "")));
        answers.answer("GET", ADDRESSES, 200, list("", address("/IP/TWO", "203.0.113.2")));

        Future<?> reading = read(page -> true);
        let(MACHINES, POWERS, NICS);
        // "two" waits for its public address, "one" for its network interface.
        let(MORE_MACHINES);
        assertThat(given.take()).containsExactly(known("three", PowerState.STOPPED, "", "10.0.0.3"));
        let(ADDRESSES);
        assertThat(given.take()).containsExactly(known("two", PowerState.RUNNING, "203.0.113.2", "10.0.0.2"));
        let(MORE_NICS);
        assertThat(given.take()).containsExactly(known("one", PowerState.DEALLOCATED, "", "10.0.0.1"));
        reading.get();
        assertThat(given).isEmpty();
    }

    @Test
    void aMachineOfWhichSomethingNeverComesIsGivenAtTheEnd() throws Exception {
        answers.answer("GET", MACHINES, 200, list("", machine("deletedNic", "/nic/gone"), machine("noNic", "")));
        answers.answer("GET", POWERS, 200, list("", power("deletedNic", "running")));
        answers.answer("GET", NICS, 200, list(""));
        answers.answer("GET", ADDRESSES, 200, list(""));

        Future<?> reading = read(page -> true);
        let(NICS, ADDRESSES, MACHINES, POWERS);
        reading.get();

        assertThat(given.take())
                .containsExactly(
                        known("deletedNic", PowerState.RUNNING, "", ""), known("noNic", PowerState.OTHER, "", ""));
        assertThat(given).isEmpty();
    }

    @Test
    void whenNoMoreAreWantedTheListsAreNotReadOn() throws Exception {
        answers.answer("GET", MACHINES, 200, list("", machine("one", "")));
        answers.answer("GET", POWERS, 200, list("", power("one", "running")));

        Future<?> reading = read(page -> false);
        let(MACHINES, POWERS);
        reading.get();

        assertThat(given.take()).extracting(MachineInfo::name).containsExactly("one");
        assertThat(answers.seen()).hasSize(2);
    }

    @Test
    void aListThatIsRefusedEndsTheReading() throws Exception {
        answers.answer("GET", MACHINES, 200, list("", machine("one", "/nic/one")));
        answers.answer("GET", NICS, 403, "{\"error\": {\"code\": \"AuthorizationFailed\", \"message\": \"no\"}}");

        Future<?> reading = read(page -> true);
        let(MACHINES, NICS);

        assertThat(catchThrowableOfType(ExecutionException.class, reading::get))
                .cause()
                .isInstanceOfSatisfying(
                        AzureException.class, e -> assertThat(e.kind()).isEqualTo(AzureException.Kind.FORBIDDEN));
        assertThat(given).isEmpty();
    }

    private static MachineInfo known(String name, PowerState power, String publicIp, String privateIp) {
        return new MachineInfo(
                id(name),
                name,
                "rg",
                "japaneast",
                "",
                power,
                new MachineInfo.OsProfile(true, "", ""),
                new Addresses(given(publicIp), given(privateIp), Optional.empty()),
                MachineInfo.Identities.NONE);
    }

    private static Optional<String> given(String address) {
        return Optional.of(address).filter(text -> !text.isEmpty());
    }

    private static String id(String name) {
        return Fixture.GROUP + "/providers/Microsoft.Compute/virtualMachines/" + name;
    }

    private static String list(String next, String... items) {
        return "{\"value\": [" + String.join(", ", items) + "]"
                + (next.isEmpty() ? "" : ", \"nextLink\": \"" + next + "\"") + "}";
    }

    private static String machine(String name, String nic) {
        String plugged = nic.isEmpty() ? "" : "{\"id\": \"" + nic + "\"}";
        String text = """
                {"id": "%s", "name": "%s", "location": "japaneast",
                 "properties": {"networkProfile": {"networkInterfaces": [%s]}}}""";
        return text.formatted(id(name), name, plugged);
    }

    private static String power(String name, String state) {
        String text = """
                {"id": "%s", "properties": {"instanceView": {"statuses": [{"code": "PowerState/%s"}]}}}""";
        return text.formatted(id(name), state);
    }

    private static String nic(String id, String privateIp, String publicIp) {
        String address = publicIp.isEmpty() ? "" : ", \"publicIPAddress\": {\"id\": \"" + publicIp + "\"}";
        String text = """
                {"id": "%s", "properties": {"ipConfigurations": [{"properties": {"privateIPAddress": "%s"%s}}]}}""";
        return text.formatted(id, privateIp, address);
    }

    private static String address(String id, String ip) {
        return "{\"id\": \"%s\", \"properties\": {\"ipAddress\": \"%s\"}}".formatted(id, ip);
    }
}
