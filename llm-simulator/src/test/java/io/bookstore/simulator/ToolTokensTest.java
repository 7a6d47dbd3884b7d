package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.ToolRequest.Call;
import io.bookstore.simulator.latency.Profiles;
import io.bookstore.simulator.simulation.Behaviour;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Definitions, calls and results of tools are billed, cached and in the journal as the words of a prompt are. */
class ToolTokensTest {

    private static final String WORDS = "word ".repeat(2_000);
    private static final Behaviour plain = Behaviour.defaults().withProfile(Profiles.named("zero"));

    private final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withBehaviour(plain));
    private final RawHttp http = new RawHttp(server.baseUrl());

    @AfterEach
    void stop() {
        server.close();
    }

    // Issue 21: tool traffic counted nothing.
    @ParameterizedTest
    @EnumSource
    void definitionsCallsAndResultsAreBilledAndInTheJournal(ToolRequest format) throws Exception {
        Call call = format.only(format.post(http, "", ""));
        int before = input(format, format.post(http, "", format.history(call, "5 stars")));
        int after = input(format, format.post(http, "", format.history(call, WORDS)));

        assertThat(after - before).isBetween(1_990, 2_010);
        await().atMost(2, TimeUnit.MINUTES)
                .untilAsserted(() -> assertThat(server.journal().attempts())
                        .last()
                        .satisfies(attempt -> assertThat(
                                        Objects.requireNonNull(attempt.result().tokens())
                                                .input())
                                .isEqualTo(after)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            OPENAI_CHAT      | /usage/prompt_tokens_details/cached_tokens
            OPENAI_RESPONSES | /usage/input_tokens_details/cached_tokens
            GEMINI           | /usageMetadata/cachedContentTokenCount
            """)
    void definitionsAndResultsAreCachedWithThePrompt(ToolRequest format, String pointer) throws Exception {
        Call call = format.only(format.post(http, "", ""));
        String history = format.history(call, WORDS);

        format.post(http, "", history);
        JsonNode again = ToolRequest.read(format.post(http, "", history));

        assertThat(again.at(pointer).asInt()).isGreaterThan(1_500);
    }

    @Test
    void wordsOfOpenAisToolsAreBilled() throws Exception {
        String bare = "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
        String tools = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"w\",\"description\":\"" + WORDS
                + "\",\"parameters\":{\"type\":\"object\"}}}]";

        int without = ToolRequest.read(http.post("/v1/chat/completions", bare + "}"))
                .at("/usage/prompt_tokens")
                .asInt();
        int with = ToolRequest.read(http.post("/v1/chat/completions", bare + tools + "}"))
                .at("/usage/prompt_tokens")
                .asInt();

        assertThat(without).isEqualTo(9);
        assertThat(with - without).isBetween(2_000, 2_030);
    }

    private static int input(ToolRequest format, String answer) throws IOException {
        return ToolRequest.read(answer).at(format.inputTokens()).asInt();
    }
}
