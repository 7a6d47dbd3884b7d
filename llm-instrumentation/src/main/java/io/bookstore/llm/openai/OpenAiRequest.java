package io.bookstore.llm.openai;

import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import io.bookstore.llm.internal.sdk.SdkRequest;
import org.jspecify.annotations.Nullable;

/** A request of OpenAI's SDK. */
sealed interface OpenAiRequest<A, P> extends SdkRequest<A, P> permits ChatRequest, ResponseRequest, EmbeddingRequest {

    /** Returns null if the parameters are of no measured call. */
    static @Nullable OpenAiRequest<?, ?> of(@Nullable Object params) {
        if (params instanceof ChatCompletionCreateParams chat) {
            return new ChatRequest(chat);
        }
        if (params instanceof ResponseCreateParams response) {
            return new ResponseRequest(response);
        }
        return params instanceof EmbeddingCreateParams embedding ? new EmbeddingRequest(embedding) : null;
    }
}
