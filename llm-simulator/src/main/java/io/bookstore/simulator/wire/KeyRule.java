package io.bookstore.simulator.wire;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The places in which a provider looks for a key. Any key will do, none will not.
 *
 * @param headers       any of which may carry it
 * @param queryPrefixes any of which may begin a parameter of the query that carries it
 * @param refusal       the sentence for a request without one
 */
public record KeyRule(List<String> headers, List<String> queryPrefixes, String refusal) {

    /** The rule of a provider that asks for no key. */
    public static final KeyRule NONE = new KeyRule(List.of(), List.of(), "");

    private static final String BEARER = "Bearer";

    public KeyRule {
        headers = List.copyOf(headers);
        queryPrefixes = List.copyOf(queryPrefixes);
    }

    /** @param header the value of a header, null if there is none */
    public boolean isMet(Function<String, @Nullable String> header, String query) {
        return refusal.isEmpty()
                || headers.stream().anyMatch(name -> isKey(header.apply(name)))
                || queryPrefixes.stream().anyMatch(prefix -> ("&" + query).contains("&" + prefix));
    }

    private static boolean isKey(@Nullable String value) {
        return value != null && !value.isBlank() && !value.strip().equals(BEARER);
    }
}
