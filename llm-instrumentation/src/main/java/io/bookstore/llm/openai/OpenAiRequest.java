package io.bookstore.llm.openai;

import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import io.bookstore.llm.content.Content;
import io.bookstore.llm.operation.InferenceRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request of the SDK in the library's terms. Fields are read by their raw accessors: the plain ones throw where a server has
 * left out what OpenAI always sends.
 *
 * @param <A> the whole answer
 * @param <P> a piece of a streamed answer
 */
sealed interface OpenAiRequest<A, P> permits ChatRequest, ResponseRequest, EmbeddingRequest {

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

    /** The operation by the conventions' name. */
    String operation();

    InferenceRequest.Builder read(String provider);

    Content input();

    Answer answer(A whole);

    Content output(A whole);

    /** @param withContent whether the answer's content will be asked for */
    Pieces<P> pieces(boolean withContent);
}
