package io.bookstore.console.web;

import io.bookstore.console.traces.CallFilter;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parameters of a request; an unknown one is an error, since a misspelt filter would show everything. */
final class Query {

    static final Set<String> FILTER = Set.of("model", "service", "conversation", "error", "q");

    private final Map<String, String> values = new HashMap<>();

    /** @throws IllegalArgumentException in a sentence, for a parameter that is none of these or comes twice */
    Query(URI uri, Set<String> known) {
        String text = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (String parameter : text.split("&")) {
            if (parameter.isEmpty()) {
                continue;
            }
            int end = parameter.contains("=") ? parameter.indexOf('=') : parameter.length();
            String name = decoded(parameter.substring(0, end));
            if (!known.contains(name)) {
                throw new IllegalArgumentException("Unknown parameter \"" + name + "\": "
                        + (known.isEmpty()
                                ? "there is none here."
                                : "use " + String.join(", ", new TreeSet<>(known)) + "."));
            }
            String value = decoded(parameter.substring(Math.min(parameter.length(), end + 1)));
            if (values.put(name, value) != null) {
                throw new IllegalArgumentException("Parameter \"" + name + "\" comes twice.");
            }
        }
    }

    static Set<String> with(String... more) {
        return Stream.concat(FILTER.stream(), Stream.of(more)).collect(Collectors.toSet());
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    CallFilter filter() {
        return new CallFilter(text("model"), text("service"), text("conversation"), text("error"), text("q"));
    }

    /** Returns null for a parameter that is absent or empty, as a form sends it. */
    private @Nullable String text(String name) {
        String value = values.getOrDefault(name, "");
        return value.isEmpty() ? null : value;
    }

    /** @throws IllegalArgumentException in a sentence, if it is absent or empty */
    String required(String name) {
        String value = text(name);
        if (value == null) {
            throw new IllegalArgumentException("Parameter \"" + name + "\" is missing.");
        }
        return value;
    }

    /** @throws IllegalArgumentException in a sentence, if it is no whole number within the bounds */
    @Nullable
    Long number(String name, long lowest, long highest) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= lowest && number <= highest) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Falls through to the sentence below.
        }
        throw new IllegalArgumentException(
                name + " must be a whole number from " + lowest + " to " + highest + ", was \"" + value + "\".");
    }
}
