package io.bookstore.simulator.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.bookstore.simulator.draw.Draws;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents drawn from a schema are valid by the validator of others, and the same for the same key. */
class JsonSchemaTest {

    /** The same cases in every build: what a new seed finds is the work of whoever changes it, not of a stranger. */
    private static final String SEED = "1";

    private static final ObjectMapper json = new ObjectMapper();
    private static final SchemaRegistry judge = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    @Property(tries = 1_000, seed = SEED, shrinking = ShrinkingMode.OFF)
    void everyDrawnDocumentIsValidAndTheSameForTheSameKey(@ForAll long seed) throws Exception {
        JsonNode schema = GeneratedSchema.of(seed);
        JsonSchema read = JsonSchema.read(schema);

        List<String> documents = IntStream.range(0, 5)
                .mapToObj(i -> read.draw(Draws.of(seed, "request", i).stream("document")))
                .toList();
        List<String> again = IntStream.range(0, 5)
                .parallel()
                .mapToObj(i ->
                        JsonSchema.read(GeneratedSchema.of(seed)).draw(Draws.of(seed, "request", i).stream("document")))
                .toList();

        for (String document : documents) {
            assertThat(judge.getSchema(schema).validate(json.readTree(document)))
                    .as("%s by %s", document, schema)
                    .isEmpty();
        }
        assertThat(again).isEqualTo(documents);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type":"string","minLength":5,"maxLength":3}               | #: minLength 5 is above maxLength 3
            {"type":"integer","minimum":2.1,"maximum":2.9}              | #: no integer is within its bounds
            {"properties":{"a":{"type":"text"}}}                        | #/properties/a: 'type' must be one of string, integer, number, boolean, object, array, null, was "text"
            {"type":"object","properties":{"a":false},"required":["a"]} | #/properties/a: no value is allowed here
            {"type":"string","pattern":"(?=a)b"}                        | #/pattern: no text can be drawn for '(?=a)b': lookarounds and flags are not supported
            {"type":"string","pattern":"["}                             | #/pattern: '[' is not a valid regular expression
            {"type":"number","minimum":1e999}                           | #: it has a number beyond 1e308
            {"not":{"type":"string"}}                                   | #: 'not' is not supported
            {"$ref":"https://example.com/book"}                         | #: '$ref' must point into the same schema (#/$defs/...), was "https://example.com/book"
            {"$ref":"#/$defs/a"}                                        | #: '$ref' points to #/$defs/a, which does not exist
            {"$ref":"#"}                                                | #: it refers to itself without an end
            {"type":"object","properties":{"a":{"$ref":"#"}},"required":["a"]} | #: it refers to itself without an end
            {"allOf":[{"type":"string"},{"type":"integer"}]}            | #: no type is left that all rules allow
            {"enum":["a"],"type":"integer"}                             | #: none of the values of enum is allowed by the rules beside it
            {"oneOf":[{"type":"string"},{"type":"string"}]}             | #: no value was found for exactly one of oneOf
            {"type":"array","minItems":3,"uniqueItems":true,"items":{"type":"boolean"}} | #: fewer different items were found than minItems 3
            {"type":"string","minLength":100001}                        | #: 'minLength' must be at most 100000, was 100001
            {"type":"object","required":["a","b"],"maxProperties":1}    | #: no object has 2 required members, minProperties 0 and maxProperties 1
            7                                                           | #: a schema must be an object or a boolean, was 7
            """)
    void schemaWithoutADocumentIsRefusedInOneSentence(String schema, String sentence) throws Exception {
        JsonNode node = json.readTree(schema);

        assertThatThrownBy(() -> JsonSchema.read(node))
                .isInstanceOf(SchemaException.class)
                .hasMessage(sentence);
    }

    @Test
    void schemaThatIsTooDeepIsRefused() {
        ObjectMapper mapper = json;
        JsonNode schema = mapper.createObjectNode().put("type", "string");
        for (int i = 0; i < 70; i++) {
            schema = mapper.createObjectNode()
                    .put("type", "array")
                    .put("minItems", i)
                    .set("items", schema);
        }
        JsonNode deep = schema;

        assertThatThrownBy(() -> JsonSchema.read(deep)).hasMessageEndingWith("it is nested deeper than 64 levels");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type":"object","properties":{"a":{"type":"string"}}}
            {"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}
            {"type":"object","additionalProperties":false}
            """)
    void brokenDocumentBreaksItsSchema(String schema) throws Exception {
        JsonSchema read = JsonSchema.read(json.readTree(schema));

        assertThat(read.accepts(json.readTree(read.drawBroken()))).isFalse();
    }

    @Test
    void numbersAreWrittenPlainly() throws Exception {
        JsonSchema schema = JsonSchema.read(json.readTree(
                "{\"type\":\"array\",\"minItems\":20,\"items\":{\"type\":\"number\",\"multipleOf\":1000}}"));

        assertThat(schema.draw(Draws.of(1, "plain", 1).stream("document"))).doesNotContain("E");
    }
}
