package io.bookstore.llm.anthropic;

import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.llm.SpanReader.onlySpan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.services.blocking.BetaService;
import com.anthropic.services.blocking.MessageService;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.testing.GenAiConformance;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hosts that do more with the client than call it: decorate it, throw from their handlers, wait in their listeners. */
class AnthropicHostsTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private static final AnthropicClient bare = AnthropicOkHttpClient.builder()
            .baseUrl(server.baseUrl().toString())
            .apiKey("none")
            .openTelemetry(false)
            .maxRetries(0)
            .build();

    private final GenAiTelemetry telemetry = GenAiTelemetry.create(otel.getOpenTelemetry());

    @AfterEach
    void spansConform() {
        GenAiConformance.of(GenAiConventions.V1_41).assertConforms(otel.getSpans());
    }

    @AfterAll
    static void stop() {
        bare.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void decoratorOfTheHostIsCalledItselfAndMeasured(SdkCall call) {
        List<String> calls = new ArrayList<>();
        AnthropicClient decorated = decorated(AnthropicClient.class, bare, calls);

        call.blocking(InstrumentedAnthropic.wrap(decorated, telemetry));

        // The very method that was called, with the parameters alone, not the one with options in which the SDK's own
        // end.
        assertThat(calls).containsExactly((call.streaming() ? "createStreaming" : "create") + " with 1");
        assertThat(onlySpan(otel).getName()).isEqualTo("chat claude-haiku-4-5");
        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.outcome", "completed")
                .containsKey("gen_ai.usage.input_tokens");
    }

    @Test
    void listenerThatWaitsForAnotherThreadWithTheSameStreamBlocksNothing() {
        CloseFromElsewhere waiting = new CloseFromElsewhere();
        try (OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                        .setTracerProvider(SdkTracerProvider.builder()
                                .addSpanProcessor(waiting)
                                .build())
                        .build();
                StreamResponse<RawMessageStreamEvent> stream = InstrumentedAnthropic.wrap(
                                bare, GenAiTelemetry.create(sdk))
                        .messages()
                        .createStreaming(SdkCall.message())) {
            waiting.stream = stream;

            assertThat(stream.stream()).isNotEmpty();

            assertThat(waiting.closed).isTrue();
        }
    }

    /** A listener of the host's that has another thread close the stream whose span has ended, and waits for it. */
    private static final class CloseFromElsewhere implements SpanProcessor {

        private volatile StreamResponse<?> stream;
        private volatile boolean closed;

        @Override
        public void onEnd(ReadableSpan span) {
            CompletableFuture<Void> elsewhere = CompletableFuture.runAsync(stream::close);
            try {
                elsewhere.get(2, TimeUnit.MINUTES);
                closed = true;
            } catch (Exception e) {
                throw new IllegalStateException("The other thread waits for the lock of this one", e);
            }
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {
            // The end alone matters here.
        }

        @Override
        public boolean isStartRequired() {
            return false;
        }
    }

    @Test
    void handlerThatThrowsGetsWhatTheSdkMakesOfItAndEndsTheSpan() {
        Throwable own = streamInto(bare);
        Throwable measured = streamInto(InstrumentedAnthropic.wrap(bare, telemetry));

        assertThat(own).hasRootCauseMessage("broken handler");
        assertThat(measured).hasToString(own.toString());
        assertThat(measured.getCause()).hasToString(own.getCause().toString());
        assertThat(onlySpan(otel).hasEnded()).isTrue();
        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.outcome", "failed")
                .containsEntry("error.type", "_OTHER");
    }

    private static Throwable streamInto(AnthropicClient client) {
        return catchThrowable(() -> client.async()
                .messages()
                .createStreaming(SdkCall.message())
                .subscribe(event -> {
                    throw new IllegalStateException("broken handler");
                })
                .onCompleteFuture()
                .get(2, TimeUnit.MINUTES));
    }

    /** A client as a host may have put its own around the SDK's: it notes calls, and has no raw responses. */
    private static <T> T decorated(Class<T> type, Object delegate, List<String> calls) {
        Object decorator =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("withRawResponse")) {
                        throw new UnsupportedOperationException("no raw responses here");
                    }
                    if (method.getName().startsWith("create")) {
                        calls.add(method.getName() + " with " + arguments.length);
                    }
                    try {
                        Object result = method.invoke(delegate, arguments);
                        Class<?> next = method.getReturnType();
                        return Set.of(
                                                MessageService.class,
                                                BetaService.class,
                                                com.anthropic.services.blocking.beta.MessageService.class)
                                        .contains(next)
                                ? decorated(next, result, calls)
                                : result;
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
        return type.cast(decorator);
    }
}
