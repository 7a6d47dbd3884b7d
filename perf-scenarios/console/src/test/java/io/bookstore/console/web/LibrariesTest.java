package io.bookstore.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.net.ConnectException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spans as each library writes them are calls of the console. */
class LibrariesTest {

    @RegisterExtension
    static final TestConsole console = new TestConsole();

    @Test
    void kitsOwnLibrary() throws Exception {
        console.send(
                "kit",
                sdk -> GenAiTelemetry.create(sdk)
                        .call(
                                InferenceRequest.chat("openai", "gpt-4o-mini").build(),
                                () -> "Good.",
                                text -> InferenceResponse.of("gpt-4o-mini", TokenUsage.of(1_000L, 100L))));

        JsonNode call = onlyCall("kit");
        assertThat(call.at("/request").toString())
                .isEqualTo("{\"operation\":\"chat\",\"provider\":\"openai\",\"model\":\"gpt-4o-mini\"}");
        assertThat(call.at("/usage").toString())
                .isEqualTo("{\"inputTokens\":1000,\"outputTokens\":100,\"costUsd\":2.1E-4}");
        assertThat(call.at("/answer/error").isMissingNode()).isTrue();
    }

    /**
     * Attributes as the sources have them: LangChain4j's DefaultChatModelConvention (langchain4j-observation 1.16), Spring AI's
     * DefaultChatModelObservationConvention (1.1), openai-java-1.1 of OpenTelemetry's agent (2.31), OpenInference's
     * semantic_conventions.md, Traceloop's openllmetry (0.62). Those of Micrometer are texts, numbers included.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            langchain4j   | gen_ai.operation.name=chat; gen_ai.provider.name=OPEN_AI; gen_ai.request.model=gpt-4o; gen_ai.response.model=unknown; outcome=SUCCESS; gen_ai.usage.input_tokens='12'; gen_ai.usage.output_tokens='34' | chat OPEN_AI gpt-4o 12 34
            spring-ai     | gen_ai.operation.name=chat; gen_ai.system=openai; gen_ai.request.model=gpt-4o-mini; gen_ai.response.model=none; gen_ai.usage.input_tokens='12'; gen_ai.usage.output_tokens='34'; gen_ai.usage.total_tokens='46'; gen_ai.response.finish_reasons=["STOP"] | chat openai gpt-4o-mini 12 34
            agent         | gen_ai.operation.name=chat; gen_ai.provider.name=openai; gen_ai.request.model=gpt-4o-mini; gen_ai.response.model=gpt-4o-mini-2024-07-18; gen_ai.usage.input_tokens=12; gen_ai.usage.output_tokens=34 | chat openai gpt-4o-mini-2024-07-18 12 34
            openinference | openinference.span.kind=LLM; llm.provider=anthropic; llm.model_name=claude-sonnet-5; llm.token_count.prompt=12; llm.token_count.completion=34 | chat anthropic claude-sonnet-5 12 34
            embeddings    | openinference.span.kind=EMBEDDING; llm.system=openai; llm.model_name=text-embedding-3-small; llm.token_count.prompt=12 | embeddings openai text-embedding-3-small 12 ?
            traceloop     | llm.request.type=completion; gen_ai.system=Anthropic; gen_ai.request.model=claude-3; gen_ai.usage.prompt_tokens=12; gen_ai.usage.completion_tokens=34 | text_completion Anthropic claude-3 12 34
            """)
    void otherLibrary(String library, String attributes, String expected) throws Exception {
        console.send(library, attributes(attributes));

        JsonNode call = onlyCall(library);
        assertThat(List.of(
                        text(call, "/request/operation"),
                        text(call, "/request/provider"),
                        text(call, "/request/model"),
                        text(call, "/usage/inputTokens"),
                        text(call, "/usage/outputTokens")))
                .containsExactly(expected.split(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cached    | gen_ai.usage.cache_read.input_tokens=7             | /usage/cachedTokens         | 7
            cachedOI  | llm.token_count.prompt_details.cache_read=7        | /usage/cachedTokens         | 7
            reasoning | gen_ai.usage.reasoning.output_tokens=9             | /usage/reasoningTokens      | 9
            reasonOI  | llm.token_count.completion_details.reasoning=9     | /usage/reasoningTokens      | 9
            cost      | llm.cost.usd=0.25                                  | /usage/costUsd              | 0.25
            costOI    | llm.cost.total=0.25                                | /usage/costUsd              | 0.25
            attempts  | llm.attempts=3                                     | /answer/attempts            | 3
            first     | gen_ai.response.time_to_first_chunk=0.125          | /answer/timeToFirstTokenMs  | 125.0
            finish    | gen_ai.response.finish_reasons=["STOP"]            | /answer/finishReason        | STOP
            error     | error.type=rate_limited                            | /answer/error               | rate_limited
            cancelled | llm.outcome=cancelled                              | /answer/error               | cancelled
            talk      | gen_ai.conversation.id=c-1                         | /request/conversation       | c-1
            talkOI    | session.id=c-1                                     | /request/conversation       | c-1
            infinite  | llm.cost.usd='Infinity'                            | /usage/costUsd              | ?
            fraction  | gen_ai.usage.input_tokens=1.5                      | /usage/inputTokens          | ?
            """)
    void figure(String service, String attribute, String path, String expected) throws Exception {
        console.send(service, attributes("gen_ai.operation.name=chat; " + attribute));

        assertThat(text(onlyCall(service), path)).isEqualTo(expected);
    }

    @Test
    void exceptionNamesTheErrorOfASpanThatHasNoErrorType() throws Exception {
        console.send("exception", sdk -> {
            Span span = sdk.getTracer("test")
                    .spanBuilder("chat")
                    .setAttribute("gen_ai.operation.name", "chat")
                    .startSpan();
            span.recordException(new ConnectException("refused"));
            span.setStatus(StatusCode.ERROR).end();
        });

        assertThat(text(onlyCall("exception"), "/answer/error")).isEqualTo("java.net.ConnectException");
    }

    @ParameterizedTest
    @CsvSource({
        "gen_ai.operation.name=execute_tool",
        "gen_ai.operation.name=invoke_agent",
        "gen_ai.operation.name=framework",
        "openinference.span.kind=CHAIN",
        "http.request.method=GET"
    })
    void otherSpanIsNoCall(String attribute) throws Exception {
        String service = attribute.replaceAll("\\W", "-");
        console.send(service, attributes(attribute));

        assertThat(console.calls(service, "")).isEmpty();
    }

    private static JsonNode onlyCall(String service) throws Exception {
        JsonNode calls = console.calls(service, "");
        assertThat(calls).hasSize(1);
        return calls.get(0);
    }

    private static String text(JsonNode call, String path) {
        return call.at(path).asText("?");
    }

    /** Attributes as in {@code name=12; other='12'; third=word}: numbers are numbers unless they are quoted. */
    private static Attributes attributes(String text) {
        AttributesBuilder attributes = Attributes.builder();
        for (String pair : text.split("; ")) {
            String[] parts = pair.split("=", 2);
            if (parts[1].matches("\\d+")) {
                attributes.put(parts[0], Long.parseLong(parts[1]));
            } else if (parts[1].matches("\\d+\\.\\d+")) {
                attributes.put(parts[0], Double.parseDouble(parts[1]));
            } else {
                attributes.put(parts[0], parts[1].replace("'", ""));
            }
        }
        return attributes.build();
    }
}
