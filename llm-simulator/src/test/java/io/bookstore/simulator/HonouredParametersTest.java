package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Parameters that only some clients send, and that the answer follows. */
class HonouredParametersTest {

    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private static final RawHttp http = new RawHttp(server.baseUrl());

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void startOver() {
        server.reset();
    }

    /** https://docs.claude.com/en/docs/build-with-claude/prompt-caching: on the request, it marks the last block. */
    @Test
    void cacheControlOfAnAnthropicRequestKeepsAllOfItsPrompt() throws Exception {
        String body = "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":9,\"cache_control\":{\"type\":\"ephemeral\"},"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"" + "Emma Woodhouse, handsome ".repeat(400) + "\"}]}";

        String first = http.post("/v1/messages", body);
        String second = http.post("/v1/messages", body);

        assertThat(first).containsPattern("\"cache_creation_input_tokens\":[1-9]\\d{3}");
        assertThat(second).containsPattern("\"cache_read_input_tokens\":[1-9]\\d{3}");
    }

    /** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html. */
    @Test
    void bedrockTellsTheStopSequenceAndRepeatsHowItWasAsked() throws Exception {
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Emma\"}]}],"
                + "\"inferenceConfig\":{\"stopSequences\":[\"e\"]},"
                + "\"additionalModelResponseFieldPaths\":[\"/stop_sequence\",\"/unknown\"],"
                + "\"performanceConfig\":{\"latency\":\"optimized\"},\"serviceTier\":{\"type\":\"priority\"}}";

        String document = http.post("/model/anthropic.claude-3-haiku/converse", body);
        String stream = http.post("/model/anthropic.claude-3-haiku/converse-stream", body);
        String other = http.post("/model/amazon.nova-lite-v1%3A0/converse", body);

        assertThat(document)
                .contains("\"additionalModelResponseFields\":{\"stop_sequence\":\"e\"}")
                .contains("\"performanceConfig\":{\"latency\":\"optimized\"},\"serviceTier\":{\"type\":\"priority\"}}");
        assertThat(stream)
                .contains(
                        "{\"additionalModelResponseFields\":{\"stop_sequence\":\"e\"},\"stopReason\":\"stop_sequence\"}")
                .contains("\"serviceTier\":{\"type\":\"priority\"}}");
        assertThat(other).doesNotContain("additionalModelResponseFields");
    }
}
