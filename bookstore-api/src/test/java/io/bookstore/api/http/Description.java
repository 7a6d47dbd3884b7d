package io.bookstore.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.api.RunningStore;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.yaml.snakeyaml.Yaml;

/** The description that a service serves. */
record Description(JsonNode root) {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    static Description of(RunningStore store) {
        HttpResponse<String> answer = store.get("/swagger/bookstore-api.yml");
        assertThat(answer.statusCode()).isEqualTo(200);
        return new Description(new ObjectMapper().valueToTree(new Yaml().load(answer.body())));
    }

    /** The operations by method and path, such as {@code GET /api/v1/Books}. */
    Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = new LinkedHashMap<>();
        root.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .forEach(operation -> operations.put(
                                operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                operation.getValue())));
        return operations;
    }

    JsonNode operation(String name) {
        return Objects.requireNonNull(operations().get(name), name);
    }
}
