package io.bookstore.perf.describe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The secrets that an operation wants, as variables of the environment: none stands in a descriptor. */
final class Credentials {

    private final String prefix;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<String> query = new ArrayList<>();
    private final List<String> variables = new ArrayList<>();

    private Credentials(String service) {
        this.prefix = service.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** Reads the first of the alternatives that the operation, or else the document, takes; none if that is one of them. */
    static Credentials of(ApiOperation operation, String service) {
        Credentials credentials = new Credentials(service);
        OpenApiDocument document = operation.document();
        JsonNode alternatives =
                operation.node().has("security") ? operation.node().path("security") : document.at("security");
        for (JsonNode alternative : alternatives) {
            if (alternative.isEmpty()) {
                return credentials;
            }
        }
        alternatives
                .path(0)
                .fieldNames()
                .forEachRemaining(scheme -> credentials.add(document.at("components", "securitySchemes", scheme)));
        return credentials;
    }

    /** Headers with <code>${NAME}</code> in place of the secret. */
    Map<String, String> headers() {
        return headers;
    }

    /** Parts of the query such as <code>key=${NAME}</code>. */
    List<String> query() {
        return query;
    }

    /** The names of the variables. */
    List<String> variables() {
        return variables;
    }

    private void add(JsonNode scheme) {
        String name = scheme.path("name").asText();
        switch (scheme.path("type").asText()) {
            case "apiKey" -> addKey(name, scheme.path("in").asText());
            case "http" -> {
                boolean basic = scheme.path("scheme").asText().equalsIgnoreCase("basic");
                headers.put("Authorization", basic ? "Basic " + variable("_BASIC") : "Bearer " + variable("_TOKEN"));
            }
            case "oauth2", "openIdConnect" -> headers.put("Authorization", "Bearer " + variable("_TOKEN"));
            default -> {
                // A certificate of the client is no part of a request.
            }
        }
    }

    private void addKey(String name, String place) {
        String value = variable("_API_KEY");
        switch (place) {
            case "query" -> query.add(name + "=" + value);
            case "cookie" -> headers.merge("Cookie", name + "=" + value, (one, other) -> one + "; " + other);
            default -> headers.put(name, value);
        }
    }

    private String variable(String suffix) {
        String name = prefix + suffix;
        if (!variables.contains(name)) {
            variables.add(name);
        }
        return "${" + name + "}";
    }
}
