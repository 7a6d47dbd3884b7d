package io.bookstore.simulator.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A call with a number that no call has is left out, and its line is named with the number. */
class ImplausibleTest {

    private static final Instant START = Instant.parse("2026-11-30T12:00:00Z");
    private static final String TOKENS = "no whole number from 0 to 1000000";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "gen_ai.usage.output_tokens, 2147483647, no whole number from 0 to 1000000",
        "gen_ai.usage.output_tokens, 99999999999999999999999, no whole number from 0 to 1000000",
        "gen_ai.usage.output_tokens, 1e308, no whole number from 0 to 1000000",
        "gen_ai.usage.output_tokens, -5, no whole number from 0 to 1000000",
        "gen_ai.usage.output_tokens, 1.5, no whole number from 0 to 1000000",
        "gen_ai.usage.input_tokens, -1, no whole number from 0 to 100000000",
        "gen_ai.response.time_to_first_chunk, -3, no time from 0 to a day",
        "gen_ai.response.time_to_first_chunk, NaN, no time from 0 to a day",
        "gen_ai.response.time_to_first_chunk, 1e9, no time from 0 to a day",
        "gen_ai.response.time_to_first_chunk, 2.1, later than the end of its answer",
        "ai.response.msToFirstChunk, 2100, later than the end of its answer",
        "langfuse.observation.completion_start_time, soon, no time such as 2026-01-01T00:00:00Z",
        "langfuse.observation.completion_start_time, 2026-11-30T11:00:00Z, no time from 0 to a day",
    })
    void spanIsLeftOutAndTheOthersOfItsLineAreRead(String name, String value, String rule) throws Exception {
        CallFile read = read(
                SpanText.export(chat(), chat().text(name, value), chat()), SpanText.export(chat().text(name, value)));

        assertThat(read.calls()).hasSize(2);
        assertThat(read.leftOut())
                .containsExactly(
                        "Line 1 has " + value + " as " + name + ", which is " + rule + ", and so are 1 more: left out");
    }

    @Test
    void firstChunkWithinAMillisecondOfTheEndIsTheEnd() throws Exception {
        CallFile read = read(SpanText.export(chat().number("ai.response.msToFirstChunk", 2_000.4)));

        assertThat(read.calls()).extracting(Call::ttftMs).containsExactly(2_000.0);
    }

    @Test
    void differentNumbersThatBreakOneRuleAreOneSentence() throws Exception {
        CallFile read = read(
                SpanText.export(chat().whole("gen_ai.usage.output_tokens", -5)),
                SpanText.export(chat().whole("gen_ai.usage.output_tokens", -6)));

        assertThat(read.leftOut())
                .containsExactly("Line 1 has -5 as gen_ai.usage.output_tokens, which is " + TOKENS
                        + ", and so are 1 more: left out");
    }

    @ParameterizedTest
    @CsvSource({
        "outputTokens, 2147483647, no whole number from 0 to 1000000",
        "outputTokens, -5, no whole number from 0 to 1000000",
        "inputTokens, 1.5, no whole number from 0 to 100000000",
        "actualTtftMs, 2001.5, later than the end of its answer",
        "actualDurationMs, 1.0E300, no time from 0 to a day",
    })
    void lineOfAJournalIsLeftOut(String key, String value, String rule) throws Exception {
        String line = "{\"time\":\"2026-01-01T00:00:00Z\",\"status\":200,\"outcome\":\"completed\",\"outputTokens\":9,"
                + "\"inputTokens\":9,\"actualTtftMs\":7,\"actualDurationMs\":2000,\"actualChunksMs\":[7,8]}";

        CallFile read = read(line, line.replaceFirst("\"" + key + "\":[0-9]+", "\"" + key + "\":" + value));

        assertThat(read.calls()).hasSize(1);
        assertThat(read.leftOut())
                .containsExactly("Line 2 has " + value + " as " + key + ", which is " + rule + ": left out");
    }

    @ParameterizedTest
    @CsvSource({
        "llm_output_tokens, 2147483647, '2.147483647E9 as llm_output_tokens, which is no whole number from 0 to 1000000'",
        "llm_output_tokens, -5, a value of llm_output_tokens that is no number of at least 0",
        "llm_ttft, 1e12, '1.0E12 as llm_ttft, which is no time from 0 to a day'",
    })
    void requestOfASampleIsLeftOut(String metric, double value, String rule) throws Exception {
        SampleText samples = new SampleText()
                .point("http_req_duration", START, 300, "one", 200)
                .point("http_req_duration", START, 300, "two", 200)
                .point(metric, START, value, "two", 200);

        CallFile read = read(samples.lines().toArray(String[]::new));

        assertThat(read.calls()).hasSize(1);
        assertThat(read.leftOut()).containsExactly("Line 3 has " + rule + ": left out");
    }

    @Test
    void spanThatIsSentAgainCountsOnce() throws Exception {
        String export = SpanText.export(chat(), chat());

        CallFile read = read(export, export);

        assertThat(read.calls()).hasSize(2);
        assertThat(read.leftOut())
                .containsExactly(
                        "Line 2 has a span that came before, with its traceId and spanId, and so are 1 more: left out");
    }

    @Test
    void providerIsTheSameInCapitals() throws Exception {
        CallFile read = read(SpanText.export(
                chat().text("gen_ai.provider.name", "OpenAI"), chat().text("gen_ai.provider.name", "openai")));

        assertThat(read.calls()).extracting(Call::provider).containsExactly("openai", "openai");
    }

    private static SpanText chat() {
        return SpanText.of(START, 2_000).text("gen_ai.operation.name", "chat");
    }

    private CallFile read(String... lines) throws Exception {
        return CallFile.read(Files.write(folder.resolve("calls.jsonl"), List.of(lines)));
    }
}
