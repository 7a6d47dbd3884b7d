package io.bookstore.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.bookstore.api.RunningStore;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client that knows nothing but the OpenAPI document, and reads it as the clients of openapi-generator do. It takes no
 * answer that is not described to the last member.
 */
final class GeneratedClient {

    /** The generators, by the {@code Accept} that their clients send. */
    enum Generator {
        /** Accepts the first JSON type among the answers, in the order of the document, else the first type. */
        PYTHON,
        /** Accepts anything, by sending no such header. */
        TYPESCRIPT,
        /** Accepts all types of the answers, the first JSON type before the others. */
        JAVA
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RunningStore store;
    private final JsonNode description;
    private final DescribedShape shape;
    private final Generator generator;

    GeneratedClient(RunningStore store, JsonNode description, Generator generator) {
        this.store = store;
        this.description = description;
        this.shape = new DescribedShape(description);
        this.generator = generator;
    }

    /**
     * Calls an operation.
     *
     * @param name method and path
     * @param values of the parameters, by name; an absent one that is required is an error
     * @param body null for none
     */
    HttpResponse<String> call(String name, JsonNode operation, Map<String, String> values, @Nullable JsonNode body) {
        String method = name.substring(0, name.indexOf(' '));
        List<String> headers = new ArrayList<>();
        String accept = accept(operation.path("responses"));
        if (accept != null) {
            headers.addAll(List.of("Accept", accept));
        }
        if (body != null) {
            String mediaType = operation.at("/requestBody/content").fieldNames().next();
            shape.assertHolds(
                    name,
                    body,
                    operation.at("/requestBody/content").path(mediaType).path("schema"));
            headers.addAll(List.of("Content-Type", mediaType));
        }
        HttpResponse<String> answer = store.send(
                method,
                target(name.substring(name.indexOf(' ') + 1), operation, values),
                body == null ? "" : body.toString(),
                headers.toArray(String[]::new));
        assertUnderstood(name, operation.path("responses"), answer);
        return answer;
    }

    private String target(String path, JsonNode operation, Map<String, String> values) {
        assertThat(description.at("/servers/0/url").asText()).isEqualTo("/");
        StringBuilder query = new StringBuilder();
        String target = path;
        for (JsonNode parameter : operation.path("parameters")) {
            String name = parameter.path("name").asText();
            String value = values.get(name);
            assertThat(value != null || !parameter.path("required").asBoolean())
                    .as(path + " needs " + name)
                    .isTrue();
            if (value != null && parameter.path("in").asText().equals("path")) {
                target = target.replace("{" + name + "}", value);
            } else if (value != null) {
                query.append(query.isEmpty() ? "?" : "&")
                        .append(name)
                        .append("=")
                        .append(value);
            }
        }
        return target + query;
    }

    private @Nullable String accept(JsonNode responses) {
        Set<String> types = new LinkedHashSet<>();
        responses.forEach(response -> response.path("content").fieldNames().forEachRemaining(types::add));
        if (generator == Generator.TYPESCRIPT || types.isEmpty()) {
            return null;
        }
        String preferred = types.stream()
                .filter(type -> type.toLowerCase(Locale.ROOT).contains("json"))
                .findFirst()
                .orElse(types.iterator().next());
        if (generator == Generator.JAVA) {
            types.remove(preferred);
            return types.isEmpty() ? preferred : preferred + "," + String.join(",", types);
        }
        return preferred;
    }

    private void assertUnderstood(String name, JsonNode responses, HttpResponse<String> answer) {
        String status = String.valueOf(answer.statusCode());
        JsonNode response = responses.path(responses.has(status) ? status : status.charAt(0) + "XX");
        assertThat(response.isObject()).as(name + " " + status).isTrue();
        JsonNode content = response.path("content");
        if (content.isEmpty()) {
            assertThat(answer.body()).as(name + " " + status).isEmpty();
            return;
        }
        String mediaType =
                answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
        assertThat(content.has(mediaType))
                .as(name + " " + status + " " + mediaType)
                .isTrue();
        shape.assertHolds(
                name, body(mediaType, answer.body()), content.path(mediaType).path("schema"));
    }

    private static JsonNode body(String mediaType, String text) {
        try {
            return mediaType.endsWith("json") ? JSON.readTree(text) : TextNode.valueOf(text);
        } catch (IOException e) {
            throw new AssertionError("No JSON: " + text, e);
        }
    }
}
