package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.latency.Agent;
import io.bookstore.simulator.latency.Decode;
import io.bookstore.simulator.latency.LatencyModel;
import io.bookstore.simulator.latency.OutputLength;
import io.bookstore.simulator.latency.Prefill;
import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.latency.Profiles;
import io.bookstore.simulator.latency.Reasoning;
import io.bookstore.simulator.latency.Serving;
import io.bookstore.simulator.latency.Stall;
import io.bookstore.simulator.limit.Limits;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reasoning comes before the answer, costs tokens and time, keeps to its budget, and is not there unless it is asked for. */
class ReasoningTest {

    private static final String CLAUDE = "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":3000,\"stream\":%s,%s"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}]}";
    private static final String THINKING = "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024},";
    private static final String GPT =
            "{\"model\":\"gpt-5\",%s\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}]}";

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

    @Test
    void sameKeyIsTheSameBytes() throws Exception {
        String first = ask("/v1/messages", CLAUDE.formatted(true, THINKING));
        server.reset();

        assertThat(ask("/v1/messages", CLAUDE.formatted(true, THINKING))).isEqualTo(first);
    }

    @Test
    void answerAfterReasoningIsTheOneWithoutIt() throws Exception {
        JsonNode plain = json(ask("/v1/messages", CLAUDE.formatted(false, "")));
        server.reset();
        JsonNode reasoned = json(ask("/v1/messages", CLAUDE.formatted(false, THINKING)));

        assertThat(reasoned.at("/content/1")).isEqualTo(plain.at("/content/0"));
        assertThat(reasoned.at("/usage/output_tokens").asInt())
                .isEqualTo(plain.at("/usage/output_tokens").asInt() + 100);
        assertThat(reasoned.at("/usage/input_tokens")).isEqualTo(plain.at("/usage/input_tokens"));
    }

    @ParameterizedTest
    @CsvSource({"low, 33", "medium, 100", "high, 300"})
    void effortScalesTheTokens(String effort, int tokens) throws Exception {
        String body = "{\"model\":\"o3\",\"input\":\"Emma\",\"reasoning\":{\"effort\":\"" + effort + "\"}}";

        JsonNode usage = json(ask("/v1/responses", body)).path("usage");

        assertThat(usage.at("/output_tokens_details/reasoning_tokens").asInt()).isEqualTo(tokens);
        assertThat(lastTokens()).isEqualTo(usage.path("output_tokens").asInt());
    }

    @Test
    void reasoningNeverExceedsItsBudget() throws Exception {
        server.behave(server.behaviour().withProfile(profile(0, new Reasoning(500, 2, 1, 1_000_000, 1, 0))));
        for (int i = 0; i < 200; i++) {
            JsonNode usage = json(http.post(
                            "/v1beta/models/gemini-2.5-flash:generateContent",
                            "{\"contents\":[{\"parts\":[{\"text\":\"Emma " + i
                                    + "\"}]}],\"generationConfig\":{\"thinkingConfig\":{\"thinkingBudget\":300}}}"))
                    .path("usageMetadata");

            assertThat(usage.path("thoughtsTokenCount").asInt()).isBetween(1, 300);
        }
    }

    @Test
    void reasoningThatTakesAllTokensLeavesNoText() throws Exception {
        JsonNode answer = json(ask(
                "/v1/chat/completions",
                GPT.formatted("\"reasoning_effort\":\"medium\",\"max_completion_tokens\":60,")
                        .replace("\"stream\":true", "\"stream\":false")));

        assertThat(answer.at("/choices/0/message/content").asText()).isEmpty();
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("length");
        assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(60);
        assertThat(answer.at("/usage/completion_tokens_details/reasoning_tokens")
                        .asInt())
                .isEqualTo(60);
    }

    @Test
    void hiddenReasoningIsTimeBeforeTheFirstTextAndShownReasoningIsNot() throws Exception {
        server.behave(server.behaviour().withProfile(profile(0.1, new Reasoning(100, 0, 1, 1_000, 0.2, 0))));

        ask("/v1/chat/completions", GPT.formatted("\"reasoning_effort\":\"medium\","));
        ask("/v1/messages", CLAUDE.formatted(true, THINKING));

        Attempt.Timing hidden = planned(0);
        Attempt.Timing shown = planned(1);
        assertThat(hidden.ttftMs()).isEqualTo(2 + 100 * 0.1);
        assertThat(shown.ttftMs()).isEqualTo(2);
        assertThat(shown.durationMs()).isGreaterThan(hidden.durationMs() - 0.5);
    }

    @ParameterizedTest
    @CsvSource({"zero, 0", "reasoning-class, 1"})
    void profileDecidesWhetherAModelReasonsUnasked(String profile, int least) throws Exception {
        server.behave(server.behaviour()
                .withProfile(profile(0, Profiles.named(profile).reasoning())));

        ask("/v1/chat/completions", GPT.formatted("\"stream_options\":{\"include_usage\":true},"));

        assertThat(lastTokens())
                .satisfies(tokens -> assertThat(tokens > 20 ? 1 : 0).isEqualTo(least));
    }

    @Test
    void limitsTakeTheTokensOfReasoningAndOfEveryAnswer() throws Exception {
        server.behave(
                server.behaviour().withLimits(Limits.requestsPerMinute(100).withOutputTokensPerMinute(10_000)));

        String three = ask(
                "/v1/chat/completions",
                "{\"model\":\"gpt-4o\",\"n\":3,\"max_tokens\":1000,\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}]}");

        assertThat(lastTokens())
                .isEqualTo(json(three).at("/usage/completion_tokens").asInt());
        assertThat(Objects.requireNonNull(
                                server.journal().attempts().get(0).result().buckets())
                        .outputTokens())
                .isBetween(6_900L, 7_100L);
    }

    @Test
    void firstOfSeveralAnswersIsTheOnlyOneOfOne() throws Exception {
        String body = "{\"model\":\"gpt-4o\",%s\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}]}";
        JsonNode one = json(ask("/v1/chat/completions", body.formatted("")));
        server.reset();
        JsonNode two = json(ask("/v1/chat/completions", body.formatted("\"n\":2,")));

        assertThat(two.at("/choices/0")).isEqualTo(one.at("/choices/0"));
        assertThat(two.path("choices")).hasSize(2);
    }

    @Test
    void probabilitiesOfAPlaceAddUpToLessThanOne() throws Exception {
        JsonNode answer = json(ask(
                "/v1/chat/completions",
                "{\"model\":\"gpt-4o\",\"logprobs\":true,\"top_logprobs\":20,"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}]}"));

        JsonNode tokens = answer.at("/choices/0/logprobs/content");
        assertThat(tokens)
                .hasSize(answer.at("/usage/completion_tokens").asInt())
                .allSatisfy(token -> {
                    double sum = 0;
                    for (JsonNode each : token.path("top_logprobs")) {
                        sum += Math.exp(each.path("logprob").doubleValue());
                    }
                    assertThat(sum).isBetween(0.5, 1.0);
                    assertThat(token.at("/top_logprobs/0/token")).isEqualTo(token.path("token"));
                });
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/messages, /stop_reason, refusal, refusal, pause_turn",
        "/v1/chat/completions, /choices/0/finish_reason, stop, content_filter, stop",
        "/v1/responses, /status, completed, incomplete, completed",
        "/v1beta/models/gemini-2.5-flash:generateContent, /candidates/0/finishReason, '', SAFETY, STOP",
        "/model/amazon.nova-lite-v1%3A0/converse, /stopReason, guardrail_intervened, content_filtered, end_turn",
        "/api/chat, /done_reason, stop, stop, stop"
    })
    void answerStopsForTheReasonOfItsFault(String path, String pointer, String refusal, String filter, String pause)
            throws Exception {
        for (Map.Entry<String, String> reason : Map.of(
                        "refusal", refusal, "content-filter", filter, "pause-turn", pause)
                .entrySet()) {
            String answer = http.post(path, body(path), "x-simulator-fault: " + reason.getKey());

            assertThat(answer).startsWith("HTTP/1.1 200 ");
            assertThat(json(answer).at(pointer).asText()).as(reason.getKey()).isEqualTo(reason.getValue());
        }
    }

    @Test
    void failureAfterAReasoningIsNumberedLikeTheNextEvent() throws Exception {
        String stream = http.post(
                "/v1/responses",
                "{\"model\":\"o3\",\"input\":\"Emma\",\"stream\":true,\"reasoning\":{\"summary\":\"auto\"}}",
                "x-simulator-fault: error-event:12");

        List<Integer> numbers = Pattern.compile("\"sequence_number\":([0-9]+)")
                .matcher(stream)
                .results()
                .map(number -> Integer.valueOf(number.group(1)))
                .toList();
        assertThat(stream).contains("response.output_text.delta", "event: error");
        assertThat(numbers).isEqualTo(IntStream.range(0, numbers.size()).boxed().toList());
    }

    private static String body(String path) {
        String messages = "\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}]}";
        return switch (path) {
            case "/v1/messages" -> "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":500," + messages;
            case "/v1/chat/completions" -> "{\"model\":\"gpt-4o\"," + messages;
            case "/v1/responses" -> "{\"model\":\"gpt-4o\",\"input\":\"Emma\"}";
            case "/api/chat" -> "{\"model\":\"qwen3:8b\",\"stream\":false," + messages;
            default ->
                path.startsWith("/v1beta")
                        ? "{\"contents\":[{\"parts\":[{\"text\":\"Emma\"}]}]}"
                        : "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Emma\"}]}]}";
        };
    }

    /** Twenty tokens after 2 ms. */
    private static Profile profile(double tokenMs, Reasoning reasoning) {
        return new Profile(
                "reasoning",
                new LatencyModel(new Prefill(2, 0, 0), new Decode(tokenMs, 0, 0, 4), new Stall(0, 0, 0)),
                new OutputLength(20, 0, 20, 20),
                Serving.UNLIMITED,
                Agent.ONE_TURN,
                reasoning,
                Map.of());
    }

    private static Attempt.Timing planned(int attempt) {
        return Objects.requireNonNull(server.journal().attempts().get(attempt).planned());
    }

    private static int lastTokens() {
        List<Attempt> attempts = server.journal().attempts();
        return Objects.requireNonNull(attempts.get(attempts.size() - 1).result().tokens())
                .output();
    }

    private static String ask(String path, String body) throws IOException {
        return http.post(path, body, "x-request-id: same");
    }

    private static JsonNode json(String answer) throws IOException {
        return ToolRequest.read(answer);
    }
}
