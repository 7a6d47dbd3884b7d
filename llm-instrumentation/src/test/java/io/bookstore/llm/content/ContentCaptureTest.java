package io.bookstore.llm.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.Inference;
import io.bookstore.llm.SpanReader;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import io.bookstore.llm.operation.ToolRequest;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.semconv.Profile;
import io.bookstore.llm.testing.GenAiConformance;
import io.bookstore.testing.Warnings;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCaptureTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    @RegisterExtension
    final Warnings log = new Warnings();

    private static final String SECRET = "the author's phone is 555-0199";

    @Test
    void nothingIsCapturedUnlessAPolicySaysSo() throws Exception {
        GenAiTelemetry telemetry = GenAiTelemetry.builder(otel.getOpenTelemetry())
                .profiles(Profile.values())
                .build();

        converse(telemetry);
        telemetry.callTool(ToolRequest.function("phone_book").withArguments(SECRET), () -> SECRET);

        assertThat(otel.getSpans())
                .hasSize(2)
                .allSatisfy(span -> assertThat(span.toString()).doesNotContain("555-0199"));
    }

    @Test
    void supplierDoesNotRunUnlessAPolicySaysSo() {
        Inference call = GenAiTelemetry.create(otel.getOpenTelemetry())
                .start(InferenceRequest.chat("openai", "gpt-4o").build());

        call.content(() -> {
            throw new AssertionError("must not run");
        });
        call.cancel();

        assertThat(otel.getSpans()).hasSize(1);
    }

    @Test
    void supplierDoesNotRunForASpanThatIsNotRecorded() {
        OpenTelemetrySdk unsampled = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setSampler(Sampler.alwaysOff())
                        .build())
                .build();
        Inference call = GenAiTelemetry.builder(unsampled)
                .content(ContentPolicy.everything())
                .build()
                .start(InferenceRequest.chat("openai", "gpt-4o").build());

        call.content(() -> {
            throw new AssertionError("must not run");
        });
        call.cancel();

        assertThat(log.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"city\": \"Ul\\\"m\\u00e9\", \"n\": [1, -0.5e+3, true, null, {}]}",
                " {} ",
                "{\"a\":{\"b\":[]}}"
            })
    void argumentsThatAreAnObjectAreWrittenAsOne(String arguments) throws Exception {
        assertThat(argumentsOnTheWire(arguments)).isEqualTo(tree(arguments));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"a\":01}",
                "{\"a\" 1}",
                "{'a':1}",
                "{\"a\":1,}",
                "{}{}",
                "[1]",
                "17",
                "{\"a\":\"\\x\"}",
                "{\"a\":tru}"
            })
    void argumentsThatAreNoObjectStayAText(String arguments) throws Exception {
        assertThat(argumentsOnTheWire(arguments).asText()).isEqualTo(arguments);
    }

    @Test
    void argumentsThatNestTooDeepStayAText() throws Exception {
        String deep = "{\"a\":".repeat(50_000) + "1" + "}".repeat(50_000);

        assertThat(argumentsOnTheWire(deep).asText()).isEqualTo(deep);
    }

    private static JsonNode argumentsOnTheWire(String arguments) throws Exception {
        Content said = Content.ofOutput(
                new Message("assistant", List.of(new Part.ToolCall("c1", "weather", arguments)), "tool_call"));
        return tree(said.outputJson()).at("/0/parts/0/arguments");
    }

    @Test
    void messagesHaveTheSchemaOfTheConventions() throws Exception {
        converse(capturing(ContentPolicy.everything()));

        assertThat(json("gen_ai.system_instructions"))
                .isEqualTo(tree("[{\"type\":\"text\",\"content\":\"Be \\\"brief\\\".\\n\"}]"));
        assertThat(json("gen_ai.input.messages"))
                .isEqualTo(
                        tree("[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"" + SECRET + "\"}]}]"));
        assertThat(json("gen_ai.output.messages"))
                .isEqualTo(tree("[{\"role\":\"assistant\",\"parts\":[{\"type\":\"reasoning\",\"content\":\"hm\"},"
                        + "{\"type\":\"tool_call\",\"id\":\"c1\",\"name\":\"phone_book\",\"arguments\":{}}],"
                        + "\"finish_reason\":\"tool_call\"}]"));
        GenAiConformance.of(GenAiConventions.V1_41).allowingContent().assertConforms(otel.getSpans());
    }

    @Test
    void redactorSeesEveryText() throws Exception {
        GenAiTelemetry telemetry = capturing(ContentPolicy.redacted(text -> text.replaceAll("[0-9]", "#")));

        converse(telemetry);
        telemetry.callTool(ToolRequest.function("phone_book").withArguments(SECRET), () -> SECRET);

        assertThat(otel.getSpans().toString()).contains("phone is ###-####").doesNotContain("555-0199");
        assertThat(SpanReader.attributes(otel.getSpans().get(1)))
                .containsEntry("gen_ai.tool.call.arguments", "the author's phone is ###-####")
                .containsEntry("gen_ai.tool.call.result", "the author's phone is ###-####");
    }

    @Test
    void redactorThatThrowsCostsTheContentOnly() {
        converse(capturing(ContentPolicy.redacted(text -> {
            throw new IllegalStateException("defect");
        })));

        assertThat(attributes())
                .containsEntry("gen_ai.usage.input_tokens", 9L)
                .doesNotContainKeys("gen_ai.input.messages", "gen_ai.output.messages");
        assertThat(log.all())
                .containsExactly("Telemetry of LLM calls failed to capture_content; the calls are not affected: "
                        + "java.lang.IllegalStateException: defect");
    }

    @Test
    void policyMayKeepNothing() {
        converse(capturing(content -> null));

        assertThat(attributes()).doesNotContainKeys("gen_ai.input.messages", "gen_ai.output.messages");
    }

    @Test
    void textsMayBeCut() throws Exception {
        converse(capturing(ContentPolicy.everything().cutAt(10)));

        assertThat(json("gen_ai.input.messages").toString())
                .contains("the author")
                .doesNotContain("the author'");
    }

    @Test
    void textCutWithinACharacterIsStillValidJson() throws Exception {
        Content cut = Objects.requireNonNull(
                ContentPolicy.everything().cutAt(3).apply(Content.ofInput(Message.user("ab\uD83D\uDE00"))));

        assertThat(cut.inputJson()).contains("ab\\ud83d");
        assertThat(tree(cut.inputJson())).isNotNull();
    }

    @Test
    void toolsThatAreOfferedPassThePolicyAndGoOntoTheSpan() throws Exception {
        Inference call = capturing(ContentPolicy.redacted(text -> "#"))
                .start(InferenceRequest.chat("openai", "gpt-4o").build());
        call.content(() -> new Content(
                List.of(), List.of(), List.of(), List.of(new ToolDefinition("phone_book", "finds " + SECRET))));
        call.complete(InferenceResponse.of("gpt-4o", TokenUsage.of(9L, 1L)));

        assertThat(json("gen_ai.tool.definitions"))
                .isEqualTo(tree("[{\"type\":\"function\",\"name\":\"phone_book\",\"description\":\"#\"}]"));
    }

    @Test
    void cutMustLeaveSomething() {
        assertThatThrownBy(() -> ContentPolicy.everything().cutAt(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxCharacters must be >= 1, was 0");
    }

    private static GenAiTelemetry capturing(ContentPolicy policy) {
        return GenAiTelemetry.builder(otel.getOpenTelemetry()).content(policy).build();
    }

    private static void converse(GenAiTelemetry telemetry) {
        Inference call =
                telemetry.start(InferenceRequest.chat("openai", "gpt-4o").build());
        call.content(
                () -> new Content(List.of(new Part.Text("Be \"brief\".\n")), List.of(Message.user(SECRET)), List.of()));
        call.content(() -> Content.ofOutput(new Message(
                "assistant",
                List.of(new Part.Reasoning("hm"), new Part.ToolCall("c1", "phone_book", "{}")),
                "tool_call")));
        call.complete(InferenceResponse.of("gpt-4o", TokenUsage.of(9L, 1L)));
    }

    private static Map<String, Object> attributes() {
        return SpanReader.attributes(otel.getSpans().get(0));
    }

    private static JsonNode json(String attribute) throws Exception {
        return tree(String.valueOf(attributes().get(attribute)));
    }

    private static JsonNode tree(String json) throws Exception {
        return new ObjectMapper().readTree(json);
    }
}
