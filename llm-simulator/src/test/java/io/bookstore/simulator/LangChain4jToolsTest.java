package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import io.bookstore.simulator.LangChain4jClientsTest.Provider;
import io.bookstore.simulator.journal.Attempt.Tokens;
import io.bookstore.simulator.latency.Agent;
import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.latency.Profiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An agent on LangChain4j's own clients ends after the turns of the profile, with the journal's usage at every step. */
class LangChain4jToolsTest {

    private static final int TURNS = 3;
    private static final JsonObjectSchema BOOK = JsonObjectSchema.builder()
            .addStringProperty("title")
            .addIntegerProperty("stars")
            .required("title", "stars")
            .additionalProperties(false)
            .build();
    private static final Profile zero = Profiles.named("zero");

    private final SimulatorServer server = SimulatorServer.start(SimulatorConfig.defaults()
            .withPort(0)
            .withProfile(new Profile(
                    "agent",
                    zero.latency(),
                    zero.outputLength(),
                    zero.serving(),
                    new Agent(TURNS, 0, TURNS, TURNS, 0.5),
                    Map.of())));

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void agentEndsAfterTheTurnsOfTheProfile(Provider provider) throws Exception {
        for (boolean streaming : new boolean[] {false, true}) {
            List<ChatMessage> messages = new ArrayList<>(List.of(UserMessage.from("Rate \"Emma\" by Jane Austen")));
            ChatResponse response = chat(provider, streaming, messages);
            int turns = 0;
            while (response.aiMessage().hasToolExecutionRequests()) {
                turns++;
                messages.add(response.aiMessage());
                for (ToolExecutionRequest request : response.aiMessage().toolExecutionRequests()) {
                    assertThat(new ObjectMapper()
                                    .readTree(request.arguments())
                                    .path("stars")
                                    .isInt())
                            .isTrue();
                    messages.add(ToolExecutionResultMessage.from(request, "{\"kept\":true}"));
                }
                response = chat(provider, streaming, messages);
            }

            assertThat(turns).isEqualTo(TURNS);
            assertThat(response.aiMessage().text()).endsWith(".");
            assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
        }
    }

    @ParameterizedTest
    @EnumSource
    void answerObeysTheSchemaThatTheClientSends(Provider provider) throws Exception {
        for (boolean streaming : new boolean[] {false, true}) {
            ChatResponse response = provider.send(
                    server,
                    streaming,
                    ChatRequest.builder()
                            .messages(UserMessage.from("Rate \"Emma\" by Jane Austen"))
                            .responseFormat(ResponseFormat.builder()
                                    .type(ResponseFormatType.JSON)
                                    .jsonSchema(JsonSchema.builder()
                                            .name("book")
                                            .rootElement(BOOK)
                                            .build())
                                    .build())
                            .build());

            var book = new ObjectMapper().readTree(response.aiMessage().text());
            assertThat(book.path("title").isTextual()).isTrue();
            assertThat(book.path("stars").isInt()).isTrue();
        }
    }

    private ChatResponse chat(Provider provider, boolean streaming, List<ChatMessage> messages) throws Exception {
        ChatResponse response = provider.send(
                server,
                streaming,
                ChatRequest.builder()
                        .messages(messages)
                        .toolSpecifications(ToolSpecification.builder()
                                .name("rate_book")
                                .description("Keeps the rating of a book")
                                .parameters(BOOK)
                                .build())
                        .build());
        // An answer is in the journal a moment after its client has read it.
        await().atMost(2, TimeUnit.MINUTES)
                .untilAsserted(() -> assertThat(server.journal().attempts())
                        .last()
                        .satisfies(attempt -> assertThat(attempt.result().tokens())
                                .isEqualTo(new Tokens(
                                        response.tokenUsage().inputTokenCount(),
                                        response.tokenUsage().outputTokenCount()))));
        return response;
    }
}
