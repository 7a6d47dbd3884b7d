package io.bookstore.llm.langchain4j;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.error.CauseChain;
import io.bookstore.llm.error.ErrorType;
import io.bookstore.llm.langchain4j.provider.ProviderDialect;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** LangChain4j's requests, answers and exceptions in the library's terms. */
final class ChatConversion {

    static final String UNKNOWN_PROVIDER = "other";

    private ChatConversion() {}

    static InferenceRequest.Builder request(
            String provider, ChatRequest request, ChatRequestParameters defaults, boolean streaming) {
        ChatRequestParameters asked = request.parameters();
        return InferenceRequest.chat(provider, first(asked.modelName(), defaults.modelName()))
                .streaming(streaming)
                .maxTokens(first(asked.maxOutputTokens(), defaults.maxOutputTokens()))
                .temperature(first(asked.temperature(), defaults.temperature()))
                .topP(first(asked.topP(), defaults.topP()))
                .topK(first(asked.topK(), defaults.topK()))
                .frequencyPenalty(first(asked.frequencyPenalty(), defaults.frequencyPenalty()))
                .presencePenalty(first(asked.presencePenalty(), defaults.presencePenalty()))
                .seed(first(seed(asked), seed(defaults)))
                .reasoningLevel(first(reasoningLevel(asked), reasoningLevel(defaults)))
                .outputType(outputType(first(asked.responseFormat(), defaults.responseFormat())))
                .stopSequences(asked.stopSequences().isEmpty() ? defaults.stopSequences() : asked.stopSequences());
    }

    private static <T> @Nullable T first(@Nullable T asked, @Nullable T otherwise) {
        return asked == null ? otherwise : asked;
    }

    private static @Nullable Long seed(ChatRequestParameters parameters) {
        for (ProviderDialect dialect : ProviderDialect.ALL) {
            Long seed = dialect.seed(parameters);
            if (seed != null) {
                return seed;
            }
        }
        return null;
    }

    private static @Nullable String reasoningLevel(ChatRequestParameters parameters) {
        for (ProviderDialect dialect : ProviderDialect.ALL) {
            String level = dialect.reasoningLevel(parameters);
            if (level != null) {
                return level;
            }
        }
        return null;
    }

    private static @Nullable String outputType(@Nullable ResponseFormat format) {
        return format == null ? null : format.type().name().toLowerCase(Locale.ROOT);
    }

    static InferenceResponse response(ChatResponse response, TokenUsage usage) {
        FinishReason reason = response.finishReason();
        return new InferenceResponse(
                response.id(), response.modelName(), reason == null ? List.of() : List.of(finishReason(reason)), usage);
    }

    /** The conventions' name of a provider. */
    static String provider(@Nullable ModelProvider provider) {
        if (provider == null) {
            return UNKNOWN_PROVIDER;
        }
        return ProviderDialect.NAMES.getOrDefault(
                provider.name(), provider.name().toLowerCase(Locale.ROOT));
    }

    /** The status decides where there is one: LangChain4j folds several into one exception. */
    static ErrorType errorType(Throwable error) {
        ErrorType byClass = ErrorType.OTHER;
        for (Throwable cause : CauseChain.of(error)) {
            if (cause instanceof HttpException http) {
                return ErrorType.ofStatus(http.statusCode());
            }
            ErrorType type = ofClass(cause);
            byClass = type == null ? byClass : type;
        }
        return byClass == ErrorType.OTHER ? ErrorType.of(error) : byClass;
    }

    private static @Nullable ErrorType ofClass(Throwable error) {
        if (error instanceof RateLimitException) {
            return ErrorType.RATE_LIMITED;
        }
        if (error instanceof TimeoutException) {
            return ErrorType.TIMEOUT;
        }
        if (error instanceof AuthenticationException) {
            return ErrorType.AUTHENTICATION;
        }
        if (error instanceof ModelNotFoundException) {
            return ErrorType.NOT_FOUND;
        }
        if (error instanceof ContentFilteredException) {
            return ErrorType.CONTENT_FILTER;
        }
        if (error instanceof InvalidRequestException) {
            return ErrorType.INVALID_REQUEST;
        }
        return error instanceof InternalServerException ? ErrorType.SERVER_ERROR : null;
    }

    static String finishReason(FinishReason reason) {
        return reason == FinishReason.TOOL_EXECUTION
                ? "tool_call"
                : reason.name().toLowerCase(Locale.ROOT);
    }
}
