package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.bookstore.simulator.ToolRequest.Call;
import io.bookstore.simulator.latency.Agent;
import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.latency.Profiles;
import io.bookstore.simulator.simulation.Behaviour;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tools are called as the request allows, with arguments that obey their schema, until the loop ends. */
class ToolCallsTest {

    private static final ObjectMapper json = new ObjectMapper();
    private static final Behaviour plain = Behaviour.defaults().withProfile(Profiles.named("zero"));

    private final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withBehaviour(plain));
    private final RawHttp http = new RawHttp(server.baseUrl());

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void toolIsCalledOnceAndItsResultEndsTheLoop(ToolRequest format) throws Exception {
        String first = format.post(http, "", "");
        Call call = format.only(first);
        String second = format.post(http, "", format.history(call, "5 stars"));

        assertThat(call.name()).isIn("rate_book", "find_shop");
        assertThat(violations(call.arguments())).as(call.arguments()).isEmpty();
        assertThat(first).contains(format.finishReason());
        assertThat(format.calls(ToolRequest.read(second))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void choiceOfToolsIsFollowed(ToolRequest format) throws Exception {
        assumeTrue(!format.forced().isEmpty(), "Ollama has no choice of tools");
        String history = format.history(format.only(format.post(http, "", "")), "5 stars");

        assertThat(format.calls(ToolRequest.read(format.post(http, format.forced(), history))))
                .hasSize(1);
        for (int i = 0; i < 5; i++) {
            String named =
                    http.post(format.path(false), format.body(false, format.named(), ""), "x-request-id: named-" + i);
            assertThat(format.only(named).name()).isEqualTo("find_shop");
        }
        if (!format.none().isEmpty()) {
            assertThat(format.calls(ToolRequest.read(format.post(http, format.none(), ""))))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            OPENAI_CHAT      | ,"tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"required","tools":[{"type":"function","function":{"name":"find_shop"}}]}}
            OPENAI_RESPONSES | ,"tool_choice":{"type":"allowed_tools","mode":"auto","tools":[{"type":"function","name":"find_shop"}]}
            """)
    void onlyAllowedToolsAreCalled(ToolRequest format, String choice) throws Exception {
        for (int i = 0; i < 5; i++) {
            String answer = http.post(format.path(false), format.body(false, choice, ""), "x-request-id: allowed-" + i);
            assertThat(format.only(answer).name()).isEqualTo("find_shop");
        }
    }

    @Test
    void namedFunctionEndsWithStopInAChat() throws Exception {
        ToolRequest chat = ToolRequest.OPENAI_CHAT;

        assertThat(chat.post(http, chat.named(), "")).contains("\"finish_reason\":\"stop\"");
        assertThat(chat.post(http, chat.forced(), "")).contains("\"finish_reason\":\"tool_calls\"");
    }

    @Test
    void answersAreTheSameAloneAndAmongMany() {
        List<String> alone = IntStream.range(0, 60).mapToObj(this::answer).toList();
        server.reset();
        List<String> among =
                IntStream.range(0, 60).parallel().mapToObj(this::answer).toList();

        assertThat(among).isEqualTo(alone);
    }

    private String answer(int user) {
        try {
            ToolRequest format = ToolRequest.ANTHROPIC;
            return RawHttp.body(http.post(format.path(true), format.body(true, "", ""), "x-request-id: user-" + user));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void profileSaysHowManyTurnsALoopTakes(ToolRequest format) throws Exception {
        server.behave(with(new Agent(3, 0, 3, 3, 0)));

        assertThat(turns(format, "three")).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void drawnTurnsOfALoopAreTheSameInEveryRun(ToolRequest format) throws Exception {
        server.behave(with(new Agent(2, 0.8, 0, 5, 0)));

        List<Integer> turns = new ArrayList<>();
        List<Integer> again = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            turns.add(turns(format, "user-" + i));
        }
        server.reset();
        server.behave(with(new Agent(2, 0.8, 0, 5, 0)));
        for (int i = 11; i >= 0; i--) {
            again.add(0, turns(format, "user-" + i));
        }

        assertThat(turns).isEqualTo(again).allMatch(number -> number <= 5);
        assertThat(turns.stream().distinct().count()).isGreaterThan(1);
    }

    @ParameterizedTest
    @EnumSource
    void severalToolsAreCalledAtOnceWhereTheProfileSaysSo(ToolRequest format) throws Exception {
        server.behave(with(new Agent(1, 0, 1, 1, 1)));

        List<Call> calls = format.calls(ToolRequest.read(format.post(http, "", "")));

        assertThat(calls).hasSize(2);
        assertThat(calls)
                .allSatisfy(call -> assertThat(violations(call.arguments())).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            OPENAI_CHAT      | ,"parallel_tool_calls":false
            OPENAI_RESPONSES | ,"parallel_tool_calls":false
            ANTHROPIC        | ,"tool_choice":{"type":"auto","disable_parallel_tool_use":true}
            """)
    void switchForbidsSeveralAtOnce(ToolRequest format, String choice) throws Exception {
        server.behave(with(new Agent(1, 0, 1, 1, 1)));

        assertThat(format.calls(ToolRequest.read(format.post(http, choice, ""))))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void faultsSpoilTheCalls(ToolRequest format) throws Exception {
        Call bad = format.only(
                http.post(format.path(false), format.body(false, "", ""), "x-simulator-fault: bad-arguments"));
        Call unknown = format.only(
                http.post(format.path(false), format.body(false, "", ""), "x-simulator-fault: unknown-tool"));
        String history = format.history(format.only(format.post(http, "", "")), "5 stars");
        String endless =
                http.post(format.path(false), format.body(false, "", history), "x-simulator-fault: endless-loop");

        assertThat(violations(bad.arguments())).isNotEmpty();
        assertThat(unknown.name()).isEqualTo("unknown_tool");
        assertThat(format.calls(ToolRequest.read(endless))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /v1/messages | {"tools":"nonsense"} | tools: Input should be a valid list
            /v1/messages | {"tools":[{"name":"a"}]} | tools.0.custom.input_schema: Field required
            /v1/messages | {"tools":[{"name":"a b","input_schema":{"type":"object"}}]} | tools.0.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'
            /v1/messages | {"tools":[{"name":"a","input_schema":{"type":"string"}}]} | tools.0.custom.input_schema.type: Input should be 'object'
            /v1/messages | {"tools":[{"name":"a","input_schema":{"type":"object"}}],"tool_choice":{"type":"tool","name":"b"}} | Tool 'b' not found in provided tools
            /v1/messages | {"tool_choice":{"type":"any"}} | tool_choice may only be specified while providing tools.
            /v1/messages | {"messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":"b"}]}]} | messages.0.content.0: unexpected `tool_use_id` found in `tool_result` blocks: a. Each `tool_result` block must have a corresponding `tool_use` block in the previous message.
            /v1/messages | {"messages":[{"role":"user","content":"a"},{"role":"assistant","content":[{"type":"tool_use","id":"a","name":"b","input":{}}]},{"role":"user","content":"c"}]} | messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: a. Each `tool_use` block must have a corresponding `tool_result` block in the next message.
            /v1/chat/completions | {"tools":"nonsense"} | Invalid type for 'tools': expected an array of objects, but got a string instead.
            /v1/chat/completions | {"tools":[]} | Invalid 'tools': empty array. Expected an array with minimum length 1, but got an empty array instead.
            /v1/chat/completions | {"tools":[{"type":"function"}]} | Missing required parameter: 'tools[0].function'.
            /v1/chat/completions | {"tools":[{"type":"function","function":{"name":"a","parameters":{"type":"string"}}}]} | Invalid schema for function 'a': schema must be a JSON Schema of 'type: "object"', got 'type: "string"'.
            /v1/chat/completions | {"tool_choice":"auto"} | Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.
            /v1/chat/completions | {"tools":[{"type":"function","function":{"name":"a"}}],"tool_choice":"maybe"} | Invalid value: 'maybe'. Supported values are: 'none', 'auto', and 'required'.
            /v1/chat/completions | {"messages":[{"role":"tool","tool_call_id":"a","content":"b"}]} | Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.
            /v1/chat/completions | {"messages":[{"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"b","arguments":"{}"}}]},{"role":"user","content":"c"}]} | An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: a
            /v1/chat/completions | {"messages":[{"role":"wizard","content":"a"}]} | Invalid value: 'wizard'. Supported values are: 'system', 'assistant', 'user', 'function', 'tool', and 'developer'.
            /v1/responses | {"input":[{"type":"function_call_output","call_id":"a","output":"b"}]} | No tool call found for function call output with call_id a.
            /v1/responses | {"input":[{"type":"function_call","call_id":"a","name":"b","arguments":"{}"}]} | No tool output found for function call a.
            /v1/responses | {"tools":[{"type":"function","name":"a"}],"tool_choice":{"type":"function","name":"b"}} | Tool choice 'function' not found in 'tools' parameter: no function is named 'b'.
            /v1beta/models/gemini-2.5-flash:generateContent | {"tools":"nonsense"} | Invalid value at 'tools' (type.googleapis.com/google.ai.generativelanguage.v1beta.Tool), "nonsense"
            /v1beta/models/gemini-2.5-flash:generateContent | {"contents":[{"parts":[{"functionResponse":{"name":"a","response":{}}}]}]} | Please ensure that function response turn comes immediately after a function call turn.
            /api/chat | {"tools":"nonsense"} | json: cannot unmarshal string into Go struct field ChatRequest.tools of type api.Tools
            /model/amazon.nova-lite-v1%3A0/converse | {"toolConfig":{"tools":[]}} | 1 validation error detected: Value '[]' at 'toolConfig.tools' failed to satisfy constraint: Member must have length greater than or equal to 1
            /model/amazon.nova-lite-v1%3A0/converse | {"toolConfig":{"tools":[{"toolSpec":{"name":"a","inputSchema":{"json":{"type":"object"}}}}]},"messages":[{"role":"user","content":[{"toolResult":{"toolUseId":"a","content":[]}}]}]} | The number of toolResult blocks at messages.0.content exceeds the number of toolUse blocks of previous turn.
            """)
    void badToolsGetTheProvidersWords(String path, String fields, String message) throws Exception {
        JsonNode whole = json.readTree("{\"model\":\"" + (path.equals("/v1/messages") ? "claude-sonnet-4-5" : "gpt-4o")
                + "\",\"messages\":[{\"role\":\"user\",\"content\":"
                + (path.startsWith("/model/") ? "[{\"text\":\"a\"}]" : "\"a\"")
                + "}],\"max_tokens\":10,\"input\":\"a\","
                + "\"contents\":[{\"parts\":[{\"text\":\"a\"}]}]}");
        ObjectNode body = whole.deepCopy();
        body.setAll((ObjectNode) json.readTree(fields));
        body.retain(kept(path));

        String answer = http.post(path, body.toString());

        JsonNode error = ToolRequest.read(answer);
        String told = error.path("error").isTextual()
                ? error.path("error").asText()
                : error.at("/error/message").asText(error.path("message").asText());
        assertThat(answer).startsWith("HTTP/1.1 400 ");
        assertThat(told.strip()).isEqualTo(message);
    }

    private static List<String> kept(String path) {
        return switch (path) {
            case "/v1/messages" -> List.of("model", "messages", "max_tokens", "tools", "tool_choice");
            case "/v1/chat/completions" -> List.of("model", "messages", "tools", "tool_choice");
            case "/v1/responses" -> List.of("model", "input", "tools", "tool_choice");
            case "/api/chat" -> List.of("model", "messages", "tools");
            default -> path.startsWith("/v1beta") ? List.of("contents", "tools") : List.of("messages", "toolConfig");
        };
    }

    private static Behaviour with(Agent agent) {
        Profile zero = Profiles.named("zero");
        return plain.withProfile(
                new Profile("agent", zero.latency(), zero.outputLength(), zero.serving(), agent, Map.of()));
    }

    private int turns(ToolRequest format, String user) throws IOException {
        String history = "";
        for (int turn = 0; turn < 10; turn++) {
            String answer = http.post(
                    format.path(false), format.body(false, "", history), "x-request-id: " + user + "-" + turn);
            List<Call> calls = format.calls(ToolRequest.read(answer));
            if (calls.isEmpty()) {
                return turn;
            }
            history += format.history(calls.get(0), "5 stars");
        }
        return 10;
    }

    private static List<Error> violations(String arguments) throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(json.readTree(ToolRequest.SCHEMA))
                .validate(json.readTree(arguments));
    }
}
