package io.keylesspull.practice.wire;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Selects requests. Each method returns a narrower matcher and leaves this one as it is. */
public final class RequestMatcher implements Predicate<Request> {

    private static final String POLLING = "/(operations|operationstatuses|operationresults)/";

    private final Predicate<Request> which;

    private RequestMatcher(Predicate<Request> which) {
        this.which = which;
    }

    /** @param host such as {@code management.azure.com}, {@code *.azurecr.io} for all below, or {@code *} for any */
    public static RequestMatcher to(String host) {
        String wanted = host.toLowerCase(Locale.ROOT);
        return new RequestMatcher(request -> {
            String asked =
                    Optional.ofNullable(request.uri().getHost()).orElse("").toLowerCase(Locale.ROOT);
            return wanted.startsWith("*") ? asked.endsWith(wanted.substring(1)) : asked.equals(wanted);
        });
    }

    /** The requests by which a client asks the control plane how an operation goes on. */
    public static RequestMatcher polling() {
        return to("management.azure.com").method("GET").path(POLLING);
    }

    /** @param method such as {@code PUT} */
    public RequestMatcher method(String method) {
        return narrowed(request -> request.method().equals(method));
    }

    /**
     * @param regex found anywhere in the path, without regard to case; the query does not belong to the path, and
     *     doubled slashes count as one
     */
    public RequestMatcher path(String regex) {
        Pattern pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
        return narrowed(request -> pattern.matcher(
                        Optional.ofNullable(request.uri().getPath()).orElse("").replaceAll("/{2,}", "/"))
                .find());
    }

    /** Only what practice machines send. */
    public RequestMatcher ofMachines() {
        return narrowed(RequestMatcher::isOfMachine);
    }

    /** Only what comes from outside the practice cloud. */
    public RequestMatcher ofClients() {
        return narrowed(request -> !isOfMachine(request));
    }

    static boolean isOfMachine(Request request) {
        return request.machine().isPresent();
    }

    private RequestMatcher narrowed(Predicate<Request> more) {
        return new RequestMatcher(which.and(more));
    }

    @Override
    public boolean test(Request request) {
        return which.test(request);
    }
}
