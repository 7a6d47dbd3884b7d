package io.bookstore.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.bookstore.api.RunningStore;
import io.bookstore.api.SharedStore;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, sentences, problems, tags and bodies of every operation that is described. */
@ExtendWith(SharedStore.class)
class DescribedOperationsTest {

    private static Description description;

    @BeforeAll
    static void read(RunningStore store) {
        description = Description.of(store);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void operationHasANameASentenceAndTheProblemsOfEveryRoute(String name, JsonNode operation) {
        assertThat(operation.path("summary").asText()).as(name).endsWith(".");
        assertThat(operation.path("operationId").asText()).matches("[a-zA-Z]+");
        assertThat(operation.path("responses").fieldNames()).toIterable().contains("400", "414", "431", "500");
        operation.path("responses").properties().forEach(response -> {
            if (response.getKey().matches("[45].*") && !name.contains("/health")) {
                assertThat(response.getValue()
                                .at("/content/application~1problem+json/schema/$ref")
                                .asText())
                        .as(name + " " + response.getKey())
                        .isEqualTo("#/components/schemas/Problem");
            }
        });
    }

    @Test
    void operationsHaveNamesOfTheirOwn() {
        assertThat(description.operations().values().stream()
                        .map(operation -> operation.path("operationId").asText()))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void successIsDescribedFirst(String name, JsonNode operation) {
        assertThat(operation.path("responses").fieldNames().next()).as(name).matches("2..");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BookDraft", "AuthorDraft"})
    void bodyWhoseUnknownFieldsAreRefusedIsClosed(String schema) {
        assertThat(description.root().at("/components/schemas/" + schema + "/additionalProperties"))
                .isEqualTo(BooleanNode.FALSE);
    }

    @Test
    void everyTagIsDeclaredAndTheServerIsTheOneThatIsAsked() {
        List<String> declared = description.root().path("tags").findValuesAsText("name");

        assertThat(declared).doesNotHaveDuplicates().isNotEmpty();
        description
                .operations()
                .values()
                .forEach(operation -> operation
                        .path("tags")
                        .forEach(tag -> assertThat(declared).contains(tag.asText())));
        assertThat(description.root().at("/servers/0/url").asText()).isEqualTo("/");
    }

    static Stream<Arguments> operations() {
        return description.operations().entrySet().stream()
                .map(operation -> Arguments.of(operation.getKey(), operation.getValue()));
    }
}
