package io.bookstore.llm.langchain4j;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.observability.api.listener.AiServiceCompletedListener;
import dev.langchain4j.rag.RetrievalAugmentor;
import dev.langchain4j.service.AiServiceContext;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.ToolProvider;
import io.bookstore.llm.AgentInvocation;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.operation.AgentRequest;
import io.opentelemetry.context.Context;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** LangChain4j's builder, with a wrapper around each part of the service that it builds and around the service. */
final class MeasuredAiServices<T> extends AiServices<T> {

    private final Class<T> service;
    private final GenAiTelemetry telemetry;
    private final String agent;

    MeasuredAiServices(Class<T> service, GenAiTelemetry telemetry, String agent) {
        super(AiServiceContext.create(service));
        this.service = service;
        this.telemetry = telemetry;
        this.agent = agent;
    }

    @Override
    public AiServices<T> chatModel(ChatModel model) {
        return super.chatModel(
                model == null || model instanceof InstrumentedChatModel
                        ? model
                        : InstrumentedChatModel.wrap(model, telemetry));
    }

    @Override
    public AiServices<T> streamingChatModel(StreamingChatModel model) {
        return super.streamingChatModel(
                model == null ? null : InstrumentedStreamingChatModel.wrapForAgent(model, telemetry));
    }

    @Override
    public AiServices<T> toolProvider(ToolProvider provider) {
        return super.toolProvider(measured(provider));
    }

    @Override
    public AiServices<T> toolProviders(Collection<ToolProvider> providers) {
        return super.toolProviders(
                providers == null
                        ? null
                        : providers.stream().map(this::measured).toList());
    }

    @Override
    public AiServices<T> toolProviders(ToolProvider... providers) {
        return super.toolProviders(Stream.of(providers).map(this::measured).toArray(ToolProvider[]::new));
    }

    private ToolProvider measured(ToolProvider provider) {
        return provider == null || provider instanceof MeasuredToolProvider
                ? provider
                : new MeasuredToolProvider(provider, telemetry);
    }

    @Override
    public T build() {
        if (!telemetry.enabled()) {
            return AiServices.<T>builder(context).build();
        }
        try {
            wrapTools();
            wrapRetrieval();
        } catch (Throwable defect) {
            telemetry.defect("wrap_agent", defect);
        }
        T built = AiServices.<T>builder(context).build();
        T measured = AgentProxy.around(service, built, telemetry, request(), streams());
        if (measured != built) {
            registerListener((AiServiceCompletedListener) event -> completeAgent());
        }
        return measured;
    }

    // Comes before the host's last callback, on its thread; of a stream nothing else tells that tools ended it.
    private static void completeAgent() {
        AgentInvocation current = AgentInvocation.current();
        if (current != null) {
            current.complete();
        }
    }

    private AgentProxy.Streams streams() {
        if (context.streamingChatModel == null) {
            return AgentProxy.Streams.NONE;
        }
        return context.chatModel == null ? AgentProxy.Streams.ALL : AgentProxy.Streams.TOKEN_STREAMS;
    }

    private void wrapTools() {
        Map<String, ToolSpecification> specifications = context.toolService.toolSpecifications().stream()
                .collect(Collectors.toMap(ToolSpecification::name, tool -> tool, (first, second) -> first));
        context.toolService
                .toolExecutors()
                .replaceAll((name, executor) -> MeasuredTool.of(specifications.get(name), executor, telemetry));
        Executor executor = context.toolService.executor();
        if (executor != null) {
            context.toolService.executeToolsConcurrently(Context.taskWrapping(executor));
        }
    }

    private void wrapRetrieval() {
        RetrievalAugmentor augmentor = context.retrievalAugmentor;
        if (augmentor != null && !(augmentor instanceof MeasuredAugmentor)) {
            context.retrievalAugmentor = new MeasuredAugmentor(augmentor, telemetry);
        }
    }

    private AgentRequest request() {
        try {
            ChatModel chat = context.chatModel;
            StreamingChatModel streaming = context.streamingChatModel;
            ModelProvider provider = chat == null ? streaming.provider() : chat.provider();
            ChatRequestParameters defaults =
                    chat == null ? streaming.defaultRequestParameters() : chat.defaultRequestParameters();
            return AgentRequest.of(agent, ChatConversion.provider(provider)).withModel(defaults.modelName());
        } catch (Throwable defect) {
            telemetry.defect("read_request", defect);
            return AgentRequest.of(agent, ChatConversion.UNKNOWN_PROVIDER);
        }
    }
}
