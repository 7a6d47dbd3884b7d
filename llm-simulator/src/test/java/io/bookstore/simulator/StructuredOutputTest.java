package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.journal.Attempt;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** An answer that has to be JSON is JSON, obeys the schema of the request, and is billed by its length. */
class StructuredOutputTest {

    private static final String SCHEMA = "{\"type\":\"object\",\"properties\":{\"title\":{\"type\":\"string\"},"
            + "\"rating\":{\"type\":\"integer\",\"enum\":[1,2,3]},\"tags\":{\"type\":\"array\",\"items\":{\"type\":"
            + "\"string\"}},\"shop\":{\"$ref\":\"#/$defs/shop\"}},\"required\":[\"title\",\"rating\",\"tags\",\"shop\"],"
            + "\"additionalProperties\":false,\"$defs\":{\"shop\":{\"type\":\"object\",\"properties\":{\"opened\":"
            + "{\"type\":\"string\",\"format\":\"date\"}},\"required\":[\"opened\"],\"additionalProperties\":false}}}";

    private static final ObjectMapper json = new ObjectMapper();
    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private static final RawHttp http = new RawHttp(server.baseUrl());

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void documentAndStreamObeyTheSchemaAndAreBilledByTheirLength(StructuredRequest format) throws Exception {
        String document = format.documentText(post(format, false, SCHEMA));
        Attempt one = last();
        String stream = format.streamText(post(format, true, SCHEMA));
        Attempt other = last();

        assertThat(violations(document)).as(document).isEmpty();
        assertThat(violations(stream)).as(stream).isEmpty();
        assertThat(Objects.requireNonNull(one.result().tokens()).output()).isEqualTo(Tokenizer.count(document));
        assertThat(Objects.requireNonNull(other.result().tokens()).output()).isEqualTo(Tokenizer.count(stream));
        assertThat(other.chunks().sent()).isBetween(2, Tokenizer.count(stream));
    }

    @ParameterizedTest
    @EnumSource
    void equalKeysGetEqualDocuments(StructuredRequest format) throws Exception {
        server.reset();
        String first = format.documentText(post(format, false, SCHEMA, "x-request-id: same"));
        server.reset();
        String second = format.documentText(post(format, false, SCHEMA, "x-request-id: same"));

        assertThat(second).isEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource
    void schemaWithoutADocumentIsRefusedByPathAndRule(StructuredRequest format) throws Exception {
        String answer = http.post(
                format.path(false),
                format.body(false, SCHEMA.replace("\"type\":\"integer\",\"enum\":[1,2,3]", "\"type\":\"decimal\"")));

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("#/properties/rating: 'type' must be one of ");
    }

    @ParameterizedTest
    @EnumSource
    void brokenDocumentIsNoJsonAndLooksWhole(StructuredRequest format) throws Exception {
        String whole = post(format, false, SCHEMA, "x-simulator-fault: broken-document");

        assertThat(format.documentText(whole)).startsWith("{").doesNotEndWith("}");
        assertThat(last().result().fault()).isEqualTo("broken-document");
        assertThat(RawHttp.body(whole)).contains(format.endOfItself());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /v1/chat/completions | {"type":"nope"} | Invalid value: 'nope'. Supported values are: 'json_object', 'json_schema', and 'text'. | response_format.type
            /v1/chat/completions | "json" | Invalid type for 'response_format': expected an object, but got a string instead. | response_format
            /v1/chat/completions | {"type":"json_schema"} | Missing required parameter: 'response_format.json_schema'. | response_format.json_schema
            /v1/chat/completions | {"type":"json_schema","json_schema":{"schema":{}}} | Missing required parameter: 'response_format.json_schema.name'. | response_format.json_schema.name
            /v1/chat/completions | {"type":"json_object"} | 'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'. | messages
            /v1/chat/completions | {"type":"json_schema","json_schema":{"name":"a","strict":true,"schema":{"type":"object"}}} | Invalid schema for response_format 'a': In context=(), 'additionalProperties' is required to be supplied and to be false. | response_format
            /v1/chat/completions | {"type":"json_schema","json_schema":{"name":"a","strict":true,"schema":{"type":"object","additionalProperties":false,"properties":{"b":{}}}}} | Invalid schema for response_format 'a': In context=(), 'required' is required to be supplied and to be an array including every key in properties. Missing 'b'. | response_format
            """)
    void badResponseFormatGetsOpenAisWords(String path, String format, String message, String parameter)
            throws Exception {
        String answer = http.post(
                path,
                "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}],\"response_format\":"
                        + format + "}");

        JsonNode error = json.readTree(RawHttp.body(answer)).path("error");
        assertThat(answer).startsWith("HTTP/1.1 400 ");
        assertThat(error.path("message").asText()).isEqualTo(message);
        assertThat(error.path("param").asText()).isEqualTo(parameter);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type":"object"} | output_config.format.schema: For 'object' type, 'additionalProperties' must be explicitly set to false
            {"type":"object","additionalProperties":true} | output_config.format.schema: For 'object' type, 'additionalProperties: true' is not supported. Please set 'additionalProperties' to false
            {"type":"integer","minimum":1,"maximum":2} | output_config.format.schema: For 'integer' type, properties maximum, minimum are not supported
            """)
    void schemaBeyondAnthropicsLimitsGetsItsWords(String schema, String message) throws Exception {
        String answer = post(StructuredRequest.ANTHROPIC, false, schema);

        assertThat(json.readTree(RawHttp.body(answer))
                        .path("error")
                        .path("message")
                        .asText())
                .isEqualTo(message);
    }

    @Test
    void documentBeyondMaxTokensIsCut() throws Exception {
        String answer = http.post(
                "/v1/messages",
                StructuredRequest.ANTHROPIC.body(false, SCHEMA).replace("\"max_tokens\":500", "\"max_tokens\":5"));

        assertThat(answer).contains("\"stop_reason\":\"max_tokens\"").contains("\"output_tokens\":5");
    }

    private static String post(StructuredRequest format, boolean streaming, String schema, String... headers)
            throws IOException {
        return http.post(format.path(streaming), format.body(streaming, schema), headers);
    }

    private static Attempt last() {
        return server.journal().attempts().get(server.journal().attempts().size() - 1);
    }

    private static List<Error> violations(String document) throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(json.readTree(SCHEMA))
                .validate(json.readTree(document));
    }
}
