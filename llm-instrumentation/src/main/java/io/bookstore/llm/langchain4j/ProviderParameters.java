package io.bookstore.llm.langchain4j;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.ollama.OllamaChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import org.jspecify.annotations.Nullable;

/**
 * What a request sets in the words of its provider's module. By the name of the class, because the module may be missing;
 * each case is a class of its own for the same reason.
 */
final class ProviderParameters {

    private static final String OPENAI = "dev.langchain4j.model.openai.OpenAiChatRequestParameters";
    private static final String OLLAMA = "dev.langchain4j.model.ollama.OllamaChatRequestParameters";

    private ProviderParameters() {}

    static @Nullable Long seed(ChatRequestParameters parameters) {
        Integer seed = switch (parameters.getClass().getName()) {
            case OPENAI -> OpenAi.seed(parameters);
            case OLLAMA -> Ollama.seed(parameters);
            default -> null;
        };
        return seed == null ? null : seed.longValue();
    }

    static @Nullable String reasoningLevel(ChatRequestParameters parameters) {
        return parameters.getClass().getName().equals(OPENAI) ? OpenAi.reasoningLevel(parameters) : null;
    }

    private static final class OpenAi {

        static @Nullable Integer seed(ChatRequestParameters parameters) {
            return ((OpenAiChatRequestParameters) parameters).seed();
        }

        static @Nullable String reasoningLevel(ChatRequestParameters parameters) {
            return ((OpenAiChatRequestParameters) parameters).reasoningEffort();
        }
    }

    private static final class Ollama {

        static @Nullable Integer seed(ChatRequestParameters parameters) {
            return ((OllamaChatRequestParameters) parameters).seed();
        }
    }
}
