package io.keylesspull.azure.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Azure refused a request, or could not be reached. The message is Azure's own and holds no secret. */
public final class AzureException extends Exception {

    private static final long serialVersionUID = 1;

    /**
     * The kinds of errors that the product treats differently. UNAVAILABLE: Azure, or one of its gateways, responds
     * that it is not available now. UNREACHABLE: there is no response. NO_BROWSER: the sign-in needs a browser and none
     * can be opened on this computer. OPERATION_LOST: Azure started an operation whose result can no longer be read.
     */
    public enum Kind {
        NOT_FOUND,
        CONFLICT,
        FORBIDDEN,
        NOT_SIGNED_IN,
        NO_BROWSER,
        QUOTA_EXCEEDED,
        SIZE_NOT_AVAILABLE,
        PRINCIPAL_NOT_FOUND,
        POLICY_DENIED,
        LOCKED,
        NAME_TAKEN,
        INVALID,
        THROTTLED,
        UNAVAILABLE,
        UNREACHABLE,
        NETWORK_DENIED,
        OPERATION_LOST,
        BUSY,
        OTHER
    }

    private final Kind kind;
    private final String code;
    private final int status;

    /**
     * @param code Azure's error code, such as {@code ResourceNotFound}; empty if there was none
     * @param status the HTTP status; 0 if there was no response
     */
    public AzureException(Kind kind, String code, int status, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.code = code;
        this.status = status;
    }

    /** Never null: empty if Azure gave no message. */
    @Override
    public String getMessage() {
        return Objects.requireNonNullElse(super.getMessage(), "");
    }

    public Kind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    public int status() {
        return status;
    }
}
