package io.keylesspull.azure.model;

/** Azure refused a request, or could not be asked. The message is Azure's own and holds no secret. */
public final class AzureException extends Exception {

    private static final long serialVersionUID = 1;

    /**
     * What kind of trouble, as far as the product treats kinds differently. UNAVAILABLE: Azure, or a gateway of its, says
     * that it cannot answer for now; UNREACHABLE: nobody answers. OPERATION_LOST: Azure began something and cannot be
     * asked any more what came of it.
     */
    public enum Kind {
        NOT_FOUND, CONFLICT, FORBIDDEN, NOT_SIGNED_IN, QUOTA_EXCEEDED, SIZE_NOT_AVAILABLE, PRINCIPAL_NOT_FOUND,
        POLICY_DENIED, LOCKED, NAME_TAKEN, INVALID, THROTTLED, UNAVAILABLE, UNREACHABLE, NETWORK_DENIED,
        OPERATION_LOST, OTHER
    }

    private final Kind kind;
    private final String code;
    private final int status;

    /**
     * @param code   Azure's error code, such as {@code ResourceNotFound}; empty where there was none
     * @param status the HTTP status; 0 where there was no answer
     */
    public AzureException(Kind kind, String code, int status, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.code = code;
        this.status = status;
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
