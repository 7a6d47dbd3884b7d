package io.bookstore.llm.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlockParam;
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

/** Makes each call in each way; tells of each whether the span has the tokens of the journal. */
public final class AnthropicProgram {

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final StringBuilder said = new StringBuilder();

    private AnthropicProgram() {}

    public static String run() throws Exception {
        AnthropicProgram program = new AnthropicProgram();
        try (SimulatorServer server = SimulatorServer.start(
                        SimulatorConfig.defaults().withPort(0).withProfile("zero"));
                OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                        .setTracerProvider(SdkTracerProvider.builder()
                                .addSpanProcessor(SimpleSpanProcessor.create(program.spans))
                                .build())
                        .build()) {
            AnthropicClient bare = AnthropicOkHttpClient.builder()
                    .baseUrl(server.baseUrl().toString())
                    .apiKey("none")
                    .maxRetries(0)
                    .build();
            AnthropicClient client = InstrumentedAnthropic.wrap(bare, GenAiTelemetry.create(sdk));
            for (SdkCall call : SdkCall.values()) {
                call.blocking(client);
                program.tell("blocking " + call, server);
                call.raw(client);
                program.tell("raw " + call, server);
                call.async(client.async()).get(2, TimeUnit.MINUTES);
                program.tell("async " + call, server);
            }
            program.tellToolResult(InstrumentedAnthropic.wrap(
                    bare,
                    GenAiTelemetry.builder(sdk)
                            .content(ContentPolicy.everything())
                            .build()));
            bare.close();
        }
        return program.said.toString();
    }

    private void tellToolResult(AnthropicClient capturing) {
        capturing
                .messages()
                .create(SdkCall.message().toBuilder()
                        .addAssistantMessageOfContentBlockParams(
                                List.of(ContentBlockParam.ofToolUse(ToolUseBlockParam.builder()
                                        .id("call_1")
                                        .name("get_weather")
                                        .input(ToolUseBlockParam.Input.builder().build())
                                        .build())))
                        .addUserMessageOfContentBlockParams(
                                List.of(ContentBlockParam.ofToolResult(ToolResultBlockParam.builder()
                                        .toolUseId("call_1")
                                        .content("rain")
                                        .build())))
                        .build());
        spans.getFinishedSpanItems()
                .forEach(span ->
                        said.append(SpanReader.asMap(span.getAttributes()).get("gen_ai.input.messages")));
    }

    private void tell(String call, SimulatorServer server) {
        Attempt.Tokens tokens = Objects.requireNonNull(
                server.journal().attempts().get(0).result().tokens());
        spans.getFinishedSpanItems().forEach(span -> {
            Map<String, Object> attributes = SpanReader.asMap(span.getAttributes());
            boolean equal = Objects.equals(attributes.get("gen_ai.usage.input_tokens"), (long) tokens.input())
                    && Objects.equals(attributes.get("gen_ai.usage.output_tokens"), (long) tokens.output());
            said.append(call)
                    .append(' ')
                    .append(attributes.get("llm.outcome"))
                    .append(equal ? " with the journal's tokens\n" : " with other tokens\n");
        });
        spans.reset();
        server.journal().clear();
    }
}
