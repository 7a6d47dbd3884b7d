package io.bookstore.llm.langchain4j.http;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Hands {@link BoundedHttpClient} to a model's {@code httpClientBuilder(…)}. What the model calls its timeout becomes the
 * deadline of the whole exchange.
 */
public final class BoundedHttpClientBuilder implements HttpClientBuilder {

    private HttpLimits limits;
    private boolean reportAttempts;
    private @Nullable Executor executor;
    private TextMapPropagator propagator = TextMapPropagator.noop();

    private BoundedHttpClientBuilder(HttpLimits limits) {
        this.limits = limits;
    }

    /** A builder with {@link HttpLimits#defaults()}. */
    public static BoundedHttpClientBuilder create() {
        return new BoundedHttpClientBuilder(HttpLimits.defaults());
    }

    /** A builder with other limits. */
    public static BoundedHttpClientBuilder create(HttpLimits limits) {
        return new BoundedHttpClientBuilder(limits);
    }

    @Override
    public Duration connectTimeout() {
        return limits.connectTimeout();
    }

    @Override
    public BoundedHttpClientBuilder connectTimeout(@Nullable Duration timeout) {
        limits = timeout == null ? limits : limits.withConnectTimeout(timeout);
        return this;
    }

    @Override
    public Duration readTimeout() {
        return limits.deadline();
    }

    @Override
    public BoundedHttpClientBuilder readTimeout(@Nullable Duration timeout) {
        limits = timeout == null ? limits : limits.withDeadline(timeout);
        return this;
    }

    /**
     * Tells the surrounding call of every exchange as an attempt. For models that retry by themselves; without it, attempts
     * are the caller's to report. Default: false.
     */
    public BoundedHttpClientBuilder reportAttempts(boolean value) {
        reportAttempts = value;
        return this;
    }

    /**
     * Threads that wait for the provider, one for each stream under way; the client does not close them. From Java 21 on,
     * many streams at a time are cheapest on virtual ones ({@code Executors.newVirtualThreadPerTaskExecutor()}). Default:
     * threads of the client's own, daemons that end after a second without work.
     */
    public BoundedHttpClientBuilder executor(Executor threads) {
        executor = Objects.requireNonNull(threads, "threads");
        return this;
    }

    /**
     * Sends the trace of the call on to the provider or gateway, by the propagators of {@code openTelemetry}: usually as
     * {@code traceparent}, and as {@code baggage} what the current baggage holds. Default: nothing is sent.
     */
    public BoundedHttpClientBuilder openTelemetry(OpenTelemetry openTelemetry) {
        propagator = openTelemetry.getPropagators().getTextMapPropagator();
        return this;
    }

    @Override
    public HttpClient build() {
        return new BoundedHttpClient(
                limits,
                reportAttempts ? Attempts.REPORTED : Attempts.SILENT,
                executor == null ? ClientThreads.waiting() : executor,
                propagator);
    }
}
