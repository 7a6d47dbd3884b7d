package io.bookstore.llm.langchain4j;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.ContentType;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.listener.EmbeddingModelListener;
import dev.langchain4j.model.embedding.request.EmbeddingParameter;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.request.EmbeddingRequestParameters;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import dev.langchain4j.model.output.Response;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.Inference;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import io.opentelemetry.context.Scope;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An embedding model whose calls are measured; otherwise it behaves as the one it wraps. The same call
 * seen by a second wrapper adds nothing, so that wrappers may nest.
 */
public final class InstrumentedEmbeddingModel implements EmbeddingModel {

    // The default of EmbeddingModel.modelName(): a model that does not know its name.
    private static final String NO_NAME = "unknown";

    private final EmbeddingModel delegate;
    private final GenAiTelemetry telemetry;
    private final @Nullable URI endpoint;

    private InstrumentedEmbeddingModel(EmbeddingModel delegate, GenAiTelemetry telemetry, @Nullable URI endpoint) {
        this.delegate = delegate;
        this.telemetry = telemetry;
        this.endpoint = endpoint;
    }

    /** Wraps a model; with a LangChain4j older than 1.18 it is returned as it is, with one warning. */
    public static EmbeddingModel wrap(EmbeddingModel model, GenAiTelemetry telemetry) {
        return LangChain4jVersion.EMBEDDINGS.wrapped(
                telemetry, model, () -> new InstrumentedEmbeddingModel(model, telemetry, null));
    }

    /**
     * Wraps a model; with a LangChain4j older than 1.18 it is returned as it is, with one warning.
     *
     * @param endpoint where the provider is, for {@code server.address}; a model does not tell
     */
    public static EmbeddingModel wrap(EmbeddingModel model, GenAiTelemetry telemetry, URI endpoint) {
        return LangChain4jVersion.EMBEDDINGS.wrapped(
                telemetry, model, () -> new InstrumentedEmbeddingModel(model, telemetry, endpoint));
    }

    @Override
    public EmbeddingResponse embed(EmbeddingRequest request) {
        return measured(
                request.modelName(),
                request.dimensions(),
                () -> delegate.embed(request),
                InstrumentedEmbeddingModel::response);
    }

    @Override
    public EmbeddingResponse doEmbed(EmbeddingRequest request) {
        return measured(
                request.modelName(),
                request.dimensions(),
                () -> delegate.doEmbed(request),
                InstrumentedEmbeddingModel::response);
    }

    @Override
    public Response<Embedding> embed(String text) {
        return measured(null, null, () -> delegate.embed(text), InstrumentedEmbeddingModel::response);
    }

    @Override
    public Response<Embedding> embed(TextSegment segment) {
        return measured(null, null, () -> delegate.embed(segment), InstrumentedEmbeddingModel::response);
    }

    @Override
    public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
        return measured(null, null, () -> delegate.embedAll(segments), InstrumentedEmbeddingModel::response);
    }

    private <T> T measured(
            @Nullable String model,
            @Nullable Integer dimensions,
            Supplier<T> call,
            Function<T, InferenceResponse> reader) {
        if (!telemetry.enabled()) {
            return call.get();
        }
        Inference inference = telemetry.start(request(model, dimensions));
        if (!inference.measured()) {
            return call.get();
        }
        try (Scope ignored = inference.makeCurrent()) {
            T result = call.get();
            inference.complete(Calls.read(telemetry, () -> reader.apply(result)));
            return result;
        } catch (Throwable error) {
            inference.fail(error, ChatConversion::errorType);
            throw error;
        }
    }

    private InferenceRequest request(@Nullable String model, @Nullable Integer dimensions) {
        return read(telemetry, delegate, model)
                .server(endpoint)
                .dimensions(dimensions)
                .build();
    }

    /** Reads what a model says of itself, unless it throws. */
    static InferenceRequest.Builder read(GenAiTelemetry telemetry, EmbeddingModel delegate, @Nullable String model) {
        String provider = ChatConversion.UNKNOWN_PROVIDER;
        try {
            provider = ChatConversion.provider(delegate.provider());
            return InferenceRequest.embeddings(provider, model == null ? nameOf(delegate) : model);
        } catch (Throwable defect) {
            telemetry.defect("read_request", defect);
            return InferenceRequest.embeddings(provider, model);
        }
    }

    private static @Nullable String nameOf(EmbeddingModel delegate) {
        String name = delegate.modelName();
        return NO_NAME.equals(name) ? null : name;
    }

    static InferenceResponse response(EmbeddingResponse response) {
        return InferenceResponse.of(response.modelName(), UsageReader.read(response.tokenUsage()));
    }

    static InferenceResponse response(Response<?> response) {
        return InferenceResponse.of(null, UsageReader.read(response.tokenUsage()));
    }

    @Override
    public int dimension() {
        return delegate.dimension();
    }

    @Override
    public String modelName() {
        return delegate.modelName();
    }

    @Override
    public ModelProvider provider() {
        return delegate.provider();
    }

    @Override
    public List<EmbeddingModelListener> listeners() {
        return delegate.listeners();
    }

    @Override
    public EmbeddingRequestParameters defaultRequestParameters() {
        return delegate.defaultRequestParameters();
    }

    @Override
    public Set<EmbeddingParameter<?>> supportedParameters() {
        return delegate.supportedParameters();
    }

    @Override
    public Set<ContentType> supportedContentTypes() {
        return delegate.supportedContentTypes();
    }
}
