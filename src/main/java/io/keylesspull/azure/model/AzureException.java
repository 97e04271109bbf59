package io.keylesspull.azure.model;

import io.keylesspull.text.Text;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

    /**
     * What is wrong, for people, where the kind and the code do not say it.
     *
     * @param what what happened
     * @param meaning what that means
     * @param remedy what to do about it
     */
    public record Explanation(Text what, Text meaning, Text remedy) {

        /** The three messages of a key; they share their arguments. */
        public static Explanation of(String key, Object... arguments) {
            List<Object> all = List.of(arguments);
            return new Explanation(
                    new Text(key + ".what", all), new Text(key + ".meaning", all), new Text(key + ".remedy", all));
        }
    }

    /** The code of an operation that was not waited for any longer; not Azure's. */
    public static final String NOT_ENDED = "OperationNotEnded";

    private final Kind kind;
    private final String code;
    private final int status;
    private final transient @Nullable Explanation explanation;

    /**
     * @param code Azure's error code, such as {@code ResourceNotFound}; empty if there was none
     * @param status the HTTP status; 0 if there was no response
     */
    public AzureException(Kind kind, String code, int status, String message, @Nullable Throwable cause) {
        this(kind, code, status, message, null, cause);
    }

    private AzureException(
            Kind kind,
            String code,
            int status,
            String message,
            @Nullable Explanation explanation,
            @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.code = code;
        this.status = status;
        this.explanation = explanation;
    }

    /** A sign-in that failed on this computer. @param details the technical reason; may be empty */
    public static AzureException notSignedIn(Explanation why, String details, @Nullable Throwable cause) {
        return new AzureException(Kind.NOT_SIGNED_IN, "", 0, details, why, cause);
    }

    public Optional<Explanation> explanation() {
        return Optional.ofNullable(explanation);
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
