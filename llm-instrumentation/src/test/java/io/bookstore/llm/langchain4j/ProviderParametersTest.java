package io.bookstore.llm.langchain4j;

import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.llm.SpanReader.onlySpan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.langchain4j.http.PatientLimits;
import io.bookstore.llm.otel.OpenTelemetryRecorder;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.testing.GenAiConformance;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Parameters that only a provider's module has are on the span too. */
class ProviderParametersTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));

    private final GenAiTelemetry telemetry = GenAiTelemetry.builder(otel.getOpenTelemetry())
            .metrics(OpenTelemetryRecorder.create(otel.getOpenTelemetry()))
            .conventions(GenAiConventions.V0_1)
            .build();

    @AfterEach
    void spansConform() {
        GenAiConformance.of(GenAiConventions.V0_1).assertConforms(otel.getSpans(), otel.getMetrics());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void seedAndReasoningOfAnOpenAiModel() {
        askOpenAi(ChatRequestParameters.builder().build());

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("gen_ai.request.seed", 7L)
                .containsEntry("gen_ai.request.reasoning.level", "low");
    }

    @Test
    void seedAndReasoningOfAnOpenAiRequestGoFirst() {
        askOpenAi(OpenAiChatRequestParameters.builder()
                .seed(9)
                .reasoningEffort("high")
                .build());

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("gen_ai.request.seed", 9L)
                .containsEntry("gen_ai.request.reasoning.level", "high");
    }

    @Test
    void seedOfAnOllamaModelAndOfItsRequest() {
        ollama().chat(request(ChatRequestParameters.builder().build()));
        assertThat(attributes(onlySpan(otel))).containsEntry("gen_ai.request.seed", 7L);
        otel.clearSpans();

        ollama().chat(request(OllamaChatRequestParameters.builder().seed(9).build()));
        assertThat(attributes(onlySpan(otel)))
                .containsEntry("gen_ai.request.seed", 9L)
                .doesNotContainKey("gen_ai.request.reasoning.level");
    }

    /** The simulator does not reason, and refuses a request for it; the span has the parameters of that request. */
    private void askOpenAi(ChatRequestParameters parameters) {
        assertThatThrownBy(() -> openAi().chat(request(parameters)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("reasoning_effort");
    }

    private static ChatRequest request(ChatRequestParameters parameters) {
        return ChatRequest.builder()
                .messages(UserMessage.from("Summarise the book Dune by Frank Herbert"))
                .parameters(parameters)
                .build();
    }

    private ChatModel openAi() {
        return InstrumentedChatModel.wrap(
                OpenAiChatModel.builder()
                        .httpClientBuilder(PatientLimits.http())
                        .baseUrl(server.baseUrl() + "/v1")
                        .apiKey("none")
                        .modelName("gpt-4o-mini")
                        .seed(7)
                        .reasoningEffort("low")
                        .build(),
                telemetry,
                server.baseUrl());
    }

    private ChatModel ollama() {
        return InstrumentedChatModel.wrap(
                OllamaChatModel.builder()
                        .httpClientBuilder(PatientLimits.http())
                        .baseUrl(server.baseUrl().toString())
                        .modelName("llama3.2")
                        .seed(7)
                        .build(),
                telemetry,
                server.baseUrl());
    }
}
