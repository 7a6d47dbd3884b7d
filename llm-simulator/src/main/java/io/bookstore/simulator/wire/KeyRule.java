package io.bookstore.simulator.wire;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
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
                || headers.stream().anyMatch(name -> !bare(header.apply(name)).isEmpty())
                || queryPrefixes.stream().anyMatch(prefix -> ("&" + query).contains("&" + prefix));
    }

    /**
     * The key of a request, without the word that goes before it; empty if there is none.
     *
     * @param header the value of a header, null if there is none
     */
    public String key(Function<String, @Nullable String> header, String query) {
        // A provider that asks for none may stand behind a gateway that does.
        Stream<String> inHeaders = (headers.isEmpty() ? List.of("authorization") : headers)
                .stream().map(name -> bare(header.apply(name)));
        Stream<String> inQuery = Arrays.stream(query.split("&"))
                .flatMap(parameter -> queryPrefixes.stream()
                        .filter(parameter::startsWith)
                        .map(prefix -> parameter.substring(prefix.length())));
        return Stream.concat(inHeaders, inQuery)
                .filter(key -> !key.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String bare(@Nullable String value) {
        String stripped = value == null ? "" : value.strip();
        return stripped.startsWith(BEARER) ? stripped.substring(BEARER.length()).strip() : stripped;
    }
}
