package io.keylesspull.azure.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.azure.model.AzureException.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorKindsTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            ResourceNotFound,              404, The Resource was not found,                    NOT_FOUND
            ResourceGroupNotFound,         404, no group,                                      NOT_FOUND
            '',                            404, '',                                            NOT_FOUND
            SkuNotAvailable,               409, The requested size is not available,           SIZE_NOT_AVAILABLE
            ZonalAllocationFailed,         0,   Allocation failed,                             SIZE_NOT_AVAILABLE
            QuotaExceeded,                 409, exceeded,                                      QUOTA_EXCEEDED
            OperationNotAllowed,           409, exceeding approved Total Regional Cores quota, QUOTA_EXCEEDED
            OperationNotAllowed,           409, The VM is deallocated,                         CONFLICT
            PublicIPCountLimitReached,     400, Cannot create more than 3 public IP addresses, QUOTA_EXCEEDED
            PrincipalNotFound,             400, Principal does not exist,                      PRINCIPAL_NOT_FOUND
            RequestDisallowedByPolicy,     403, disallowed by policy,                          POLICY_DENIED
            ScopeLocked,                   409, the scope is locked,                           LOCKED
            AuthorizationFailed,           403, no authorization to perform action,            FORBIDDEN
            LinkedAuthorizationFailed,     403, linked,                                        FORBIDDEN
            '',                            403, '',                                            FORBIDDEN
            AlreadyInUse,                  409, The registry name is already in use,           NAME_TAKEN
            NameTaken,                     409, taken,                                         NAME_TAKEN
            RoleAssignmentExists,          409, exists,                                        CONFLICT
            RoleAssignmentUpdateNotPermitted, 400, may not be updated,                         CONFLICT
            Conflict,                      409, busy,                                          CONFLICT
            MissingSubscriptionRegistration, 409, not registered,                              CONFLICT
            InvalidParameter,              400, bad size,                                      INVALID
            TooManyRequests,               429, slow down,                                     THROTTLED
            '',                            429, '',                                            THROTTLED
            ExpiredAuthenticationToken,    401, expired,                                       NOT_SIGNED_IN
            '',                            401, '',                                            NOT_SIGNED_IN
            DENIED,                        403, client with IP '1.2.3.4' is not allowed access, NETWORK_DENIED
            DENIED,                        403, requested access to the resource is denied,    FORBIDDEN
            '',                            503, '',                                            UNAVAILABLE
            Strange,                       500, '',                                            OTHER
            """, quoteCharacter = '"')
    void eachCodeHasItsKind(String code, int status, String message, Kind kind) {
        String plainCode = "''".equals(code) ? "" : code;
        String plainMessage = "''".equals(message) ? "" : message;

        assertThat(ErrorKinds.of(plainCode, status, plainMessage)).isEqualTo(kind);
    }
}
