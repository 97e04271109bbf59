package io.keylesspull.azure.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.AzureException.Kind;
import io.keylesspull.azure.model.PermissionMode;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.model.RegistryInfo.Network;
import io.keylesspull.azure.model.RegistryInfos;
import io.keylesspull.azure.model.ResourceListener;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.Fixture;
import io.keylesspull.azure.resource.Registries;
import io.keylesspull.practice.SetTime;
import io.keylesspull.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operations that go on after they were answered; minutes of waiting on a clock that jumps. */
@Timeout(60)
class LongOperationTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final String REGISTRY = "/registries/contoso";
    private static final String STATUS = "https://management.azure.com/operation/1?api-version=1";
    private static final RegistryInfo INFO = RegistryInfos.of(
            Fixture.GROUP + "/providers/Microsoft.ContainerRegistry/registries/contoso",
            "contoso",
            "rg",
            "eastus",
            "contoso.azurecr.io",
            "Basic",
            PermissionMode.LEGACY,
            Network.OPEN);

    private final ScriptedHttp http = new ScriptedHttp();
    private final Time time = new SetTime(START);

    @Test
    void anOperationIsAskedAsOftenAsTheServiceSaysUntilItHasEnded() throws Exception {
        begins(201, "Creating", Map.of("Azure-AsyncOperation", STATUS, "Retry-After", "90"));
        http.answer("GET", "/operation/1", 200, Map.of("Retry-After", "45"), "{\"status\": \"InProgress\"}");
        http.answer("GET", "/operation/1", 200, "{\"status\": \"Updating\"}");
        http.answer("GET", "/operation/1", 200, "{\"status\": \"Succeeded\"}");
        http.answer("GET", REGISTRY, 200, registry("Succeeded"));

        RegistryInfo made = create();

        assertThat(made.loginServer()).isEqualTo("contoso.azurecr.io");
        assertThat(waited()).isEqualTo(Duration.ofSeconds(90 + 45 + 1));
    }

    @Test
    void anOperationThatDoesNotSayWhenIsAskedSoonAndThenAtLongerIntervals() throws Exception {
        begins(201, "Creating", Map.of("Azure-AsyncOperation", STATUS));
        for (int poll = 0; poll < 6; poll++) {
            http.answer("GET", "/operation/1", 200, "{\"status\": \"Creating\"}");
        }
        http.answer("GET", "/operation/1", 200, "{\"status\": \"Succeeded\"}");
        http.answer("GET", REGISTRY, 200, registry("Succeeded"));

        create();

        assertThat(waited()).isEqualTo(Duration.ofSeconds(1 + 2 + 4 + 8 + 10 + 10 + 10));
    }

    @Test
    void theAddressThatTheLastAnswerGaveIsAskedNext() throws Exception {
        String signature = "&c=" + "c".repeat(4_000) + "&s=";
        begins(201, "Creating", Map.of("Azure-AsyncOperation", STATUS + signature + 1));
        http.answer(
                "GET",
                signature + 1,
                200,
                Map.of("Azure-AsyncOperation", STATUS + signature + 2),
                "{\"status\": \"Creating\"}");
        http.answer("GET", signature + 2, 200, "{\"status\": \"Succeeded\"}");
        http.answer("GET", REGISTRY, 200, registry("Succeeded"));

        assertThat(create().loginServer()).isEqualTo("contoso.azurecr.io");
    }

    @Test
    void ifAzureNamesNoOperationTheResourceItselfSaysWhenItIsReady() throws Exception {
        begins(201, "Creating", Map.of("Retry-After", "20"));
        http.answer("GET", REGISTRY, 200, Map.of("Retry-After", "30"), registry("Creating"));
        http.answer("GET", REGISTRY, 200, registry("Succeeded"));

        create();

        assertThat(http.seen()).hasSize(3);
        assertThat(waited()).isEqualTo(Duration.ofSeconds(20 + 1));
    }

    @Test
    void whatIsReadyAtOnceIsNotAskedFor() throws Exception {
        begins(201, "Succeeded", Map.of("Azure-AsyncOperation", STATUS));

        create();

        assertThat(http.seen()).hasSize(1);
        assertThat(waited()).isZero();
    }

    @Test
    void aResultAtALocationHeaderIsWaitedFor() throws Exception {
        http.answer(
                "POST", "/importImage", 202, Map.of("Location", "/result/1?api-version=1", "Retry-After", "0"), "null");
        http.answer("GET", "/result/1", 202, Map.of("Retry-After", "5"), "");
        http.answer("GET", "/result/1", 200, "");

        importImage();

        assertThat(http.seen())
                .extracting(ScriptedHttp.Seen::url)
                .contains("https://management.azure.com/result/1?api-version=1");
        assertThat(waited()).isEqualTo(Duration.ofSeconds(1 + 5));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Failed    | AllocationFailed          | no room   | SIZE_NOT_AVAILABLE
            Failed    | QuotaExceeded             | too many  | QUOTA_EXCEEDED
            Failed    | SkuNotAvailable           | not here  | SIZE_NOT_AVAILABLE
            Canceled  | OperationPreempted        | made way  | OTHER
            Canceled  | RequestDisallowedByPolicy | forbidden | POLICY_DENIED
            Cancelled | ScopeLocked               | locked    | LOCKED
            Canceled  | -                         | Canceled  | OTHER
            Failed    | -                         | Failed    | OTHER
            """)
    void aFailedOperationIsReportedWithItsOwnCodeAndMessage(String status, String code, String words, Kind kind)
            throws Exception {
        begins(201, "Creating", Map.of("Azure-AsyncOperation", STATUS));
        String error = ", \"error\": {\"code\": \"" + code + "\", \"message\": \"" + words + "\"}";
        http.answer(
                "GET", "/operation/1", 200, "{\"status\": \"" + status + "\"" + (code.equals("-") ? "" : error) + "}");

        AzureException e = fails(this::create);

        assertThat(e.kind()).isEqualTo(kind);
        assertThat(e.code()).isEqualTo(code.equals("-") ? status : code);
        assertThat(e).hasMessageContaining(words);
    }

    @Test
    void aResourceThatSaysThatItFailedIsNotTakenForMade() throws Exception {
        begins(201, "Failed", Map.of());

        AzureException e = fails(this::create);

        assertThat(e.kind()).isEqualTo(Kind.OTHER);
        assertThat(e.code()).isEqualTo("Failed");
    }

    @ParameterizedTest
    @CsvSource({"404, OPERATION_LOST", "403, FORBIDDEN", "400, INVALID", "410, NOT_FOUND"})
    void anOperationThatCanNoLongerBePolledIsReportedAsSuch(int status, Kind kind) throws Exception {
        begins(201, "Creating", Map.of("Azure-AsyncOperation", STATUS));
        http.answer(
                "GET",
                "/operation/1",
                status,
                "{\"error\": {\"code\": \"ResourceNotFound\", \"message\": \"Azure's words.\"}}"
                        .replace("ResourceNotFound", status == 404 ? "ResourceNotFound" : ""));

        AzureException e = fails(this::create);

        assertThat(e.kind()).isEqualTo(kind);
        assertThat(e.status()).isEqualTo(status);
        assertThat(e).hasMessageContaining("Azure's words.");
    }

    @Test
    void anOperationThatWentWithWhatItDeletedHasDoneItsWork() throws Exception {
        http.answer("DELETE", REGISTRY, 202, Map.of("Location", "/gone/1?api-version=1"), "");
        http.answer("GET", "/gone/1", 404, "{}");
        http.answer("GET", REGISTRY, 404, "{}");

        subscription().resources().delete(INFO.id());

        assertThat(http.seen()).hasSize(3);
    }

    @Test
    void aLostDeletionIsReportedWhileTheResourceIsThere() throws Exception {
        http.answer("DELETE", REGISTRY, 202, Map.of("Location", "/gone/1?api-version=1"), "");
        http.answer("GET", "/gone/1", 404, "{}");
        http.answer("GET", REGISTRY, 200, registry("Succeeded"));

        AzureException e = fails(() -> {
            subscription().resources().delete(INFO.id());
            return INFO;
        });

        assertThat(e.kind()).isEqualTo(Kind.OPERATION_LOST);
    }

    @Test
    void aServiceInTroubleWhileAnOperationGoesOnIsWaitedFor() throws Exception {
        begins(201, "Creating", Map.of("Azure-AsyncOperation", STATUS));
        http.answer("GET", "/operation/1", 503, "");
        http.answer("GET", "/operation/1", 429, Map.of("Retry-After", "120"), "");
        http.answer("GET", "/operation/1", 200, "{\"status\": \"Succeeded\"}");
        http.answer("GET", REGISTRY, 200, registry("Succeeded"));

        create();

        assertThat(waited()).isBetween(Duration.ofSeconds(121), Duration.ofSeconds(122));
    }

    @Test
    void whatSomebodyDeletedBeforeItCouldBeReadIsNotFound() throws Exception {
        begins(201, "Creating", Map.of("Azure-AsyncOperation", STATUS));
        http.answer("GET", "/operation/1", 200, "{\"status\": \"Succeeded\"}");
        http.answer("GET", REGISTRY, 404, "{\"error\": {\"code\": \"ResourceNotFound\", \"message\": \"gone\"}}");

        AzureException e = fails(this::create);

        assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(e).hasMessage("gone");
    }

    @ParameterizedTest
    @CsvSource({
        "https://evil.example/operation/1",
        "http://management.azure.com/operation/1",
        "//evil.example/1",
        "https://evilmanagement.azure.com/1",
        "nonsense://management.azure.com/1"
    })
    void theTokenIsShownToNobodyElse(String elsewhere) throws Exception {
        http.answer("POST", "/importImage", 202, Map.of("Location", elsewhere, "Azure-AsyncOperation", elsewhere), "");
        http.always("GET", "", 200, Map.of(), "{\"status\": \"Succeeded\"}");

        AzureException e = fails(this::importImage);

        assertThat(e.kind()).isEqualTo(Kind.OPERATION_LOST);
        assertThat(http.seen()).hasSize(1);
    }

    @Test
    void aRegionsOwnHostOfTheControlPlaneMayBeAsked() throws Exception {
        begins(201, "Creating", Map.of("Azure-AsyncOperation", "https://westeurope.management.azure.com/operation/1"));
        http.answer("GET", "https://westeurope.management.azure.com/operation/1", 200, "{\"status\": \"Succeeded\"}");
        http.answer("GET", REGISTRY, 200, registry("Succeeded"));

        create();

        assertThat(http.seen()).hasSize(3);
    }

    private interface Work {
        Object run() throws Exception;
    }

    private static AzureException fails(Work work) {
        AzureException e = catchThrowableOfType(AzureException.class, work::run);
        assertThat(e).as("what is thrown").isNotNull();
        return e;
    }

    private void begins(int status, String provisioning, Map<String, String> headers) {
        http.answer("PUT", REGISTRY, status, headers, registry(provisioning));
    }

    private RegistryInfo create() throws AzureException, InterruptedException {
        return registries().create("rg", "contoso", "eastus", "Basic", PermissionMode.LEGACY, ResourceListener.none());
    }

    private Object importImage() throws AzureException, InterruptedException {
        registries().importImage(INFO, "mcr.microsoft.com", "a:latest", "a:v1");
        return INFO;
    }

    private Registries registries() throws AzureException, InterruptedException {
        return subscription().registries();
    }

    private AzureSubscription subscription() throws AzureException, InterruptedException {
        return Fixture.account(http, time).subscription(Fixture.SUBSCRIPTION);
    }

    private Duration waited() {
        return Duration.between(START, time.now());
    }

    private static String registry(String provisioning) {
        return """
                {"id": "%s", "name": "contoso", "location": "eastus", "sku": {"name": "Basic"},
                 "properties": {"provisioningState": "%s",
                 "loginServer": "contoso.azurecr.io"}}""".formatted(INFO.id(), provisioning);
    }
}
