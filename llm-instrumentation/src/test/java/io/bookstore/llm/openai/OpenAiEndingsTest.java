package io.bookstore.llm.openai;

import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.llm.SpanReader.onlySpan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIIoException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.otel.OpenTelemetryRecorder;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.testing.GenAiConformance;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each way in which a call of the official client can end: the exception is the SDK's own, the span tells what it means. */
class OpenAiEndingsTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));

    private final GenAiTelemetry telemetry = GenAiTelemetry.builder(otel.getOpenTelemetry())
            .metrics(OpenTelemetryRecorder.create(otel.getOpenTelemetry()))
            .build();

    @AfterEach
    void spansAndMetricsConform() {
        GenAiConformance.of(GenAiConventions.V1_41).assertConforms(otel.getSpans(), otel.getMetrics());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "400, BadRequestException, invalid_request",
        "401, UnauthorizedException, authentication",
        "404, NotFoundException, not_found",
        "429, RateLimitException, rate_limited",
        "500, InternalServerException, server_error",
        "503, InternalServerException, overloaded"
    })
    void refusalIsTheSdksExceptionAndItsStatusTheKindOfError(String fault, String exception, String type) {
        for (SdkCall call : SdkCall.values()) {
            OpenAIClient bare = failing(fault);
            OpenAIClient client = InstrumentedOpenAi.wrap(bare, telemetry);

            List<ThrowingCallable> ways = List.of(
                    () -> call.blocking(client),
                    () -> call.raw(client),
                    () -> call.async(client.async()).get(2, TimeUnit.MINUTES));

            for (ThrowingCallable way : ways) {
                Throwable thrown = catchThrowable(way);
                Throwable error = thrown instanceof ExecutionException ? thrown.getCause() : thrown;
                error = error instanceof CompletionException ? error.getCause() : error;
                assertThat(error.getClass().getSimpleName()).isEqualTo(exception);
                assertThat(attributes(onlySpan(otel)))
                        .containsEntry("error.type", type)
                        .containsEntry("llm.outcome", "failed");
                assertThat(onlySpan(otel).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
                otel.clearSpans();
            }
            bare.close();
        }
    }

    @Test
    void asynchronousFailureReachesTheHostAsTheSdkWrapsIt() {
        OpenAIClient bare = failing("429");

        Throwable own = catchThrowable(() -> SdkCall.CHAT.async(bare.async()).join());
        Throwable measured = catchThrowable(() -> SdkCall.CHAT
                .async(InstrumentedOpenAi.wrap(bare, telemetry).async())
                .join());

        assertThat(measured).hasSameClassAs(own);
        assertThat(measured.getCause()).hasSameClassAs(own.getCause());
        bare.close();
    }

    @Test
    void deadlineThatPassedIsATimeout() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            OpenAIClient bare = OpenAIOkHttpClient.builder()
                    .baseUrl("http://127.0.0.1:" + silent.getLocalPort())
                    .apiKey("none")
                    .maxRetries(0)
                    .timeout(Duration.ofMillis(300))
                    .build();

            Throwable thrown =
                    catchThrowable(() -> SdkCall.RESPONSE.blocking(InstrumentedOpenAi.wrap(bare, telemetry)));

            assertThat(thrown).isInstanceOf(OpenAIIoException.class);
            assertThat(attributes(onlySpan(otel))).containsEntry("error.type", "timeout");
            bare.close();
        }
    }

    @Test
    void streamClosedEarlyIsACancellation() {
        OpenAIClient bare = failing(null);

        try (StreamResponse<ChatCompletionChunk> stream =
                InstrumentedOpenAi.wrap(bare, telemetry).chat().completions().createStreaming(SdkCall.chat())) {
            Iterator<ChatCompletionChunk> chunks = stream.stream().iterator();
            chunks.next();
        }

        assertCancelled();
        bare.close();
    }

    @Test
    void asynchronousStreamClosedEarlyIsACancellation() throws Exception {
        OpenAIClient bare = failing(null);
        AsyncStreamResponse<ChatCompletionChunk> stream = InstrumentedOpenAi.wrap(bare, telemetry)
                .async()
                .chat()
                .completions()
                .createStreaming(SdkCall.chat());

        stream.subscribe(chunk -> stream.close()).onCompleteFuture().get(2, TimeUnit.MINUTES);

        assertCancelled();
        bare.close();
    }

    @Test
    void streamThatNobodyHoldsAnyMoreEndsAsCancelled() {
        OpenAIClient bare = failing(null);
        InstrumentedOpenAi.wrap(bare, telemetry).chat().completions().createStreaming(SdkCall.chat());

        assertCancelledOnceItIsCollected();
        bare.close();
    }

    @Test
    void asynchronousStreamThatNobodyHoldsAnyMoreEndsAsCancelled() {
        OpenAIClient bare = failing(null);
        InstrumentedOpenAi.wrap(bare, telemetry).async().chat().completions().createStreaming(SdkCall.chat());

        assertCancelledOnceItIsCollected();
        bare.close();
    }

    @Test
    void futureThatTheHostCancelsIsACancellation() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            OpenAIClient bare = OpenAIOkHttpClient.builder()
                    .baseUrl("http://127.0.0.1:" + silent.getLocalPort())
                    .apiKey("none")
                    .maxRetries(0)
                    .build();

            CompletableFuture<?> answer =
                    SdkCall.CHAT.async(InstrumentedOpenAi.wrap(bare, telemetry).async());
            answer.cancel(true);

            assertCancelled();
            bare.close();
        }
    }

    @Test
    void streamClosedAfterItsFinishReasonIsComplete() {
        OpenAIClient bare = failing(null);

        try (StreamResponse<ChatCompletionChunk> stream =
                InstrumentedOpenAi.wrap(bare, telemetry).chat().completions().createStreaming(SdkCall.chat())) {
            Iterator<ChatCompletionChunk> chunks = stream.stream().iterator();
            while (chunks.next().choices().get(0).finishReason().isEmpty()) {
                assertThat(otel.getSpans()).isEmpty();
            }
        }

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.outcome", "completed")
                .containsEntry("gen_ai.response.finish_reasons", List.of("stop"));
        bare.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"CHAT_STREAM", "RESPONSE_STREAM"})
    void streamThatIsCutIsAFailureOfTheNetwork(SdkCall call) {
        OpenAIClient bare = failing("reset-after-chunks:2");
        OpenAIClient client = InstrumentedOpenAi.wrap(bare, telemetry);

        assertThat(catchThrowable(() -> call.blocking(client))).isInstanceOf(OpenAIIoException.class);
        assertThat(attributes(onlySpan(otel))).containsEntry("error.type", "network");
        otel.clearSpans();

        assertThat(catchThrowable(() -> call.async(client.async()).get(2, TimeUnit.MINUTES)))
                .hasCauseInstanceOf(OpenAIIoException.class);
        assertThat(attributes(onlySpan(otel))).containsEntry("error.type", "network");
        bare.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"CHAT_STREAM", "RESPONSE_STREAM"})
    void errorInTheMiddleOfAStreamIsWhatTheProviderCallsIt(SdkCall call) {
        OpenAIClient bare = failing("error-event:1");
        OpenAIClient client = InstrumentedOpenAi.wrap(bare, telemetry);

        Throwable own = catchThrowable(() -> call.blocking(bare));
        Throwable measured = catchThrowable(() -> call.blocking(client));

        assertThat(measured == null ? null : measured.getClass()).isEqualTo(own == null ? null : own.getClass());
        assertThat(attributes(onlySpan(otel))).containsEntry("error.type", "server_error");
        bare.close();
    }

    @Test
    void rawResponseThatTheHostReadsByItselfIsCompleteWithoutTokens() throws Exception {
        OpenAIClient bare = failing(null);

        try (var raw = InstrumentedOpenAi.wrap(bare, telemetry)
                        .chat()
                        .completions()
                        .withRawResponse()
                        .createStreaming(SdkCall.chat());
                InputStream body = raw.body()) {
            assertThat(raw.statusCode()).isEqualTo(200);
            assertThat(body.readAllBytes()).isNotEmpty();
        }

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.outcome", "completed")
                .doesNotContainKey("gen_ai.usage.input_tokens");
        bare.close();
    }

    private static void assertCancelledOnceItIsCollected() {
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
            System.gc();
            return !otel.getSpans().isEmpty();
        });
        assertCancelled();
    }

    private static void assertCancelled() {
        assertThat(onlySpan(otel).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.outcome", "cancelled")
                .doesNotContainKey("error.type");
    }

    private static OpenAIClient failing(String fault) {
        OpenAIOkHttpClient.Builder client = OpenAIOkHttpClient.builder()
                .baseUrl(server.baseUrl() + "/v1")
                .apiKey("none")
                .maxRetries(0);
        if (fault != null) {
            client.putHeader("x-simulator-fault", fault);
        }
        return client.build();
    }
}
