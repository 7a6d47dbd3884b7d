package io.bookstore.llm.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.SpanReader;
import io.bookstore.llm.content.ContentPolicy;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.journal.Attempt;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Makes each call in each way; tells of each the span and whether its tokens are the journal's. */
public final class OpenAiProgram {

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final StringBuilder said = new StringBuilder();

    private OpenAiProgram() {}

    public static String run() throws Exception {
        OpenAiProgram program = new OpenAiProgram();
        try (SimulatorServer server = SimulatorServer.start(
                        SimulatorConfig.defaults().withPort(0).withProfile("zero"));
                OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                        .setTracerProvider(SdkTracerProvider.builder()
                                .addSpanProcessor(SimpleSpanProcessor.create(program.spans))
                                .build())
                        .build()) {
            OpenAIClient bare = OpenAIOkHttpClient.builder()
                    .baseUrl(server.baseUrl() + "/v1")
                    .apiKey("none")
                    .maxRetries(0)
                    .build();
            OpenAIClient client = InstrumentedOpenAi.wrap(bare, GenAiTelemetry.create(sdk));
            for (SdkCall call : SdkCall.values()) {
                call.blocking(client);
                program.tell("blocking", server);
                call.raw(client);
                program.tell("raw", server);
                call.async(client.async()).get(2, TimeUnit.MINUTES);
                program.tell("async", server);
            }
            program.tellToolResult(InstrumentedOpenAi.wrap(
                    bare,
                    GenAiTelemetry.builder(sdk)
                            .content(ContentPolicy.everything())
                            .build()));
            bare.close();
        }
        return program.said.toString();
    }

    private void tellToolResult(OpenAIClient capturing) {
        capturing
                .responses()
                .create(SdkCall.response().toBuilder()
                        .inputOfResponse(List.of(
                                ResponseInputItem.ofFunctionCall(ResponseFunctionToolCall.builder()
                                        .callId("call_1")
                                        .name("get_weather")
                                        .arguments("{}")
                                        .build()),
                                ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                                        .callId("call_1")
                                        .output("rain")
                                        .build())))
                        .build());
        spans.getFinishedSpanItems()
                .forEach(span ->
                        said.append(SpanReader.asMap(span.getAttributes()).get("gen_ai.input.messages")));
    }

    private void tell(String way, SimulatorServer server) {
        Attempt.Tokens tokens = Objects.requireNonNull(
                server.journal().attempts().get(0).result().tokens());
        spans.getFinishedSpanItems().forEach(span -> {
            Map<String, Object> attributes = SpanReader.asMap(span.getAttributes());
            // Embeddings have none.
            Long output = span.getName().startsWith("embeddings") ? null : Long.valueOf(tokens.output());
            boolean equal = Objects.equals(attributes.get("gen_ai.usage.input_tokens"), (long) tokens.input())
                    && Objects.equals(attributes.get("gen_ai.usage.output_tokens"), output);
            said.append(way)
                    .append(' ')
                    .append(span.getName())
                    .append(' ')
                    .append(attributes.get("llm.outcome"))
                    .append(equal ? " with the journal's tokens\n" : " with other tokens\n");
        });
        spans.reset();
        server.journal().clear();
    }
}
