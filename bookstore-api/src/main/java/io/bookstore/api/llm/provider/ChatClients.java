package io.bookstore.api.llm.provider;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.ChatModel;
import io.bookstore.api.llm.call.LlmConfig;
import io.bookstore.llm.langchain4j.http.BoundedHttpClientBuilder;
import io.bookstore.llm.langchain4j.http.HttpLimits;
import io.micronaut.scheduling.TaskExecutors;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;

/** Makes the client of each provider, and has what every wire format builds its own from: HTTP, deadline and threads. */
@Singleton
public final class ChatClients {

    // A summary has a few kilobytes; what is longer is none.
    static final long MAX_ANSWER_BYTES = 1 << 20;

    private final LlmConfig config;
    private final ExecutorService executor;
    private final OpenTelemetry openTelemetry;
    private final List<Runnable> atEnd = new CopyOnWriteArrayList<>();

    ChatClients(
            LlmConfig config, @Named(TaskExecutors.BLOCKING) ExecutorService executor, OpenTelemetry openTelemetry) {
        this.config = config;
        this.executor = executor;
        this.openTelemetry = openTelemetry;
    }

    /** Makes the client of a provider; it asks for the answer as it comes, or in one piece, as the settings say. */
    public ChatClient of(ProviderConfig provider) {
        ProviderClient client = provider.kind().client();
        return config.stream() ? client.streaming(provider, this) : client.whole(provider, this);
    }

    HttpClientBuilder http() {
        // On 21 and later these are virtual threads: a thousand streams are a thousand readers.
        return BoundedHttpClientBuilder.create(
                        HttpLimits.defaults().withDeadline(config.deadline()).withMaxAnswerBytes(MAX_ANSWER_BYTES))
                .executor(executor)
                .openTelemetry(openTelemetry);
    }

    Duration deadline() {
        return config.deadline();
    }

    ChatClient whole(ChatModel model) {
        return ChatClient.whole(executor, model);
    }

    /** Runs the action when the service stops. */
    void closeAtEnd(Runnable action) {
        atEnd.add(action);
    }

    @PreDestroy
    void close() {
        atEnd.forEach(Runnable::run);
    }
}
