package io.bookstore.simulator.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Spans of other libraries say the same by other names. */
class SpanCallsTest {

    private static final Instant START = Instant.parse("2026-11-30T12:00:00.25Z");

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("streams")
    void streamOfEachLibraryIsTheSameCall(String library, SpanText span) throws Exception {
        Call call = only(SpanText.export(span));

        assertThat(call.time()).isEqualTo(START);
        assertThat(call.provider()).isEqualTo("openai");
        assertThat(call.model()).isEqualTo("gpt-4o");
        assertThat(call.status()).isEqualTo(200);
        assertThat(call.completed()).isTrue();
        assertThat(call.uncachedTokens()).isEqualTo(700);
        assertThat(call.outputTokens()).isEqualTo(120);
        assertThat(call.ttftMs()).isEqualTo(450);
        assertThat(call.durationMs()).isEqualTo(2_000);
    }

    static Stream<Arguments> streams() {
        return Stream.of(
                Arguments.of(
                        "conventions of v1.41",
                        chat("gen_ai.provider.name")
                                .whole("gen_ai.usage.input_tokens", 1_000)
                                .whole("gen_ai.usage.cache_read.input_tokens", 300)
                                .whole("gen_ai.usage.output_tokens", 120)
                                .number("gen_ai.response.time_to_first_chunk", 0.45)),
                Arguments.of(
                        "OpenLIT, with v1.36",
                        chat("gen_ai.system")
                                .whole("gen_ai.usage.input_tokens", 700)
                                .whole("gen_ai.usage.output_tokens", 120)
                                .number("gen_ai.server.time_to_first_token", 0.45)),
                Arguments.of(
                        "Vercel's AI SDK",
                        chat("gen_ai.system")
                                .whole("gen_ai.usage.input_tokens", 700)
                                .whole("gen_ai.usage.output_tokens", 120)
                                .number("ai.response.msToFirstChunk", 450)),
                Arguments.of(
                        "Micrometer, numbers as text, and Langfuse's time",
                        chat("gen_ai.system")
                                .text("gen_ai.usage.input_tokens", "700")
                                .text("gen_ai.usage.output_tokens", "120")
                                .text("error.type", "none")
                                .text("langfuse.observation.completion_start_time", "\"2026-11-30T12:00:00.700Z\"")),
                Arguments.of(
                        "OpenInference",
                        SpanText.of(START, 2_000)
                                .kind(1)
                                .text("openinference.span.kind", "LLM")
                                .text("llm.provider", "openai")
                                .text("llm.model_name", "gpt-4o")
                                .whole("llm.token_count.prompt", 1_000)
                                .whole("llm.token_count.prompt_details.cache_read", 300)
                                .whole("llm.token_count.completion", 120)
                                .event("First Token Stream Event", 450)),
                Arguments.of(
                        "Traceloop",
                        SpanText.of(START, 2_000)
                                .text("llm.request.type", "chat")
                                .text("gen_ai.system", "openai")
                                .text("gen_ai.request.model", "gpt-4o")
                                .whole("gen_ai.usage.prompt_tokens", 700)
                                .whole("gen_ai.usage.completion_tokens", 120)
                                .event("llm.content.completion.chunk", 450)
                                .event("llm.content.completion.chunk", 500)));
    }

    private static SpanText chat(String provider) {
        return SpanText.of(START, 2_000)
                .text("gen_ai.operation.name", "chat")
                .text(provider, "openai")
                .text("gen_ai.request.model", "gpt-4o");
    }

    @Test
    void eventOfEachChunkIsItsTime() throws Exception {
        SpanText span = chat("gen_ai.system");
        for (double ms : new double[] {100, 150, 200.5}) {
            span.event("llm.content.completion.chunk", ms);
        }

        assertThat(only(SpanText.export(span)).chunkMs()).containsExactly(100, 150, 200.5);
    }

    @ParameterizedTest
    @CsvSource({
        "rate_limited, 429", "429, 429", "com.openai.errors.RateLimitException, 429", "ThrottlingException, 429",
        "overloaded, 529", "openai.InternalServerError, 500", "server_error, 500", "503, 503",
        "ServiceUnavailableException, 503", "timeout, 0", "java.net.ConnectException, 0", "authentication, 401"
    })
    void errorIsTheStatusBehindItsName(String error, int status) throws Exception {
        Call call = only(SpanText.export(chat("gen_ai.system").failed(error)));

        assertThat(call.status()).isEqualTo(status);
        assertThat(call.completed()).isFalse();
    }

    @Test
    void retriedCallIsItsAttemptsAndTellsNoTime() throws Exception {
        SpanText retried = chat("gen_ai.provider.name")
                .whole("llm.attempts", 2)
                .whole("gen_ai.usage.output_tokens", 50)
                .number("gen_ai.response.time_to_first_chunk", 1.9)
                .attempt(10, 429);
        SpanText givenUp = chat("gen_ai.provider.name")
                .failed("rate_limited")
                .attempt(10, 429)
                .attempt(900, 429);

        List<Call> calls = read(SpanText.export(retried, givenUp)).calls();

        assertThat(calls).extracting(Call::status).containsExactly(429, 200, 429, 429);
        assertThat(calls).extracting(Call::ttftMs).containsOnlyNulls();
        assertThat(calls.get(0).time()).isEqualTo(START.plusMillis(10));
    }

    @Test
    void cancelledCallWasServedAndNotCompleted() throws Exception {
        Call call = only(SpanText.export(chat("gen_ai.provider.name").text("llm.outcome", "cancelled")));

        assertThat(call.status()).isEqualTo(200);
        assertThat(call.completed()).isFalse();
    }

    @Test
    void innerOneOfTwoSpansOfACallCounts() throws Exception {
        SpanText outer = chat("gen_ai.provider.name").whole("gen_ai.usage.output_tokens", 1);
        SpanText inner = chat("gen_ai.provider.name")
                .whole("gen_ai.usage.output_tokens", 2)
                .inside(outer);

        CallFile read = read(SpanText.export(inner), SpanText.export(outer));

        assertThat(read.calls()).extracting(Call::outputTokens).containsExactly(2);
        assertThat(read.leftOut())
                .containsExactly("Line 2 has a span of a call around another one of the same call: left out");
    }

    @Test
    void spansThatAreNoChatsAreLeftOutAndNamed() throws Exception {
        CallFile read = read(
                SpanText.export(SpanText.of(START, 5).text("http.request.method", "POST")),
                SpanText.export(chat("gen_ai.system"), SpanText.of(START, 5).text("db.system", "redis")),
                SpanText.export(SpanText.of(START, 5).text("gen_ai.operation.name", "embeddings")),
                SpanText.export(SpanText.of(START, 5).text("gen_ai.operation.name", "execute_tool")),
                SpanText.export(chat("gen_ai.system").kind(2)),
                SpanText.export(SpanText.of(START, -5).text("gen_ai.operation.name", "chat")),
                "{\"resourceMetrics\":[]}",
                "{\"level\":\"INFO\",\"message\":\"started\"}");

        assertThat(read.calls()).hasSize(1);
        assertThat(read.leftOut())
                .containsExactly(
                        "Line 1 has no span of a call to a model, with gen_ai.operation.name, and so are 1 more: left out",
                        "Line 3 has a span that is no chat, and so are 1 more: left out",
                        "Line 6 has a span without a start and an end after it: left out",
                        "Line 7 has metrics or logs, and no spans: left out",
                        "Line 8 is no call of a journal or recording, no export of spans and no sample: left out");
    }

    private Call only(String... lines) throws Exception {
        List<Call> calls = read(lines).calls();
        assertThat(calls).hasSize(1);
        return calls.get(0);
    }

    private CallFile read(String... lines) throws Exception {
        return CallFile.read(Files.write(folder.resolve("spans.jsonl"), List.of(lines)));
    }
}
