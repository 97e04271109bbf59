package io.keylesspull.azure.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.http.HttpClient;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.AzureException.Kind;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.ResourceListener;
import io.keylesspull.azure.model.Waiting;
import io.keylesspull.azure.resource.AzureAccount;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.Fixture;
import io.keylesspull.practice.SetTime;
import io.keylesspull.text.Text;
import io.keylesspull.time.Time;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

/**
 * Which requests are sent again, for how long, and what is reported in the end. All waits are on a clock that jumps.
 */
@Timeout(60)
class RetriesTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final String GROUP = "{\"id\": \"" + Fixture.GROUP + "\", \"name\": \"rg\", \"location\": \"x\"}";
    private static final String SAYS = "{\"error\": {\"code\": \"Strange\", \"message\": \"Azure's own words.\"}}";

    private final ScriptedHttp http = new ScriptedHttp();
    private final Time time = new SetTime(START);
    private final List<Waiting> waits = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @CsvSource(textBlock = """
            # method, status, Retry-After, sent at least, seconds waited from, to, kind
            GET,    429, -,    23, 285, 300, THROTTLED
            GET,    429, 30,   11, 300, 300, THROTTLED
            GET,    429, 300,   2, 300, 300, THROTTLED
            GET,    429, 301,   1,   0,   0, THROTTLED
            GET,    408, -,     7,  45,  60, UNAVAILABLE
            GET,    500, -,     7,  45,  60, OTHER
            GET,    502, -,     7,  45,  60, UNAVAILABLE
            GET,    503, -,     7,  45,  60, UNAVAILABLE
            GET,    503, 100,   4, 300, 300, UNAVAILABLE
            GET,    504, -,     7,  45,  60, UNAVAILABLE
            GET,    501, -,     1,   0,   0, OTHER
            GET,    400, -,     1,   0,   0, INVALID
            GET,    403, -,     1,   0,   0, FORBIDDEN
            GET,    409, -,     1,   0,   0, CONFLICT
            PUT,    429, 30,   11, 300, 300, THROTTLED
            PUT,    500, -,     7,  45,  60, OTHER
            PUT,    503, -,     7,  45,  60, UNAVAILABLE
            PUT,    409, -,     1,   0,   0, CONFLICT
            POST,   429, 30,   11, 300, 300, THROTTLED
            POST,   408, -,     7,  45,  60, UNAVAILABLE
            POST,   500, -,     1,   0,   0, OTHER
            POST,   500, 100,   4, 300, 300, OTHER
            POST,   502, -,     1,   0,   0, UNAVAILABLE
            POST,   503, -,     1,   0,   0, UNAVAILABLE
            POST,   503, 100,   4, 300, 300, UNAVAILABLE
            POST,   504, -,     1,   0,   0, UNAVAILABLE
            """)
    void aServiceThatStaysInTroubleIsGivenUpAfterItsBound(
            String method, int status, String retryAfter, int sent, long from, long to, Kind kind) throws Exception {
        http.always(method, "", status, retryAfter(retryAfter), SAYS);

        AzureException e = fails(http, method);

        assertThat(e.kind()).isEqualTo(kind);
        assertThat(e.status()).isEqualTo(status);
        assertThat(e.code()).isEqualTo("Strange");
        assertThat(e).hasMessage("Azure's own words.");
        assertThat(http.seen()).hasSizeBetween(sent, sent + 4);
        assertThat(waited()).isBetween(Duration.ofSeconds(from), Duration.ofSeconds(to));
        assertThat(waits).hasSize(http.seen().size() - 1);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            GET,  429, 7
            PUT,  429, 7
            POST, 429, 7
            GET,  408, -
            PUT,  500, -
            GET,  502, -
            POST, 503, 7
            GET,  504, -
            """)
    void aServiceThatFailedOnceIsRetriedAndTheWaitReported(String method, int status, String retryAfter)
            throws Exception {
        http.answer(method, "", status, retryAfter(retryAfter), SAYS);
        http.answer(method, "", 200, good(method));

        run(Fixture.account(http, time), method);

        Waiting waiting = waits.get(0);
        assertThat(waits).hasSize(1);
        assertThat(waiting.attempt()).isEqualTo(1);
        assertThat(waiting.next()).isEqualTo(waited()).isLessThanOrEqualTo(waiting.left());
        assertThat(waiting.reason())
                .isEqualTo(
                        status == 429
                                ? Text.of("azure.waiting.throttled")
                                : Text.of("azure.waiting.status", String.valueOf(status)));
        if (!retryAfter.equals("-")) {
            assertThat(waited()).isEqualTo(Duration.ofSeconds(7));
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            refused,      GET,   7, 45, 60, unreachable
            refused,      POST,  7, 45, 60, unreachable
            unknown host, GET,   7, 45, 60, unreachable
            no connection, POST, 7, 45, 60, unreachable
            reset,        GET,   7, 45, 60, brokenOff
            reset,        PUT,   7, 45, 60, brokenOff
            reset,        POST,  1,  0,  0, -
            cut short,    GET,   7, 45, 60, brokenOff
            cut short,    POST,  1,  0,  0, -
            cut short,    question, 7, 45, 60, brokenOff
            black hole,   GET,   3,  2,  5, unanswered
            black hole,   PUT,   3,  2,  5, unanswered
            black hole,   POST,  1,  0,  0, -
            certificate,  GET,   1,  0,  0, -
            """)
    void troubleOnTheWayIsTriedAgainWhereNothingCanHappenTwice(
            String what, String method, int sent, long from, long to, String reason) throws Exception {
        AtomicInteger count = new AtomicInteger();
        HttpClient broken = request -> Mono.defer(() -> {
            count.incrementAndGet();
            return Mono.error(fault(what));
        });

        AzureException e = fails(broken, method);

        assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(e.getMessage()).isNotBlank();
        assertThat(count.get()).isBetween(sent, sent + 3);
        assertThat(waited()).isBetween(Duration.ofSeconds(from), Duration.ofSeconds(to));
        assertThat(waits)
                .hasSize(count.get() - 1)
                .allSatisfy(waiting -> assertThat(waiting.reason())
                        .isEqualTo(Text.of("azure.waiting." + reason, "management.azure.com")));
    }

    @ParameterizedTest
    @CsvSource({"GET, 7, 45, 60", "PUT, 7, 45, 60", "POST, 1, 0, 0"})
    void aGoodStatusWithSomethingElseThanJsonIsNotBelieved(String method, int sent, long from, long to)
            throws Exception {
        http.always(method, "", 200, Map.of("Content-Type", "text/html"), "<html>Please sign in to the WLAN</html>");

        AzureException e = fails(http, method);

        assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(e)
                .hasMessageContaining("management.azure.com")
                .hasMessageContaining("text/html")
                .hasMessageContaining("proxy");
        assertThat(http.seen()).hasSizeBetween(sent, sent + 3);
        assertThat(waited()).isBetween(Duration.ofSeconds(from), Duration.ofSeconds(to));
    }

    @Test
    void anAnswerThatIsHalfAnAnswerIsAskedForAgain() throws Exception {
        http.answer("GET", "", 200, GROUP.substring(0, 20));
        http.answer("GET", "", 200, GROUP);

        run(Fixture.account(http, time), "GET");

        assertThat(waits).hasSize(1);
    }

    @Test
    void timeIsCountedForEachKindOfTroubleAndNeverBeyondTheLongest() throws Exception {
        for (int i = 0; i < 5; i++) {
            http.answer("GET", "", 429, retryAfter("50"), SAYS);
            http.answer("GET", "", 503, SAYS);
        }
        http.always("GET", "", 503, Map.of(), SAYS);

        AzureException e = fails(http, "GET");

        assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(waited()).isBetween(Duration.ofSeconds(270), Duration.ofSeconds(300));
    }

    @Test
    void waitsGrowAndAreSpread() throws Exception {
        http.always("GET", "", 503, Map.of(), SAYS);

        fails(http, "GET");

        List<Long> millis =
                waits.stream().map(waiting -> waiting.next().toMillis()).toList();
        assertThat(millis.get(0)).isBetween(600L, 800L);
        assertThat(millis.get(2)).isBetween(2400L, 3200L);
        assertThat(millis).allMatch(wait -> wait <= 15_000);
        assertThat(millis).doesNotHaveDuplicates().doesNotContain(800L, 1600L, 3200L);
        assertThat(waits).extracting(Waiting::attempt).startsWith(1, 2, 3).isSorted();
    }

    @Test
    void twoPiecesOfWorkHearOfTheirOwnWaitsOnly() throws Exception {
        http.answer("GET", "/resourcegroups/a", 429, retryAfter("7"), SAYS);
        http.answer("GET", "/resourcegroups/b", 429, retryAfter("9"), SAYS);
        http.always("GET", "/resourcegroups/", 200, Map.of(), GROUP);
        AzureSubscription azure = Fixture.account(http, time).subscription(Fixture.SUBSCRIPTION);
        List<Waiting> waitsOfB = new CopyOnWriteArrayList<>();

        azure.withWaitListener(waits::add).resourceGroups().find("a");
        azure.withWaitListener(waitsOfB::add).resourceGroups().find("b");

        assertThat(waits).extracting(Waiting::next).containsExactly(Duration.ofSeconds(7));
        assertThat(waitsOfB).extracting(Waiting::next).containsExactly(Duration.ofSeconds(9));
    }

    @Test
    void anInterruptEndsAWaitAndTheSleepInIt() throws Exception {
        CountDownLatch sleeping = new CountDownLatch(1);
        CountDownLatch woken = new CountDownLatch(1);
        Time endless = new Time() {
            @Override
            public Instant now() {
                return START;
            }

            @Override
            public void sleep(Duration duration) throws InterruptedException {
                sleeping.countDown();
                try {
                    new CountDownLatch(1).await();
                } finally {
                    woken.countDown();
                }
            }
        };
        http.always("GET", "", 429, retryAfter("30"), SAYS);
        AzureAccount account = Fixture.account(http, endless);
        AtomicInteger interrupted = new AtomicInteger();
        Thread thread = new Thread(() -> {
            try {
                run(account, "GET");
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        sleeping.await();

        thread.interrupt();

        thread.join();
        woken.await();
        assertThat(interrupted).hasValue(1);
        assertThat(http.seen()).hasSize(1);
    }

    @Test
    void aRegistryThatThrottlesOrFailsIsReportedWithinSeconds() throws Exception {
        http.always("GET", "", 503, Map.of(), "{}");

        AzureException e = catchThrowableOfType(
                AzureException.class,
                () -> Fixture.account(http, time)
                        .subscription(Fixture.SUBSCRIPTION)
                        .withWaitListener(waits::add)
                        .images()
                        .repositories("contoso.azurecr.io")
                        .read(page -> true));

        assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(http.seen()).hasSizeBetween(3, 6);
        assertThat(waited()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(6));
        assertThat(waits).hasSize(http.seen().size() - 1);
    }

    @Test
    void aRunAsksARegistryForAMinute() throws Exception {
        http.always("GET", "", 503, Map.of(), "{}");

        AzureException e = catchThrowableOfType(
                AzureException.class,
                () -> Fixture.account(http, time)
                        .subscription(Fixture.SUBSCRIPTION)
                        .markedFor("20261126-080000-ab12")
                        .withWaitListener(waits::add)
                        .images()
                        .digest("contoso.azurecr.io", "team/api", "1"));

        assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(waited()).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(60));
        assertThat(waits).hasSize(http.seen().size() - 1);
    }

    private AzureException fails(HttpClient client, String method) throws Exception {
        AzureAccount account = Fixture.account(client, time);
        AzureException e = catchThrowableOfType(AzureException.class, () -> run(account, method));
        assertThat(e).as("what is thrown").isNotNull();
        return e;
    }

    private void run(AzureAccount account, String method) throws AzureException, InterruptedException {
        AzureSubscription azure = account.subscription(Fixture.SUBSCRIPTION).withWaitListener(waits::add);
        switch (method) {
            case "GET" -> azure.resourceGroups().find("rg");
            case "PUT" -> azure.resourceGroups().create("rg", "x", ResourceListener.none());
            case "POST" -> azure.machines().run(machine(), List.of("id"));
            case "question" -> azure.registries().checkName("contoso");
            default -> throw new IllegalArgumentException(method);
        }
    }

    private static MachineInfo machine() {
        return new MachineInfo(
                "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm1",
                "vm1",
                "rg",
                "eastus",
                "Standard_B2s",
                MachineInfo.PowerState.RUNNING,
                new MachineInfo.OsProfile(true, "", "ada"),
                new MachineInfo.Addresses(Optional.of("203.0.113.1"), Optional.empty(), Optional.empty()),
                MachineInfo.Identities.NONE);
    }

    private static String good(String method) {
        return method.equals("POST") ? "{\"nameAvailable\": true}" : GROUP;
    }

    private static Map<String, String> retryAfter(String value) {
        return value.equals("-") ? Map.of() : Map.of("Retry-After", value);
    }

    private Duration waited() {
        return Duration.between(START, time.now());
    }

    private static Throwable fault(String what) {
        return switch (what) {
            case "refused" -> new ConnectException("Connection refused");
            case "unknown host" -> new IOException(new UnknownHostException("management.azure.com"));
            case "no connection" -> new HttpConnectTimeoutException("HTTP connect timed out");
            case "reset" -> new IOException("Connection reset by peer");
            case "cut short" -> new IOException("fixed content-length", new EOFException("EOF reached while reading"));
            case "black hole" -> new HttpTimeoutException("request timed out");
            case "certificate" ->
                new SSLHandshakeException("PKIX path building failed") {
                    @Override
                    public synchronized Throwable getCause() {
                        return new CertificateException("unknown issuer");
                    }
                };
            default -> throw new IllegalArgumentException(what);
        };
    }
}
