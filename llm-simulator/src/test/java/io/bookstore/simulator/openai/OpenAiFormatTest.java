package io.bookstore.simulator.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.simulator.RawHttp;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
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
    void modelsAreListed() throws Exception {
        assertThat(RawHttp.body(http.get("/v1/models")))
                .startsWith("{\"object\":\"list\",\"data\":[{\"id\":\"gpt-4o-mini\",\"object\":\"model\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /v1/chat/completions | {}                                          | you must provide a model parameter
            /v1/chat/completions | {"model":"m"}                               | Missing required parameter: 'messages'.
            /v1/chat/completions | {"model":"m","messages":{}}                 | Invalid type for 'messages': expected an array of objects.
            /v1/chat/completions | {"model":"m","messages":[]}                 | Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.
            /v1/chat/completions | {"model":"m","messages":[{"content":"x"}]}  | Missing required parameter: 'messages[0].role'.
            /v1/chat/completions | []                                          | The request body is not a JSON object
            /v1/embeddings       | {}                                          | you must provide a model parameter
            /v1/embeddings       | {"model":"m"}                               | 'input' must be a string or an array of 1 to 2048 strings.
            /v1/embeddings       | {"model":"m","input":"x","dimensions":0}    | Invalid 'dimensions': expected a value from 1 to 3072, but got 0 instead.
            """)
    void badRequestGetsOpenAisWords(String path, String body, String message) throws Exception {
        String answer = http.post(path, body);

        assertThat(answer).startsWith("HTTP/1.1 400 ");
        assertThat(RawHttp.body(answer))
                .isEqualTo("{\"error\":{\"message\":\"" + message
                        + "\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}");
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
