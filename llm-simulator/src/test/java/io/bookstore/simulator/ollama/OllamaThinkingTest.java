package io.bookstore.simulator.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** LangChain4j's client of Ollama reads the thoughts of a model, whole and as they come. */
class OllamaThinkingTest {

    private static final int REASONED = 100;
    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void thoughtsAreBesideTheText() {
        ChatResponse response = OllamaChatModel.builder()
                .baseUrl(server.baseUrl().toString())
                .modelName("qwen3:8b")
                .think(true)
                .returnThinking(true)
                .build()
                .chat(request());

        assertThat(response.aiMessage().thinking()).isNotEmpty();
        assertThat(response.aiMessage().text()).endsWith(".");
        assertThat(response.tokenUsage().outputTokenCount()).isGreaterThan(REASONED);
    }

    @Test
    void thoughtsAreStreamedBeforeTheText() throws Exception {
        CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        StringBuilder thoughts = new StringBuilder();
        StringBuilder text = new StringBuilder();

        OllamaStreamingChatModel.builder()
                .baseUrl(server.baseUrl().toString())
                .modelName("qwen3:8b")
                .think(true)
                .returnThinking(true)
                .build()
                .chat(request(), new StreamingChatResponseHandler() {
                    @Override
                    public void onPartialThinking(PartialThinking part) {
                        assertThat(text).isEmpty();
                        thoughts.append(part.text());
                    }

                    @Override
                    public void onPartialResponse(String part) {
                        text.append(part);
                    }

                    @Override
                    public void onCompleteResponse(ChatResponse response) {
                        whole.complete(response);
                    }

                    @Override
                    public void onError(Throwable error) {
                        whole.completeExceptionally(error);
                    }
                });
        ChatResponse response = whole.get(2, TimeUnit.MINUTES);

        assertThat(thoughts).hasToString(response.aiMessage().thinking()).isNotEmpty();
        assertThat(text).hasToString(response.aiMessage().text()).isNotEmpty();
    }

    private static ChatRequest request() {
        return ChatRequest.builder().messages(UserMessage.from("Emma")).build();
    }
}
