package io.bookstore.simulator.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.simulator.RawHttp;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiFormatTest {

    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private static final RawHttp http = new RawHttp(server.baseUrl());

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void documentHasTheFieldsOfACompletion() throws Exception {
        String answer = http.post("/v1/chat/completions", request("\"max_tokens\":5"));

        assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").containsPattern("x-request-id: req_01\\w{24}\r\n");
        assertThat(RawHttp.body(answer))
                .matches("\\{\"id\":\"chatcmpl-\\w{24}\",\"object\":\"chat.completion\",\"created\":\\d{10},"
                        + "\"model\":\"gpt-4o-mini\",\"choices\":\\[\\{\"index\":0,\"message\":\\{\"role\":\"assistant\","
                        + "\"content\":\"[^\"]+\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"length\"}],"
                        + "\"usage\":\\{\"prompt_tokens\":18,\"completion_tokens\":5,\"total_tokens\":23,"
                        + "\"prompt_tokens_details\":\\{\"cached_tokens\":0},"
                        + "\"completion_tokens_details\":\\{\"reasoning_tokens\":0}},"
                        + "\"system_fingerprint\":\"fp_simulator\"}");
    }

    @Test
    void streamOpensWithARoleAndEndsWithDone() throws Exception {
        String answer = http.post("/v1/chat/completions", request("\"max_tokens\":3,\"stream\":true"));

        assertThat(answer).contains("content-type: text/event-stream; charset=utf-8\r\n");
        String[] events = RawHttp.body(answer).split("\n\n");
        assertThat(events[0]).contains("\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}");
        assertThat(events[1]).contains("\"delta\":{\"content\":\"").contains("\"finish_reason\":null");
        assertThat(events[events.length - 2]).contains("\"delta\":{}", "\"finish_reason\":\"length\"");
        assertThat(events[events.length - 1]).isEqualTo("data: [DONE]");
        assertThat(answer).doesNotContain("\"usage\"");
    }

    @Test
    void usageIsStreamedOnlyToThoseWhoAskForIt() throws Exception {
        String answer = http.post(
                "/v1/chat/completions",
                request("\"max_tokens\":3,\"stream\":true,\"stream_options\":{\"include_usage\":true}"));

        String[] events = RawHttp.body(answer).split("\n\n");
        assertThat(events[1]).endsWith("\"usage\":null}");
        assertThat(events[events.length - 2])
                .contains("\"choices\":[],\"usage\":{\"prompt_tokens\":18,\"completion_tokens\":3,\"total_tokens\":21");
    }

    @Test
    void azuresPathNamesTheModel() throws Exception {
        String answer = http.post(
                "/openai/deployments/mine/chat/completions?api-version=2024-10-21",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}");

        assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").contains("\"model\":\"mine\"");
    }

    @Test
    void azureSpeaksAllOfItUnderItsOwnPaths() throws Exception {
        String chat = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";

        assertThat(http.post("/openai/v1/chat/completions", chat, "api-key: any"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(http.post("/openai/v1/responses", "{\"model\":\"m\",\"input\":\"Hello\"}"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(http.post("/openai/deployments/mine/embeddings?api-version=2024-10-21", "{\"input\":\"Emma\"}"))
                .startsWith("HTTP/1.1 200 ")
                .contains("\"model\":\"mine\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "null", textBlock = """
            /v1/chat/completions | {}                                          | you must provide a model parameter | null | null
            /v1/chat/completions | {"model":"m"}                               | Missing required parameter: 'messages'. | messages | missing_required_parameter
            /v1/chat/completions | {"model":"m","messages":{}}                 | Invalid type for 'messages': expected an array of objects. | messages | invalid_type
            /v1/chat/completions | {"model":"m","messages":[]}                 | Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead. | messages | empty_array
            /v1/chat/completions | {"model":"m","messages":[{"content":"x"}]}  | Missing required parameter: 'messages[0].role'. | messages[0].role | missing_required_parameter
            /v1/chat/completions | {"model":"m","max_tokens":0,"messages":[{"role":"user"}]} | Invalid 'max_tokens': integer below minimum value. Expected a value >= 1, but got 0 instead. | max_tokens | integer_below_min_value
            /v1/chat/completions | {"model":"gpt-4o","max_tokens":16385,"messages":[{"role":"user"}]} | max_tokens is too large: 16385. This model supports at most 16384 completion tokens, whereas you provided 16385. | max_tokens | invalid_value
            /v1/chat/completions | []                                          | The request body is not a JSON object | null | null
            /v1/embeddings       | {}                                          | you must provide a model parameter | null | null
            /v1/embeddings       | {"model":"m"}                               | 'input' must be a string or an array of tokens, or an array of 1 to 2048 of them; none may be empty. | input | invalid_value
            /v1/embeddings       | {"model":"m","input":["a",""]}              | 'input' must be a string or an array of tokens, or an array of 1 to 2048 of them; none may be empty. | input | invalid_value
            /v1/embeddings       | {"model":"m","input":[]}                    | 'input' must be a string or an array of tokens, or an array of 1 to 2048 of them; none may be empty. | input | invalid_value
            /v1/embeddings       | {"model":"m","input":["a",1]}               | 'input' must be a string or an array of tokens, or an array of 1 to 2048 of them; none may be empty. | input | invalid_value
            /v1/embeddings       | {"model":"m","input":"x","dimensions":0}    | Invalid 'dimensions': expected a value from 1 to 3072, but got 0 instead. | dimensions | invalid_value
            """)
    void badRequestGetsOpenAisWords(
            String path, String body, String message, @Nullable String parameter, @Nullable String code)
            throws Exception {
        String answer = http.post(path, body);

        assertThat(answer).startsWith("HTTP/1.1 400 ");
        assertThat(RawHttp.body(answer))
                .isEqualTo("{\"error\":{\"message\":\"" + message
                        + "\",\"type\":\"invalid_request_error\",\"param\":" + quoted(parameter) + ",\"code\":"
                        + quoted(code) + "}}");
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "null" : "\"" + text + "\"";
    }

    @Test
    void unknownModelOfEmbeddingsIsRefused() throws Exception {
        assertThat(http.post("/v1/embeddings", "{\"model\":\"unknown-3\",\"input\":\"x\"}"))
                .startsWith("HTTP/1.1 404 ")
                .contains("\"code\":\"model_not_found\"");
    }

    private static String request(String fields) {
        return "{\"model\":\"gpt-4o-mini\"," + fields
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Summarize \\\"Emma\\\" by Jane Austen\"}]}";
    }
}
