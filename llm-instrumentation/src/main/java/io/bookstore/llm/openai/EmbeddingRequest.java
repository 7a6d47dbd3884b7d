package io.bookstore.llm.openai;

import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.embeddings.EmbeddingModel;
import io.bookstore.llm.content.Content;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.internal.sdk.Answer;
import io.bookstore.llm.internal.sdk.Pieces;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import java.util.List;

/** Texts for embeddings. They have no content in the conventions, and no streams. */
record EmbeddingRequest(EmbeddingCreateParams params) implements OpenAiRequest<CreateEmbeddingResponse, Object> {

    @Override
    public String operation() {
        return "embeddings";
    }

    @Override
    public InferenceRequest.Builder read(String provider) {
        String format = Known.of(params._encodingFormat(), EmbeddingCreateParams.EncodingFormat::asString);
        return InferenceRequest.embeddings(provider, Known.of(params._model(), EmbeddingModel::asString))
                .dimensions(Known.intOf(params._dimensions()))
                .encodingFormats(format == null ? List.of() : List.of(format));
    }

    @Override
    public Content input() {
        return Content.NONE;
    }

    @Override
    public Answer answer(CreateEmbeddingResponse whole) {
        Long input = Known.of(whole._usage(), usage -> Known.of(usage._promptTokens()));
        return new Answer(InferenceResponse.of(Known.of(whole._model()), TokenUsage.of(input, null)));
    }

    @Override
    public Content output(CreateEmbeddingResponse whole) {
        return Content.NONE;
    }

    @Override
    public Pieces<Object> pieces(boolean withContent) {
        throw new IllegalStateException("Embeddings have no streams");
    }
}
