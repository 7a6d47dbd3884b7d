package io.bookstore.simulator.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.simulator.RawHttp;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Thoughts come back as they were sent, redacted ones too, and a turn has more than one only if they are interleaved with its
 * calls: https://platform.claude.com/docs/en/build-with-claude/thinking and thinking-tool-workflows.
 */
class AnthropicThinkingTest {

    private static final ObjectMapper json = new ObjectMapper();
    private static final String REDACTION = "ANTHROPIC_MAGIC_STRING_TRIGGER_REDACTED_THINKING_"
            + "46C9A13E193C177646C7398A98432ECCCE4C1253D5E2D82641AC0E52CC2876CB";
    private static final String INTERLEAVED = "anthropic-beta: interleaved-thinking-2025-05-14";
    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private static final RawHttp http = new RawHttp(server.baseUrl());

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void redactedThoughtIsOneBlockOfDataWithoutDeltas() throws Exception {
        String stream = RawHttp.body(http.post(
                "/v1/messages",
                request("claude-3-7-sonnet-20250219", REDACTION)
                        .put("stream", true)
                        .toString()));

        assertThat(stream)
                .containsPattern("event: content_block_start\n"
                        + "data: \\{\"type\":\"content_block_start\",\"index\":0,\"content_block\":"
                        + "\\{\"type\":\"redacted_thinking\",\"data\":\"EmwKAhgBEgy[A-Za-z0-9]{45}\"}}\n\n"
                        + "event: ping\ndata: \\{\"type\":\"ping\"}\n\n"
                        + "event: content_block_stop\ndata: \\{\"type\":\"content_block_stop\",\"index\":0}\n\n"
                        + "event: content_block_start\n"
                        + "data: \\{\"type\":\"content_block_start\",\"index\":1,\"content_block\":"
                        + "\\{\"type\":\"text\",\"text\":\"\"}}\n\n")
                .doesNotContain("thinking_delta", "signature_delta");
    }

    @Test
    void redactedThoughtOfAnOpenTurnCountsTheTokensItWasBilledFor() throws Exception {
        ObjectNode request = withTool(request("claude-3-7-sonnet-20250219", REDACTION));
        JsonNode first = answer(request);
        ObjectNode second = continued(request, first);
        int with = inputTokens(second);

        ((ArrayNode) second.at("/messages/1/content")).remove(0);
        second.remove("thinking");

        assertThat(first.at("/content/0/type").asText()).isEqualTo("redacted_thinking");
        assertThat(with - inputTokens(second)).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({"claude-sonnet-4-5, 0", "claude-haiku-4-5, 0", "claude-opus-4-5, 100"})
    void thoughtOfATurnThatIsOverCountsWhereTheModelKeepsIt(String model, int tokens) throws Exception {
        ObjectNode request = request(model, "Emma");
        ObjectNode second = next(request, answer(request), "Go on");
        int with = inputTokens(second);

        ((ArrayNode) second.at("/messages/1/content")).remove(0);

        assertThat(with - inputTokens(second)).isEqualTo(tokens);
    }

    @Test
    void turnThinksOnceUnlessItsThoughtsAreInterleaved() throws Exception {
        ObjectNode request = withTool(request("claude-sonnet-4-5", "Emma"));
        ObjectNode second = continued(request, answer(request));

        JsonNode plain = answer(second);
        server.reset();
        JsonNode interleaved = answer(second, INTERLEAVED);

        assertThat(plain.path("content").findValuesAsText("type")).containsExactly("text");
        assertThat(interleaved.path("content").findValuesAsText("type")).containsExactly("thinking", "text");
        assertThat(interleaved.at("/usage/output_tokens").asInt()
                        - plain.at("/usage/output_tokens").asInt())
                .isEqualTo(100);
    }

    @Test
    void adaptiveThinkingIsInterleavedWithoutTheHeader() throws Exception {
        ObjectNode request = withTool(request("claude-opus-4-6", "Emma"));
        request.putObject("thinking").put("type", "adaptive");

        JsonNode second = answer(continued(request, answer(request)));

        assertThat(second.path("content").findValuesAsText("type")).containsExactly("thinking", "text");
    }

    @Test
    void budgetOfInterleavedThoughtsMayBeMoreThanMaxTokens() throws Exception {
        ObjectNode request = withTool(request("claude-sonnet-4-5", "Emma")).put("max_tokens", 1_500);
        ((ObjectNode) request.path("thinking")).put("budget_tokens", 4_000);

        assertThat(http.post("/v1/messages", request.toString(), INTERLEAVED)).startsWith("HTTP/1.1 200 ");
        assertThat(refusal(request)).startsWith("`max_tokens` must be greater than `thinking.budget_tokens`.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            thinking  | I changed my mind | messages.1.content.0: `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified. These blocks must remain as they were in the original response.
            signature | made-up           | messages.1.content.0: Invalid `signature` in `thinking` block
            signature | EqQBCkYIARgCKkAAAAAAAAAAAAAAAAAAAAAAAAA-00000010000000000000 | messages.1.content.0: `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified. These blocks must remain as they were in the original response.
            """)
    void changedThoughtIsRefused(String key, String value, String message) throws Exception {
        ObjectNode request = request("claude-sonnet-4-5", "Emma");
        ObjectNode second = next(request, answer(request), "Go on");

        ((ObjectNode) second.at("/messages/1/content/0")).put(key, value);

        assertThat(refusal(second)).isEqualTo(message);
    }

    @Test
    void changedThoughtOfAnOlderAnswerHasAnInvalidSignature() throws Exception {
        ObjectNode request = request("claude-sonnet-4-5", "Emma");
        ObjectNode second = next(request, answer(request), "Go on");
        ObjectNode third = next(second, answer(second), "And then?");

        ((ObjectNode) third.at("/messages/1/content/0")).put("thinking", "Hm");

        assertThat(refusal(third)).isEqualTo("messages.1.content.0: Invalid `signature` in `thinking` block");
    }

    @Test
    void madeUpDataOfARedactedThoughtIsRefused() throws Exception {
        ObjectNode request = request("claude-sonnet-4-5", REDACTION);
        ObjectNode second = next(request, answer(request), "Go on");

        ((ObjectNode) second.at("/messages/1/content/0")).put("data", "nothing");

        assertThat(refusal(second)).isEqualTo("messages.1.content.0: Invalid `data` in `redacted_thinking` block");
    }

    @Test
    void thoughtAtTheEndOfAnAnswerIsRefused() throws Exception {
        ObjectNode request = request("claude-sonnet-4-5", "Emma");
        ObjectNode second = next(request, answer(request), "Go on");

        ((ArrayNode) second.at("/messages/1/content")).remove(1);

        assertThat(refusal(second))
                .isEqualTo("messages.1: The final block in an assistant message cannot be `thinking`.");
    }

    @Test
    void signatureOfTheRealProviderIsTakenAsItIs() throws Exception {
        ObjectNode request = request("claude-sonnet-4-5", "Emma");
        ObjectNode second = next(request, answer(request), "Go on");

        // From https://docs.claude.com/en/docs/build-with-claude/streaming.
        ((ObjectNode) second.at("/messages/1/content/0"))
                .put(
                        "signature",
                        "EqQBCgIYAhIM1gbcDa9GJwZA2b3hGgxBdjrkzLoky3dl1pkiMOYds"
                                + "EqQBCgIYAhIM1gbcDa9GJwZA2b3hGgxBdjrkzLoky3dl1pkiMOYds");

        assertThat(http.post("/v1/messages", second.toString())).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void budgetIsRefusedByAModelThatOnlyAdapts() throws Exception {
        assertThat(refusal(request("claude-opus-4-7", "Emma")))
                .isEqualTo("\"thinking.type.enabled\" is not supported for this model. Use"
                        + " \"thinking.type.adaptive\" and \"output_config.effort\" to control thinking behavior.");
    }

    /** The median of the profile is a hundred tokens of thoughts. */
    private static ObjectNode request(String model, String prompt) {
        ObjectNode request = json.createObjectNode().put("model", model).put("max_tokens", 3_000);
        request.putObject("thinking").put("type", "enabled").put("budget_tokens", 1_024);
        request.putArray("messages").addObject().put("role", "user").put("content", prompt);
        return request;
    }

    private static ObjectNode withTool(ObjectNode request) {
        request.putArray("tools")
                .addObject()
                .put("name", "rate_book")
                .putObject("input_schema")
                .put("type", "object");
        return request;
    }

    /** The request with its answer and a result of its call. */
    private static ObjectNode continued(ObjectNode request, JsonNode answer) {
        ObjectNode next = next(request, answer, "");
        ((ObjectNode) next.at("/messages/2"))
                .putArray("content")
                .addObject()
                .put("type", "tool_result")
                .put("tool_use_id", answer.at("/content/1/id").asText())
                .put("content", "thanks");
        return next;
    }

    private static ObjectNode next(ObjectNode request, JsonNode answer, String prompt) {
        ObjectNode next = request.deepCopy();
        ArrayNode messages = (ArrayNode) next.path("messages");
        messages.addObject()
                .put("role", "assistant")
                .set("content", answer.path("content").deepCopy());
        messages.addObject().put("role", "user").put("content", prompt);
        return next;
    }

    private static JsonNode answer(ObjectNode request, String... headers) throws IOException {
        String answer = http.post("/v1/messages", request.toString(), headers);
        assertThat(answer).startsWith("HTTP/1.1 200 ");
        return json.readTree(RawHttp.body(answer));
    }

    private static int inputTokens(ObjectNode request) throws IOException {
        return answer(request).at("/usage/input_tokens").asInt();
    }

    private static String refusal(ObjectNode request) throws IOException {
        String answer = http.post("/v1/messages", request.toString());
        assertThat(answer).startsWith("HTTP/1.1 400 ");
        return json.readTree(RawHttp.body(answer)).at("/error/message").asText();
    }
}
