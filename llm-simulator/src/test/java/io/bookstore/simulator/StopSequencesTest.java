package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A text ends before the first stop sequence in it, with the provider's reason. */
class StopSequencesTest {

    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private static final RawHttp http = new RawHttp(server.baseUrl());

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /v1/messages | {"model":"claude-sonnet-4-5","max_tokens":500,"messages":[{"role":"user","content":"Emma"}]} | "stop_sequences":[HERE] | /content/0/text | "stop_reason":"stop_sequence","stop_sequence":HERE
            /v1/chat/completions | {"model":"gpt-4o","messages":[{"role":"user","content":"Emma"}]} | "stop":HERE | /choices/0/message/content | "finish_reason":"stop"
            /v1beta/models/gemini-2.5-flash:generateContent | {"contents":[{"parts":[{"text":"Emma"}]}]} | "generationConfig":{"stopSequences":[HERE]} | /candidates/0/content/parts/0/text | "finishReason":"STOP"
            /api/generate | {"model":"llama3.1:8b","stream":false,"prompt":"Emma"} | "options":{"stop":[HERE]} | /response | "done_reason":"stop"
            /model/amazon.nova-lite-v1%3A0/converse | {"messages":[{"role":"user","content":[{"text":"Emma"}]}]} | "inferenceConfig":{"stopSequences":[HERE]} | /output/message/content/0/text | "stopReason":"stop_sequence"
            """)
    void textEndsBeforeTheFirstOfThem(String path, String body, String field, String pointer, String reason)
            throws Exception {
        server.reset();
        String whole = text(http.post(path, body, "x-request-id: same"), pointer);
        String stop = whole.substring(40, 46);
        String quoted = new ObjectMapper().writeValueAsString(stop);

        server.reset();
        String stopped = http.post(
                path,
                body.substring(0, body.length() - 1) + "," + field.replace("HERE", quoted) + "}",
                "x-request-id: same");

        assertThat(text(stopped, pointer)).isEqualTo(whole.substring(0, whole.indexOf(stop)));
        assertThat(stopped).contains(reason.replace("HERE", quoted));
    }

    private static String text(String answer, String pointer) throws IOException {
        return new ObjectMapper().readTree(RawHttp.body(answer)).at(pointer).asText();
    }
}
