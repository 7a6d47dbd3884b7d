package io.bookstore.llm.anthropic;

import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.llm.SpanReader.onlySpan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.AsyncStreamResponse;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicIoException;
import com.anthropic.models.messages.RawMessageStreamEvent;
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
class AnthropicEndingsTest {

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
        "529, InternalServerException, overloaded"
    })
    void refusalIsTheSdksExceptionAndItsStatusTheKindOfError(String fault, String exception, String type) {
        for (SdkCall call : SdkCall.values()) {
            AnthropicClient bare = failing(fault);
            AnthropicClient client = InstrumentedAnthropic.wrap(bare, telemetry);

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
        AnthropicClient bare = failing("429");

        Throwable own = catchThrowable(() -> SdkCall.MESSAGE.async(bare.async()).join());
        Throwable measured = catchThrowable(() -> SdkCall.MESSAGE
                .async(InstrumentedAnthropic.wrap(bare, telemetry).async())
                .join());

        assertThat(measured).hasSameClassAs(own);
        assertThat(measured.getCause()).hasSameClassAs(own.getCause());
        bare.close();
    }

    @Test
    void deadlineThatPassedIsATimeout() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            AnthropicClient bare = AnthropicOkHttpClient.builder()
                    .baseUrl("http://127.0.0.1:" + silent.getLocalPort())
                    .apiKey("none")
                    .maxRetries(0)
                    .timeout(Duration.ofMillis(300))
                    .build();

            Throwable thrown =
                    catchThrowable(() -> SdkCall.MESSAGE.blocking(InstrumentedAnthropic.wrap(bare, telemetry)));

            assertThat(thrown).isInstanceOf(AnthropicIoException.class);
            assertThat(attributes(onlySpan(otel))).containsEntry("error.type", "timeout");
            bare.close();
        }
    }

    @Test
    void streamClosedEarlyIsACancellation() {
        AnthropicClient bare = failing(null);

        try (StreamResponse<RawMessageStreamEvent> stream =
                InstrumentedAnthropic.wrap(bare, telemetry).messages().createStreaming(SdkCall.message())) {
            Iterator<RawMessageStreamEvent> events = stream.stream().iterator();
            events.next();
        }

        assertCancelled();
        bare.close();
    }

    @Test
    void asynchronousStreamClosedEarlyIsACancellation() throws Exception {
        AnthropicClient bare = failing(null);
        AsyncStreamResponse<RawMessageStreamEvent> stream =
                InstrumentedAnthropic.wrap(bare, telemetry).async().messages().createStreaming(SdkCall.message());

        stream.subscribe(event -> stream.close()).onCompleteFuture().get(2, TimeUnit.MINUTES);

        assertCancelled();
        bare.close();
    }

    @Test
    void streamThatNobodyHoldsAnyMoreEndsAsCancelled() {
        AnthropicClient bare = failing(null);
        InstrumentedAnthropic.wrap(bare, telemetry).messages().createStreaming(SdkCall.message());

        assertCancelledOnceItIsCollected();
        bare.close();
    }

    @Test
    void asynchronousStreamThatNobodyHoldsAnyMoreEndsAsCancelled() {
        AnthropicClient bare = failing(null);
        InstrumentedAnthropic.wrap(bare, telemetry).async().messages().createStreaming(SdkCall.message());

        assertCancelledOnceItIsCollected();
        bare.close();
    }

    @Test
    void futureThatTheHostCancelsIsACancellation() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            AnthropicClient bare = AnthropicOkHttpClient.builder()
                    .baseUrl("http://127.0.0.1:" + silent.getLocalPort())
                    .apiKey("none")
                    .maxRetries(0)
                    .build();

            CompletableFuture<?> answer = SdkCall.MESSAGE.async(
                    InstrumentedAnthropic.wrap(bare, telemetry).async());
            answer.cancel(true);

            assertCancelled();
            bare.close();
        }
    }

    @Test
    void streamClosedAfterItsStopReasonIsComplete() {
        AnthropicClient bare = failing(null);

        try (StreamResponse<RawMessageStreamEvent> stream =
                InstrumentedAnthropic.wrap(bare, telemetry).messages().createStreaming(SdkCall.message())) {
            Iterator<RawMessageStreamEvent> events = stream.stream().iterator();
            while (!events.next().isMessageDelta()) {
                assertThat(otel.getSpans()).isEmpty();
            }
        }

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.outcome", "completed")
                .containsEntry("gen_ai.response.finish_reasons", List.of("stop"));
        bare.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"MESSAGE_STREAM", "BETA_MESSAGE_STREAM"})
    void streamThatIsCutIsAFailureOfTheNetwork(SdkCall call) {
        AnthropicClient bare = failing("reset-after-chunks:2");
        AnthropicClient client = InstrumentedAnthropic.wrap(bare, telemetry);

        assertThat(catchThrowable(() -> call.blocking(client))).isInstanceOf(AnthropicIoException.class);
        assertThat(attributes(onlySpan(otel))).containsEntry("error.type", "network");
        otel.clearSpans();

        assertThat(catchThrowable(() -> call.async(client.async()).get(2, TimeUnit.MINUTES)))
                .hasCauseInstanceOf(AnthropicIoException.class);
        assertThat(attributes(onlySpan(otel))).containsEntry("error.type", "network");
        bare.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"MESSAGE_STREAM", "BETA_MESSAGE_STREAM"})
    void errorInTheMiddleOfAStreamIsWhatTheProviderCallsIt(SdkCall call) {
        AnthropicClient bare = failing("error-event:1");
        AnthropicClient client = InstrumentedAnthropic.wrap(bare, telemetry);

        Throwable own = catchThrowable(() -> call.blocking(bare));
        Throwable measured = catchThrowable(() -> call.blocking(client));

        assertThat(measured == null ? null : measured.getClass()).isEqualTo(own == null ? null : own.getClass());
        assertThat(attributes(onlySpan(otel))).containsEntry("error.type", "overloaded");
        bare.close();
    }

    @Test
    void rawResponseThatTheHostReadsByItselfIsCompleteWithoutTokens() throws Exception {
        AnthropicClient bare = failing(null);

        try (var raw = InstrumentedAnthropic.wrap(bare, telemetry)
                        .messages()
                        .withRawResponse()
                        .createStreaming(SdkCall.message());
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

    private static AnthropicClient failing(String fault) {
        AnthropicOkHttpClient.Builder client = AnthropicOkHttpClient.builder()
                .baseUrl(server.baseUrl().toString())
                .apiKey("none")
                // Some tests call the client unwrapped too.
                .openTelemetry(false)
                .maxRetries(0);
        if (fault != null) {
            client.putHeader("x-simulator-fault", fault);
        }
        return client.build();
    }
}
