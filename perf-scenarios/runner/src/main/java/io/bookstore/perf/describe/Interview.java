package io.bookstore.perf.describe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks a person for what an OpenAPI document would tell. */
public final class Interview {

    private static final Set<String> OF_THE_SCRIPTS = Set.of("requestId", "refresh", "description");
    private static final Pattern braces = Pattern.compile("(?<!\\$)\\{(\\w+)}");

    private static final ObjectMapper json = new ObjectMapper();

    private final UnaryOperator<String> person;

    /** @param person answers a question; empty for the default */
    public Interview(UnaryOperator<String> person) {
        this.person = person;
    }

    /**
     * Asks for address, operation and the place of the text.
     *
     * @param baseUrl the address if the command line has it; null to ask for it
     * @throws PerfException if an answer cannot be used
     */
    public DescriptorDraft draft(@Nullable String baseUrl) {
        String address = baseUrl == null ? ask("Base URL", "http://localhost:8080") : baseUrl;
        URI uri = address(address);
        String method = ask("Method", "POST").toUpperCase(Locale.ROOT);
        String path = path(ask("Path, with {name} for a value that changes", "/"));
        JsonNode body = body(ask("Body as JSON, empty for none", ""));
        String text = ask("Path of the text in the answer, such as choices.0.message.content", "text");
        Map<String, JsonNode> item = new LinkedHashMap<>();
        braces.matcher(path + " " + body)
                .results()
                .map((MatchResult found) -> found.group(1))
                .distinct()
                .filter(name -> !OF_THE_SCRIPTS.contains(name))
                .forEach(name -> item.put(name, new TextNode(ask("Value of {" + name + "}", "example"))));
        DescriptorDraft.Operation summary = new DescriptorDraft.Operation(
                method, path, Map.of("X-Request-Id", "{requestId}"), body, null, 200, null);
        return new DescriptorDraft(
                "answers at the terminal",
                uri.getHost().matches("localhost|[\\d.]+") ? "service" : Names.slug(uri.getHost()),
                address.replaceAll("/+$", ""),
                Map.of(),
                null,
                item.isEmpty() ? List.of() : List.of(item),
                summary,
                null,
                Map.of("text", text),
                Map.of("health", DescriptorDraft.WITHOUT_HEALTH));
    }

    private String ask(String what, String standard) {
        String answer = person.apply(what + (standard.isEmpty() ? ": " : " [" + standard + "]: "))
                .strip();
        return answer.isEmpty() ? standard : answer;
    }

    private static URI address(String address) {
        try {
            URI uri = URI.create(address);
            if (uri.getHost() != null && String.valueOf(uri.getScheme()).startsWith("http")) {
                return uri;
            }
        } catch (IllegalArgumentException notAUri) {
            // Falls through to the sentence below.
        }
        throw new PerfException(
                ExitCode.USAGE,
                "The base URL must be an http or https URL such as http://localhost:8080, was \"" + address + "\".");
    }

    private static String path(String path) {
        if (!path.startsWith("/")) {
            throw new PerfException(ExitCode.USAGE, "The path must begin with /, was \"" + path + "\".");
        }
        return path;
    }

    private static @Nullable JsonNode body(String text) {
        try {
            return text.isEmpty() ? null : json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new PerfException(ExitCode.USAGE, "The body must be JSON: " + e.getOriginalMessage() + ".");
        }
    }
}
