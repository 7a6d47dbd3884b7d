package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.simulator.anthropic.AnthropicFormat;
import io.bookstore.simulator.bedrock.BedrockFormat;
import io.bookstore.simulator.gemini.GeminiFormat;
import io.bookstore.simulator.ollama.OllamaFormat;
import io.bookstore.simulator.openai.OpenAiFormat;
import io.bookstore.simulator.wire.Parameters;
import io.bookstore.simulator.wire.Parameters.Treatment;
import io.bookstore.simulator.wire.WireFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No parameter is dropped silently: it is honoured, checked, refused, or ignored as the provider does, and the page says which. */
class ParametersTest {

    private static final ObjectMapper json = new ObjectMapper();
    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private static final RawHttp http = new RawHttp(server.baseUrl());

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void tableOfThePageIsThatOfTheCode() throws Exception {
        List<WireFormat> formats = List.of(
                new AnthropicFormat(),
                OpenAiFormat.ofOpenAi(),
                new GeminiFormat(),
                new OllamaFormat(),
                new BedrockFormat());

        String table = formats.stream()
                .flatMap(format -> format.parameters().stream())
                .map(ParametersTest::section)
                .collect(Collectors.joining("\n"));

        assertThat(onOneLine(Files.readString(Path.of("docs/parameters.md")))).contains(onOneLine(table));
    }

    private static String onOneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static String section(Parameters parameters) {
        StringBuilder section = new StringBuilder("## " + parameters.title() + "\n\n");
        for (Treatment treatment : Treatment.values()) {
            String names = parameters.known().entrySet().stream()
                    .filter(each -> each.getValue() == treatment)
                    .map(Map.Entry::getKey)
                    .map(name -> name.contains(" ") ? name : "`" + name + "`")
                    .collect(Collectors.joining(", "));
            if (!names.isEmpty()) {
                section.append("* ")
                        .append(treatment.name().charAt(0))
                        .append(treatment.name().substring(1).toLowerCase(Locale.ROOT))
                        .append(": ")
                        .append(names)
                        .append('\n');
            }
        }
        return section.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /v1/messages | {"temperature":3} | temperature: range: 0..1
            /v1/messages | {"top_p":-1} | top_p: range: 0..1
            /v1/messages | {"stop_sequences":7} | stop_sequences: Input should be a valid list
            /v1/messages | {"model":"claude-3-5-haiku-latest","thinking":{"type":"enabled","budget_tokens":2000}} | thinking: this model does not support thinking.
            /v1/messages | {"thinking":{"type":"enabled","budget_tokens":1000}} | thinking.enabled.budget_tokens: Input should be greater than or equal to 1024
            /v1/messages | {"thinking":{"type":"enabled","budget_tokens":1024}} | `max_tokens` must be greater than `thinking.budget_tokens`. Please consult our documentation at https://docs.claude.com/en/docs/build-with-claude/extended-thinking#max-tokens-and-context-window-size
            /v1/messages | {"max_tokens":2000,"temperature":0.5,"thinking":{"type":"enabled","budget_tokens":1024}} | `temperature` may only be set to 1 when thinking is enabled. Please consult our documentation at https://docs.claude.com/en/docs/build-with-claude/extended-thinking#important-considerations-when-using-extended-thinking
            /v1/messages | {"max_tokens":2000,"tools":[{"name":"a","input_schema":{"type":"object"}}],"tool_choice":{"type":"any"},"thinking":{"type":"enabled","budget_tokens":1024}} | Thinking may not be enabled when tool_choice forces tool use.
            /v1/messages | {"max_tokens":2000,"thinking":{"type":"enabled","budget_tokens":1024},"messages":[{"role":"user","content":"a"},{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"n","input":{}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"b"}]}]} | messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`. When `thinking` is enabled, a final `assistant` message must start with a thinking block (preceeding the lastmost set of `tool_use` and `tool_result` blocks). We recommend you include thinking blocks from previous turns. To avoid this requirement, disable `thinking`. Please consult our documentation at https://docs.claude.com/en/docs/build-with-claude/extended-thinking
            /v1/messages | {"messages":[{"role":"user","content":"a"},{"role":"assistant","content":[{"type":"thinking","thinking":"hm"}]}]} | messages.1.content.0.thinking.signature: Field required
            /v1/messages | {"thinking":{"type":"adaptive"}} | adaptive thinking is not supported on this model
            /v1/messages | {"cache_control":{"type":"for ever"}} | cache_control.type: Input should be 'ephemeral'
            /v1/messages | {"speed":"fast"} | speed: this model does not support speed.
            /v1/messages | {"messages":[{"role":"user","content":[{"type":"wizard"}]}]} | messages.0.content.0: Input tag 'wizard' found using 'type' does not match any of the expected tags: 'bash_code_execution_tool_result', 'code_execution_tool_result', 'container_upload', 'document', 'image', 'mcp_tool_result', 'mcp_tool_use', 'redacted_thinking', 'search_result', 'server_tool_use', 'text', 'text_editor_code_execution_tool_result', 'thinking', 'tool_reference', 'tool_result', 'tool_search_tool_result', 'tool_use', 'web_fetch_tool_result', 'web_search_tool_result'
            /v1/chat/completions | {"prompt_cache_options":{"mode":"explicit"}} | Unsupported parameter: 'prompt_cache_options' is not supported with this model.
            /v1/chat/completions | {"stream":true,"stream_options":{"include_obfuscation":true}} | Unsupported parameter: 'stream_options.include_obfuscation' is not supported with this model.
            /v1/chat/completions | {"messages":[{"role":"user","content":[{"type":"wizard"}]}]} | Invalid value: 'wizard'. Supported values are: 'text', 'image_url', 'input_audio', 'refusal', 'audio', and 'file'.
            /v1/chat/completions | {"messages":[{"role":"user","content":[{"type":"input_audio"}]}]} | Unsupported value: 'input_audio' is not supported with this model.
            /v1/responses | {"text":{"verbosity":"low"}} | Unsupported parameter: 'text.verbosity' is not supported with this model.
            /v1/responses | {"input":[{"role":"user","content":[{"type":"text","text":"a"}]}]} | Invalid value: 'text'. Supported values are: 'input_text', 'input_image', 'output_text', 'refusal', 'input_file', 'computer_screenshot', and 'summary_text'.
            /model/amazon.nova-lite-v1%3A0/converse | {"additionalModelResponseFieldPaths":["stop"]} | The JSON Pointer 'stop' in additionalModelResponseFieldPaths is not valid.
            /v1/messages | {"thinking":{"type":"much"}} | thinking: Input tag 'much' found using 'type' does not match any of the expected tags: 'adaptive', 'disabled', 'enabled'
            /v1/messages | {"output_config":{"effort":"high"}} | This model does not support the effort parameter.
            /v1/messages | {"wizard":1} | wizard: Extra inputs are not permitted
            /v1/chat/completions | {"temperature":3} | Invalid 'temperature': decimal above maximum value. Expected a value <= 2, but got 3 instead.
            /v1/chat/completions | {"presence_penalty":-3} | Invalid 'presence_penalty': decimal below minimum value. Expected a value >= -2, but got -3 instead.
            /v1/chat/completions | {"stream":"yes"} | Invalid type for 'stream': expected a boolean, but got a string instead.
            /v1/chat/completions | {"stop":7} | Invalid type for 'stop': expected one of a string or array of strings, but got an integer instead.
            /v1/chat/completions | {"n":0} | Invalid 'n': integer below minimum value. Expected a value >= 1, but got 0 instead.
            /v1/chat/completions | {"logprobs":true,"top_logprobs":21} | Invalid 'top_logprobs': integer above maximum value. Expected a value <= 20, but got 21 instead.
            /v1/chat/completions | {"model":"o3","logprobs":true} | Unsupported parameter: 'logprobs' is not supported with this model.
            /v1/chat/completions | {"model":"o3","reasoning_effort":"minimal"} | Unsupported value: 'minimal' is not supported with this model. Supported values are: 'low', 'medium', and 'high'.
            /v1/chat/completions | {"reasoning_effort":"high"} | Unsupported parameter: 'reasoning_effort' is not supported with this model.
            /v1/chat/completions | {"wizard":1} | Unrecognized request argument supplied: wizard
            /v1/chat/completions | {"model":"gpt-5","max_tokens":9} | Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.
            /v1/chat/completions | {"model":"gpt-5","temperature":0.2} | Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.
            /v1/responses | {"wizard":1} | Unknown parameter: 'wizard'.
            /v1/responses | {"background":true,"store":false} | Background mode requires 'store' to be true.
            /v1/responses | {"background":"yes"} | Invalid type for 'background': expected a boolean, but got a string instead.
            /v1/responses | {"previous_response_id":7} | Invalid type for 'previous_response_id': expected a string, but got an integer instead.
            /v1/responses | {"conversation":7} | Invalid type for 'conversation': expected one of a string or object, but got an integer instead.
            /v1/responses | {"conversation":{}} | Missing required parameter: 'conversation.id'.
            /v1/responses | {"conversation":"chat_1"} | Invalid 'conversation': 'chat_1'. Expected an ID that begins with 'conv'.
            /v1/responses | {"conversation":"conv_1","previous_response_id":"resp_1"} | Mutually exclusive parameters: ''. Ensure you are only providing one of: 'pre..._id' or 'conversation'.
            /v1/responses | {"previous_response_id":"resp_1"} | Previous response with id 'resp_1' not found.
            /v1/responses | {"reasoning":{"effort":"high"}} | Unsupported parameter: 'reasoning.effort' is not supported with this model.
            /v1beta/models/gemini-2.5-flash:generateContent | {"generationConfig":{"temperature":3}} | * GenerateContentRequest.generation_config.temperature: temperature must be in the range [0.0, 2.0].
            /v1beta/models/gemini-2.5-flash:generateContent | {"generationConfig":{"candidateCount":9}} | * GenerateContentRequest.generation_config.candidate_count: candidate_count must be in the range [1, 8].
            /v1beta/models/gemini-2.5-pro:generateContent | {"generationConfig":{"thinkingConfig":{"thinkingBudget":0}}} | Budget 0 is invalid. This model only works in thinking mode.
            /v1beta/models/gemini-2.5-flash:generateContent | {"generationConfig":{"thinkingConfig":{"thinkingBudget":99999}}} | The thinking budget 99999 is invalid. Please choose a value between 0 and 24576.
            /v1beta/models/gemini-2.5-flash:generateContent | {"generationConfig":{"thinkingConfig":{"thinkingLevel":"HIGH"}}} | Thinking level is not supported for this model.
            /v1beta/models/gemini-2.5-flash:generateContent | {"wizard":1} | Invalid JSON payload received. Unknown name "wizard": Cannot find field.
            /api/chat | {"think":true} | "llama3.1:8b" does not support thinking
            /model/amazon.nova-lite-v1%3A0/converse | {"inferenceConfig":{"temperature":3}} | 1 validation error detected: Value '3' at 'inferenceConfig.temperature' failed to satisfy constraint: Member must have value less than or equal to 1
            /api/chat | {"model":"qwen3:8b","think":"hard"} | invalid think value: "hard" (must be "high", "medium", "low", true, or false)
            /model/amazon.nova-lite-v1%3A0/converse | {"additionalModelRequestFields":{"thinking":{"type":"enabled"}}} | Malformed input request: extraneous key [thinking] is not permitted, please reformat your input and try again.
            """)
    void parameterThatIsWrongOrNotDoneGetsTheProvidersWords(String path, String fields, String message)
            throws Exception {
        String answer = http.post(path, body(path, fields));

        JsonNode error = ToolRequest.read(answer);
        String told = error.path("error").isTextual()
                ? error.path("error").asText()
                : error.at("/error/message").asText(error.path("message").asText());
        assertThat(answer).as(answer).startsWith("HTTP/1.1 400 ");
        assertThat(told.strip()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /v1/messages | {"temperature":1,"top_k":5,"metadata":{"user_id":"a"},"thinking":{"type":"disabled"}}
            /v1/chat/completions | {"temperature":2,"n":1,"logprobs":false,"user":"a","seed":7,"metadata":null}
            /v1/chat/completions | {"model":"my-own-llama","min_p":0.1}
            /v1/responses | {"store":false,"include":["reasoning.encrypted_content"],"reasoning":null}
            /v1beta/models/gemini-2.5-flash:generateContent | {"generationConfig":{"temperature":2,"candidateCount":1,"seed":3},"safetySettings":[]}
            /api/chat | {"think":false,"wizard":1,"options":{"temperature":3}}
            /model/amazon.nova-lite-v1%3A0/converse | {"wizard":1,"requestMetadata":{"a":"b"}}
            """)
    void parameterThatAsksForNothingIsAccepted(String path, String fields) throws Exception {
        assertThat(http.post(path, body(path, fields))).startsWith("HTTP/1.1 200 ");
    }

    private static String body(String path, String fields) throws Exception {
        ObjectNode body = json.readTree(
                        switch (path) {
                            case "/v1/messages" ->
                                "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":10,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}";
                            case "/v1/chat/completions" ->
                                "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}";
                            case "/v1/responses" -> "{\"model\":\"gpt-4o\",\"input\":\"a\"}";
                            case "/api/chat" ->
                                "{\"model\":\"llama3.1:8b\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}";
                            default ->
                                path.startsWith("/v1beta")
                                        ? "{\"contents\":[{\"parts\":[{\"text\":\"a\"}]}]}"
                                        : "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"a\"}]}]}";
                        })
                .deepCopy();
        body.setAll((ObjectNode) json.readTree(fields));
        return body.toString();
    }
}
