package io.bookstore.llm.openai;

import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.llm.SpanReader.onlySpan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.services.blocking.ChatService;
import com.openai.services.blocking.EmbeddingService;
import com.openai.services.blocking.ResponseService;
import com.openai.services.blocking.chat.ChatCompletionService;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.content.ContentPolicy;
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

/** Hosts that do more with the client than call it: decorate it, throw from their handlers, have content captured. */
class OpenAiHostsTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private static final OpenAIClient bare = OpenAIOkHttpClient.builder()
            .baseUrl(server.baseUrl() + "/v1")
            .apiKey("none")
            .maxRetries(0)
            .build();

    private final GenAiTelemetry telemetry = GenAiTelemetry.create(otel.getOpenTelemetry());

    @AfterEach
    void spansConform() {
        GenAiConformance.of(GenAiConventions.V1_41).allowingContent().assertConforms(otel.getSpans());
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
        OpenAIClient decorated = decorated(OpenAIClient.class, bare, calls);

        call.blocking(InstrumentedOpenAi.wrap(decorated, telemetry));

        // The very method that was called, with the parameters alone, not the one with options in which the SDK's own
        // end.
        assertThat(calls).containsExactly((call.streaming() ? "createStreaming" : "create") + " with 1");
        assertThat(onlySpan(otel).getName()).isEqualTo(call.spanName());
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
                StreamResponse<ChatCompletionChunk> stream = InstrumentedOpenAi.wrap(bare, GenAiTelemetry.create(sdk))
                        .chat()
                        .completions()
                        .createStreaming(SdkCall.chat())) {
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
        Throwable measured = streamInto(InstrumentedOpenAi.wrap(bare, telemetry));

        assertThat(own).hasRootCauseMessage("broken handler");
        assertThat(measured).hasToString(own.toString());
        assertThat(measured.getCause()).hasToString(own.getCause().toString());
        assertThat(onlySpan(otel).hasEnded()).isTrue();
        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.outcome", "failed")
                .containsEntry("error.type", "_OTHER");
    }

    private static Throwable streamInto(OpenAIClient client) {
        return catchThrowable(() -> client.async()
                .chat()
                .completions()
                .createStreaming(SdkCall.chat())
                .subscribe(chunk -> {
                    throw new IllegalStateException("broken handler");
                })
                .onCompleteFuture()
                .get(2, TimeUnit.MINUTES));
    }

    @Test
    void contentOfAResponseIsOnTheSpanIfAPolicyWantsIt() {
        GenAiTelemetry capturing = GenAiTelemetry.builder(otel.getOpenTelemetry())
                .content(ContentPolicy.everything())
                .build();
        ResponseCreateParams params = ResponseCreateParams.builder()
                .model("gpt-4o-mini")
                .instructions("Be brief")
                .inputOfResponse(List.of(
                        ResponseInputItem.ofEasyInputMessage(EasyInputMessage.builder()
                                .role(EasyInputMessage.Role.USER)
                                .content("Is it raining in Bern?")
                                .build()),
                        ResponseInputItem.ofFunctionCall(ResponseFunctionToolCall.builder()
                                .callId("call_1")
                                .name("get_weather")
                                .arguments("{\"city\":\"Bern\"}")
                                .build()),
                        ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                                .callId("call_1")
                                .output("rain")
                                .build())))
                .addTool(FunctionTool.builder()
                        .name("get_weather")
                        .description("The weather of a city")
                        .parameters(FunctionTool.Parameters.builder().build())
                        .strict(false)
                        .build())
                .build();

        InstrumentedOpenAi.wrap(bare, capturing).responses().create(params);

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("gen_ai.system_instructions", "[{\"type\":\"text\",\"content\":\"Be brief\"}]")
                .containsEntry("gen_ai.input.messages", """
                        [{"role":"user","parts":[{"type":"text","content":"Is it raining in Bern?"}]},\
                        {"role":"assistant","parts":[{"type":"tool_call","id":"call_1","name":"get_weather",\
                        "arguments":{"city":"Bern"}}]},\
                        {"role":"tool","parts":[{"type":"tool_call_response","id":"call_1","response":"rain"}]}]""")
                .containsEntry("gen_ai.tool.definitions", """
                        [{"type":"function","name":"get_weather","description":"The weather of a city"}]""");
        assertThat((String) attributes(onlySpan(otel)).get("gen_ai.output.messages"))
                .startsWith("[{\"role\":\"assistant\",\"parts\":[{\"type\":")
                .containsPattern("\"finish_reason\":\"(stop|tool_call)\"");
    }

    @Test
    void contentOfAStreamedResponseIsThatOfItsLastEvent() {
        GenAiTelemetry capturing = GenAiTelemetry.builder(otel.getOpenTelemetry())
                .content(ContentPolicy.everything())
                .build();

        SdkCall.RESPONSE_STREAM.blocking(InstrumentedOpenAi.wrap(bare, capturing));

        assertThat((String) attributes(onlySpan(otel)).get("gen_ai.output.messages"))
                .startsWith("[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"")
                .endsWith("\"finish_reason\":\"stop\"}]");
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
                                                ChatService.class,
                                                ChatCompletionService.class,
                                                ResponseService.class,
                                                EmbeddingService.class)
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
