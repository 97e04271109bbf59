package io.keylesspull.azure.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.management.exception.ManagementError;
import com.azure.core.management.exception.ManagementException;
import com.azure.identity.CredentialUnavailableException;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.AzureException.Kind;
import io.keylesspull.azure.model.ResourceListener;
import io.keylesspull.azure.resource.Fixture;
import io.keylesspull.text.SecretTexts;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Exceptions;

class AzureErrorsTest {

    private final ScriptedHttp http = new ScriptedHttp();

    @Test
    void azuresCodeStatusAndWordsAreKept() throws Exception {
        http.answer("PUT", "/userAssignedIdentities/id1", 403, """
                {"error": {"code": "AuthorizationFailed", "message": "The client may not do it."}}""");

        AzureException e = catchThrowableOfType(
                AzureException.class,
                () -> Fixture.subscription(http).identities().create("rg", "id1", "eastus", ResourceListener.none()));

        assertThat(e.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(e.code()).isEqualTo("AuthorizationFailed");
        assertThat(e.status()).isEqualTo(403);
        assertThat(e).hasMessage("The client may not do it.");
    }

    @Test
    void aLongOperationsFailureIsReportedWithItsCode() throws Exception {
        String operation = "https://management.azure.com/operation/1?api-version=1";
        http.answer(
                "PUT",
                "/publicIPAddresses/",
                201,
                Map.of("Azure-AsyncOperation", operation, "Retry-After", "1"),
                "{\"properties\": {\"provisioningState\": \"Updating\"}}");
        for (String kind : new String[] {"networkInterfaces", "virtualNetworks", "networkSecurityGroups"}) {
            String id = Fixture.GROUP + "/providers/Microsoft.Network/" + kind + "/x";
            http.answer(
                    "GET",
                    "/" + kind + "/",
                    kind.equals("networkInterfaces") ? 404 : 200,
                    kind.equals("networkInterfaces") ? "{}" : "{\"id\": \"" + id + "\"}");
        }
        http.answer("GET", "/publicIPAddresses/", 404, "{}");
        http.answer("GET", "/operation/1", 200, """
                {"status": "Failed", "error": {"code": "QuotaExceeded", "message": "No more addresses."}}""");

        AzureException e = catchThrowableOfType(
                AzureException.class,
                () -> Fixture.subscription(http)
                        .networks()
                        .ensure("rg", "eastus", "vm1", Optional.of("*"), ResourceListener.none()));

        assertThat(e.kind()).isEqualTo(Kind.QUOTA_EXCEEDED);
        assertThat(e.code()).isEqualTo("QuotaExceeded");
        assertThat(e).hasMessage("No more addresses.");
    }

    @Test
    void whatIsMissingIsEmptyNotAnError() throws Exception {
        http.answer(
                "GET",
                "/resourcegroups/none",
                404,
                "{\"error\": {\"code\": \"ResourceGroupNotFound\", \"message\": \"no\"}}");

        assertThat(Fixture.subscription(http).resourceGroups().find("none")).isEmpty();
    }

    @Test
    void anInnerCodeTellsMoreThanAVagueOuterOne() {
        ManagementError error = error("""
                {"code": "DeploymentFailed", "message": "failed",
                 "details": [{"code": "SkuNotAvailable", "message": "no such size here"}]}""");

        AzureException e = AzureErrors.of(new ManagementException("failed", null, error));

        assertThat(e.kind()).isEqualTo(Kind.SIZE_NOT_AVAILABLE);
        assertThat(e.code()).isEqualTo("SkuNotAvailable");
    }

    @ParameterizedTest
    @CsvSource({
        "NicReservedForAnotherVm, 400, BUSY",
        "AnotherOperationInProgress, 409, BUSY",
        "ReferencedResourceNotProvisioned, 400, BUSY",
        "RetryableError, 429, BUSY",
        "NicInUse, 400, BUSY",
        "PublicIPAddressCannotBeDeleted, 400, BUSY",
        "InUseSubnetCannotBeDeleted, 400, BUSY",
        "ResourceGroupBeingDeleted, 409, BUSY",
        "AlreadyInUse, 409, NAME_TAKEN",
        "ScopeLocked, 409, LOCKED",
        "Conflict, 409, CONFLICT",
        "SubscriptionRequestsThrottled, 429, THROTTLED",
        "BadRequest, 400, INVALID"
    })
    void whatAzureRefusesForAWhileIsBusy(String code, int status, Kind kind) {
        assertThat(ErrorKinds.of(code, status, "no")).isEqualTo(kind);
    }

    @Test
    void aMachineThatIsMarkedForDeletionIsBusy() {
        assertThat(ErrorKinds.of(
                        "OperationNotAllowed",
                        409,
                        "Operation 'startTenantUpdate' is not allowed on VM 'a' "
                                + "since the VM is marked for deletion."))
                .isEqualTo(Kind.BUSY);
    }

    @Test
    void networkTroubleIsUnreachable() {
        assertThat(AzureErrors.of(Exceptions.propagate(new ConnectException("refused")))
                        .kind())
                .isEqualTo(Kind.UNREACHABLE);
        assertThat(AzureErrors.of(Exceptions.propagate(new TimeoutException("slow")))
                        .kind())
                .isEqualTo(Kind.UNREACHABLE);
        assertThat(AzureErrors.of(Exceptions.propagate(new UnknownHostException("nowhere.azurecr.io"))))
                .hasMessage("Unknown host: nowhere.azurecr.io");
        assertThat(AzureErrors.of(Exceptions.propagate(new EOFException("EOF reached while reading"))))
                .hasMessage("The connection was closed before the answer was complete");
    }

    @Test
    void aMissingTokenIsReportedInTheDirectorysWords() throws Exception {
        // By name: it comes with azure-identity, and is no dependency of the program's own.
        Throwable msal = (Throwable) Class.forName("com.microsoft.aad.msal4j.MsalClientException")
                .getConstructor(String.class, String.class)
                .newInstance("AADSTS70016: the code has expired", "x");
        AzureException refused = AzureErrors.of(
                new ClientAuthenticationException("Failed to acquire token with device code.", null, msal));

        assertThat(refused.kind()).isEqualTo(Kind.NOT_SIGNED_IN);
        assertThat(refused.code()).isEqualTo("AADSTS70016");
        assertThat(refused).hasMessage("the code has expired");
    }

    @Test
    void aCredentialThatCannotBeUsedIsNotSignedIn() {
        assertThat(AzureErrors.of(new CredentialUnavailableException("Azure CLI not installed"))
                        .kind())
                .isEqualTo(Kind.NOT_SIGNED_IN);
        AzureException refused = AzureErrors.of(new ClientAuthenticationException("AADSTS50020: no such user", null));
        assertThat(refused.kind()).isEqualTo(Kind.NOT_SIGNED_IN);
        assertThat(refused.code()).isEqualTo("AADSTS50020");
        assertThat(refused).hasMessage("no such user");
    }

    @Test
    void whatTheDirectoryAnswersItselfHasItsCodeOnce() {
        AzureException refused = AzureErrors.ofBody(
                401,
                JsonResponses.json("{\"error\": \"invalid_client\", \"error_description\": \"AADSTS7000215: Invalid"
                        + " client secret provided. Trace ID: 1\", \"error_codes\": [7000215]}"),
                "",
                null);

        assertThat(refused.code()).isEqualTo("AADSTS7000215");
        assertThat(refused).hasMessage("Invalid client secret provided. Trace ID: 1");
    }

    @Test
    void tokensDoNotGetIntoMessages() {
        AzureException e = AzureErrors.of(
                new IllegalStateException("got " + "eyJhbGciOi.eyJzdWIi.c2ln" + " and refresh_token=0.AbC-dEf&x=1"));

        assertThat(e.getMessage()).isEqualTo("got *** and refresh_token=***&x=1");
    }

    @ParameterizedTest
    @MethodSource("io.keylesspull.text.SecretTexts#byShape")
    void noShapeOfSecretGetsIntoMessages(String text) {
        String quoted = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        List<Throwable> thrown = List.of(
                new IllegalStateException(text),
                new ConnectException(text),
                new UnknownHostException(text),
                new CredentialUnavailableException(text),
                new ClientAuthenticationException(text, null),
                new ManagementException(text, null, error("{\"code\": \"X\", \"message\": \"" + quoted + "\"}")),
                new ManagementException(
                        "failed",
                        null,
                        error("{\"code\": \"DeploymentFailed\", \"message\": \"x\","
                                + " \"details\": [{\"code\": \"SkuNotAvailable\", \"message\": \"" + quoted
                                + "\"}]}")));
        assertThat(thrown)
                .allSatisfy(each -> assertThat(AzureErrors.of(each).getMessage())
                        .doesNotContain(SecretTexts.CORE)
                        .contains("***"));
    }

    private static ManagementError error(String json) {
        try (var reader = com.azure.json.JsonProviders.createReader(json)) {
            return ManagementError.fromJson(reader);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
