package io.bookstore.simulator;

import static io.bookstore.simulator.rule.Match.tool;
import static io.bookstore.simulator.rule.Match.toolResult;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.bookstore.simulator.LangChain4jClientsTest.Provider;
import io.bookstore.simulator.rule.Answers;
import io.bookstore.simulator.rule.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A set of rules leads an agent on LangChain4j's clients through its turns, whatever the provider, streamed and not. */
class LangChain4jAnswersTest {

    private final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void agentIsLedThroughItsTurns(Provider provider) throws Exception {
        server.answer(Answers.NONE
                .when(toolResult("get_weather"))
                .reply(Response.text("It is sunny.").withUsage(300, 40))
                .when(tool("get_weather"))
                .reply(Response.call("get_weather", Map.of("city", "{{prompt}}")))
                .withStrict(true));
        for (boolean streaming : new boolean[] {false, true}) {
            List<ChatMessage> messages = new ArrayList<>(List.of(UserMessage.from("Rome")));

            ChatResponse first = send(provider, streaming, messages);
            List<String> cities = new ArrayList<>();
            messages.add(first.aiMessage());
            for (ToolExecutionRequest call : first.aiMessage().toolExecutionRequests()) {
                cities.add(new ObjectMapper()
                        .readTree(call.arguments())
                        .path("city")
                        .asText());
                messages.add(ToolExecutionResultMessage.from(call, "{\"sun\":true}"));
            }
            ChatResponse second = send(provider, streaming, messages);

            assertThat(cities).containsExactly("Rome");
            assertThat(second.aiMessage().text()).isEqualTo("It is sunny.");
            TokenUsage usage = second.tokenUsage();
            assertThat(List.of(usage.inputTokenCount(), usage.outputTokenCount()))
                    .containsExactly(300, 40);
        }
    }

    private ChatResponse send(Provider provider, boolean streaming, List<ChatMessage> messages) throws Exception {
        ChatRequest request = ChatRequest.builder()
                .messages(messages)
                .toolSpecifications(ToolSpecification.builder()
                        .name("get_weather")
                        .parameters(JsonObjectSchema.builder()
                                .addStringProperty("city")
                                .build())
                        .build())
                .build();
        return provider.send(server, streaming, request);
    }
}
