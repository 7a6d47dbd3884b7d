package io.bookstore.llm.spring.ai;

import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.Inference;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import io.opentelemetry.context.Scope;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * An embedding model whose calls are measured; otherwise it behaves as the one it wraps. The same call seen by a second
 * wrapper adds nothing, so that wrappers may nest.
 */
public final class InstrumentedEmbeddingModel implements EmbeddingModel {

    private static final @Nullable Method embeddingContent =
            ClassUtils.getMethodIfAvailable(EmbeddingModel.class, "getEmbeddingContent", Document.class);

    private final EmbeddingModel delegate;
    private final GenAiTelemetry telemetry;
    private final @Nullable URI endpoint;

    private InstrumentedEmbeddingModel(EmbeddingModel delegate, GenAiTelemetry telemetry, @Nullable URI endpoint) {
        this.delegate = delegate;
        this.telemetry = telemetry;
        this.endpoint = endpoint;
    }

    /** Wraps a model; with a Spring AI other than 1.1 and 2.0 it is returned as it is, with one warning. */
    public static EmbeddingModel wrap(EmbeddingModel model, GenAiTelemetry telemetry) {
        return SpringAiVersion.wrapped(telemetry, model, () -> new InstrumentedEmbeddingModel(model, telemetry, null));
    }

    /**
     * Wraps a model; with a Spring AI other than 1.1 and 2.0 it is returned as it is, with one warning.
     *
     * @param endpoint where the provider is, for {@code server.address}; a model does not tell
     */
    public static EmbeddingModel wrap(EmbeddingModel model, GenAiTelemetry telemetry, URI endpoint) {
        return SpringAiVersion.wrapped(
                telemetry, model, () -> new InstrumentedEmbeddingModel(model, telemetry, endpoint));
    }

    @Override
    public EmbeddingResponse call(EmbeddingRequest request) {
        return measured(request.getOptions(), () -> delegate.call(request), InstrumentedEmbeddingModel::response);
    }

    /** Measures a call whose tokens are unknown: the model returns the vector alone. */
    @Override
    public float[] embed(Document document) {
        return measured(null, () -> delegate.embed(document), vector -> Calls.UNREADABLE);
    }

    private <T> T measured(
            @Nullable EmbeddingOptions options, Supplier<T> call, Function<T, InferenceResponse> reader) {
        if (!telemetry.enabled()) {
            return call.get();
        }
        Inference inference = telemetry.start(request(options));
        if (!inference.measured()) {
            return call.get();
        }
        try (Scope ignored = inference.makeCurrent()) {
            T result = call.get();
            inference.complete(Calls.read(telemetry, () -> reader.apply(result)));
            return result;
        } catch (Throwable error) {
            inference.fail(error, AiErrors::errorType);
            throw error;
        }
    }

    private InferenceRequest request(@Nullable EmbeddingOptions options) {
        String asked = options == null ? null : options.getModel();
        return InferenceRequest.embeddings(Calls.provider(delegate), asked == null ? nameOfDelegate() : asked)
                .server(endpoint)
                .dimensions(options == null ? null : options.getDimensions())
                .build();
    }

    /** Spring AI 2.0 tells the options of a model, 1.1 does not. */
    private @Nullable String nameOfDelegate() {
        return Accessors.read(delegate, "getOptions", "getModel") instanceof String name ? name : null;
    }

    private static InferenceResponse response(EmbeddingResponse response) {
        return InferenceResponse.of(
                ChatConversion.textOrNull(response.getMetadata().getModel()),
                UsageReader.readInput(response.getMetadata().getUsage()));
    }

    @Override
    public int dimensions() {
        return delegate.dimensions();
    }

    /** The text of a document that the model would send; Spring AI 1.1 has no such method to override. */
    public @Nullable String getEmbeddingContent(Document document) {
        return embeddingContent == null
                ? document.getText()
                : (String) ReflectionUtils.invokeMethod(embeddingContent, delegate, document);
    }
}
