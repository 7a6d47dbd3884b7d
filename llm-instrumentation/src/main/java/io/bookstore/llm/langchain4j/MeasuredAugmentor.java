package io.bookstore.llm.langchain4j;

import dev.langchain4j.rag.AugmentationRequest;
import dev.langchain4j.rag.AugmentationResult;
import dev.langchain4j.rag.RetrievalAugmentor;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.Retrieval;
import io.bookstore.llm.operation.RetrievalRequest;
import io.opentelemetry.context.Scope;

/** A retrieval that is measured as a whole, with the embeddings and the chats that it needs below it. */
final class MeasuredAugmentor implements RetrievalAugmentor {

    private final RetrievalAugmentor delegate;
    private final GenAiTelemetry telemetry;

    MeasuredAugmentor(RetrievalAugmentor delegate, GenAiTelemetry telemetry) {
        this.delegate = delegate;
        this.telemetry = telemetry;
    }

    @Override
    public AugmentationResult augment(AugmentationRequest request) {
        Retrieval retrieval = telemetry.startRetrieval(RetrievalRequest.of(null));
        try (Scope ignored = retrieval.makeCurrent()) {
            AugmentationResult result = delegate.augment(request);
            retrieval.complete();
            return result;
        } catch (Throwable error) {
            retrieval.fail(error, ChatConversion::errorType);
            throw error;
        }
    }
}
