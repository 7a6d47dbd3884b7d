package io.bookstore.api.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/** The routes of the service, read from the OpenAPI document that it serves. */
final class ApiDescription {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private ApiDescription() {}

    /**
     * A route.
     *
     * @param path with names in braces
     * @param parameters of the query
     * @param statuses that it may answer with; {@code 4XX} for any of its class
     */
    record Operation(String method, String path, List<String> parameters, boolean takesBody, Set<String> statuses) {

        /** Returns whether the route declares that status, by itself or by its class. */
        boolean declares(int status) {
            return statuses.contains(String.valueOf(status)) || statuses.contains(status / 100 + "XX");
        }

        /** Returns whether the path fits this route: each name in braces stands for an id of 24 hexadecimal digits. */
        boolean isAt(String plainPath) {
            return plainPath.matches(Pattern.quote(path).replaceAll("\\{[^}]+}", "\\\\E[0-9a-f]{24}\\\\Q"));
        }
    }

    static List<Operation> of(PackagedService service) {
        Map<String, Map<String, Map<String, Object>>> document = new Yaml()
                .load(service.get("/swagger/bookstore-api.yml")
                        .assertStatus(200)
                        .body());
        Map<String, Map<String, Object>> paths = cast(document.getOrDefault("paths", Map.of()));
        List<Operation> operations = new ArrayList<>();
        paths.forEach((path, methods) -> methods.forEach((method, operation) -> {
            if (METHODS.contains(method)) {
                operations.add(operation(method, path, cast(operation)));
            }
        }));
        return operations;
    }

    private static Operation operation(String method, String path, Map<String, Object> operation) {
        List<Map<String, Object>> parameters = cast(operation.getOrDefault("parameters", List.of()));
        List<String> query = parameters.stream()
                .filter(parameter -> "query".equals(parameter.get("in")))
                .map(parameter -> String.valueOf(parameter.get("name")))
                .toList();
        Map<String, Object> responses = cast(operation.getOrDefault("responses", Map.of()));
        return new Operation(
                method.toUpperCase(java.util.Locale.ROOT),
                path,
                query,
                operation.containsKey("requestBody"),
                Set.copyOf(responses.keySet()));
    }

    /** A document has the shape that its standard says. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> T cast(Object value) {
        return (T) value;
    }
}
