package io.bookstore.api.http.idempotency;

import io.bookstore.api.http.problem.ProblemException;
import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpRequest;
import java.security.Principal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client's name for one creation, from the header {@code Idempotency-Key}
 * (draft-ietf-httpapi-idempotency-key-header-07).
 *
 * @param scope the client and the address, for which alone the value holds
 */
record IdempotencyKey(String scope, String value) {

    static final String HEADER = "Idempotency-Key";

    // The draft asks for a quoted string; nearly every client sends a bare UUID. Both mean the same.
    private static final Pattern VALUE =
            Pattern.compile("\"([\\x20\\x21\\x23-\\x7E]{1,255})\"|([\\x21\\x23-\\x7E]{1,255})");

    /**
     * The key of the request; null if it has none.
     *
     * @throws ProblemException if it has several, or one that is malformed
     */
    static @Nullable IdempotencyKey of(HttpRequest<?> request) {
        List<String> values = request.getHeaders().getAll(HEADER);
        if (values.isEmpty()) {
            return null;
        }
        Matcher value = VALUE.matcher(values.get(0));
        if (values.size() > 1 || !value.matches()) {
            throw ProblemException.invalidParameter(
                    HEADER, "must be one text of 1 to 255 printable ASCII characters without quotes inside");
        }
        String client = request.getUserPrincipal().map(Principal::getName).orElse("");
        return new IdempotencyKey(
                client + "\n" + address(request), value.group(1) == null ? value.group(2) : value.group(1));
    }

    /** The address of the route: a path with a slash at its end is the same one. */
    private static String address(HttpRequest<?> request) {
        return BasicHttpAttributes.getUriTemplate(request).orElse(request.getPath());
    }
}
