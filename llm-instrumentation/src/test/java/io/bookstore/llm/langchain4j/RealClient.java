package io.bookstore.llm.langchain4j;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.bookstore.llm.langchain4j.http.BoundedHttpClientBuilder;
import io.bookstore.llm.langchain4j.http.PatientLimits;
import java.net.URI;

/** A client of LangChain4j for each provider. */
enum RealClient {
    ANTHROPIC("anthropic", "claude-sonnet-4-5") {
        @Override
        ChatModel whole(URI server) {
            return AnthropicChatModel.builder()
                    .httpClientBuilder(http())
                    .baseUrl(server + "/v1/")
                    .apiKey("none")
                    .modelName(model())
                    .build();
        }

        @Override
        StreamingChatModel streaming(URI server) {
            return AnthropicStreamingChatModel.builder()
                    .httpClientBuilder(http())
                    .baseUrl(server + "/v1/")
                    .apiKey("none")
                    .modelName(model())
                    .build();
        }
    },
    OPENAI("openai", "gpt-4o-mini") {
        @Override
        ChatModel whole(URI server) {
            return OpenAiChatModel.builder()
                    .httpClientBuilder(http())
                    .baseUrl(server + "/v1")
                    .apiKey("none")
                    .modelName(model())
                    .build();
        }

        @Override
        StreamingChatModel streaming(URI server) {
            return OpenAiStreamingChatModel.builder()
                    .httpClientBuilder(http())
                    .baseUrl(server + "/v1")
                    .apiKey("none")
                    .modelName(model())
                    .build();
        }
    },
    OLLAMA("ollama", "llama3.2") {
        @Override
        ChatModel whole(URI server) {
            return OllamaChatModel.builder()
                    .httpClientBuilder(http())
                    .baseUrl(server.toString())
                    .modelName(model())
                    .build();
        }

        @Override
        StreamingChatModel streaming(URI server) {
            return OllamaStreamingChatModel.builder()
                    .httpClientBuilder(http())
                    .baseUrl(server.toString())
                    .modelName(model())
                    .build();
        }
    },
    GEMINI("gcp.gemini", "gemini-2.5-flash") {
        @Override
        ChatModel whole(URI server) {
            return GoogleAiGeminiChatModel.builder()
                    .httpClientBuilder(http())
                    .baseUrl(server + "/v1beta")
                    .apiKey("none")
                    .modelName(model())
                    .build();
        }

        @Override
        StreamingChatModel streaming(URI server) {
            return GoogleAiGeminiStreamingChatModel.builder()
                    .httpClientBuilder(http())
                    .baseUrl(server + "/v1beta")
                    .apiKey("none")
                    .modelName(model())
                    .build();
        }
    };

    private final String provider;
    private final String model;

    RealClient(String provider, String model) {
        this.provider = provider;
        this.model = model;
    }

    /** The value of {@code gen_ai.provider.name}. */
    String provider() {
        return provider;
    }

    String model() {
        return model;
    }

    abstract ChatModel whole(URI server);

    abstract StreamingChatModel streaming(URI server);

    private static BoundedHttpClientBuilder http() {
        return PatientLimits.http().reportAttempts(true);
    }
}
