package io.bookstore.llm.bench;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.langchain4j.InstrumentedChatModel;
import io.bookstore.llm.langchain4j.InstrumentedStreamingChatModel;
import io.bookstore.llm.micrometer.MicrometerRecorder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** A call to a model that answers at once: bare, with LangChain4j's listener, and measured by this library. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CallBenchmark {

    private final OpenTelemetry sdk = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .setSampler(Sampler.alwaysOn())
                    .addSpanProcessor(new Discarding())
                    .build())
            .build();
    private final MeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final GenAiTelemetry telemetry = GenAiTelemetry.builder(sdk)
            .metrics(MicrometerRecorder.create(meters))
            .build();
    private final CannedModel canned = new CannedModel();

    private final ChatModel bare = canned;
    private final ChatModel listened = new CannedModel(new SpanListener(sdk, meters));
    private final ChatModel spans = InstrumentedChatModel.wrap(canned, GenAiTelemetry.create(sdk));
    private final ChatModel measured = InstrumentedChatModel.wrap(canned, telemetry);

    private final ChatModel disabled = InstrumentedChatModel.wrap(
            canned, GenAiTelemetry.builder(sdk).enabled(false).build());

    private final StreamingChatModel bareStream = canned;
    private final StreamingChatModel measuredStream = InstrumentedStreamingChatModel.wrap(canned, telemetry);

    @Benchmark
    public ChatResponse bareCall() {
        return bare.chat(CannedModel.REQUEST);
    }

    @Benchmark
    public ChatResponse disabledCall() {
        return disabled.chat(CannedModel.REQUEST);
    }

    @Benchmark
    public ChatResponse listenerCall() {
        return listened.chat(CannedModel.REQUEST);
    }

    @Benchmark
    public ChatResponse spanCall() {
        return spans.chat(CannedModel.REQUEST);
    }

    @Benchmark
    public ChatResponse measuredCall() {
        return measured.chat(CannedModel.REQUEST);
    }

    @Benchmark
    public ChatResponse recordedCall(FlightRecording ignored) {
        return measured.chat(CannedModel.REQUEST);
    }

    @Benchmark
    @OperationsPerInvocation(CannedModel.CHUNKS)
    public void bareChunk(Blackhole blackhole) {
        bareStream.chat(CannedModel.REQUEST, new Consuming(blackhole));
    }

    @Benchmark
    @OperationsPerInvocation(CannedModel.CHUNKS)
    public void measuredChunk(Blackhole blackhole) {
        measuredStream.chat(CannedModel.REQUEST, new Consuming(blackhole));
    }

    @Benchmark
    @OperationsPerInvocation(CannedModel.CHUNKS)
    public void recordedChunk(FlightRecording ignored, Blackhole blackhole) {
        measuredStream.chat(CannedModel.REQUEST, new Consuming(blackhole));
    }

    /** A recording of calls and chunks that keeps the newest in memory. */
    @State(Scope.Benchmark)
    public static class FlightRecording {

        private final Recording recording = new Recording();

        @Setup
        public void start() {
            recording.setToDisk(false);
            recording.enable("io.bookstore.llm.Call");
            recording.enable("io.bookstore.llm.Chunk");
            recording.start();
        }

        @TearDown
        public void stop() {
            recording.close();
        }
    }

    private record Consuming(Blackhole blackhole) implements StreamingChatResponseHandler {

        @Override
        public void onPartialResponse(String text) {
            blackhole.consume(text);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            blackhole.consume(response);
        }

        @Override
        public void onError(Throwable error) {
            throw new IllegalStateException(error);
        }
    }

    /** Takes every span and keeps none: the exporter's cost is not the library's. */
    private static final class Discarding implements SpanProcessor {

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {}

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan span) {}

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }
}
