package io.bookstore.simulator.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths find what RFC 9535 says, and a path beyond the supported part is refused. */
class JsonPathTest {

    private static final String DOCUMENT = """
            {"model":"m","a key":{"x":1},"messages":[{"role":"user","content":[{"text":"one"},{"text":"two"}]},
             {"role":"assistant","content":"three"}],"größe":5}""";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            $.model                       | "m"
            $['a key'].x                  | 1
            $["a key"]["x"]               | 1
            $.größe                       | 5
            $.messages[0].role            | "user"
            $.messages[-1].content        | "three"
            $.messages[*].role            | "user""assistant"
            $.messages[0].content.*.text  | "one""two"
            $..text                       | "one""two"
            $.messages..[0].text          | "one"
            $.messages[2].role            | ``
            $.messages[-3]                | ``
            $.model.name                  | ``
            $.model[0]                    | ``
            """)
    void pathFindsItsValues(String path, String values) throws Exception {
        StringBuilder found = new StringBuilder();
        for (JsonNode value : JsonPath.of(path).find(new ObjectMapper().readTree(DOCUMENT))) {
            found.append(value);
        }

        assertThat(found.toString()).isEqualTo(values);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "$a", "$.", "$..", "$...a", "$.a[", "$.a[1:2]", "$[?(@.a)]", "$[0,1]", "$.a b", "$['a]"
            })
    void otherPathsAreRefused(String path) {
        assertThatThrownBy(() -> JsonPath.of(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The JSON path \"" + path + "\" cannot be read; begin with $ ");
    }
}
