package io.bookstore.simulator.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.simulator.simulation.Script;
import io.bookstore.simulator.simulation.Step;
import io.bookstore.simulator.wire.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {

    private static final String EMMA =
            "{\"model\":\"m\",\"messages\":[{\"content\":\"Emma\",\"role\":\"user\"}],\"temperature\":0.5}";

    @ParameterizedTest
    @CsvSource({
        "1, 200000000 200000000 312500000 420250000 421000000",
        "10, 20000000 20000000 31250000 42025000 42100000"
    })
    void stepsComeAtTheirRecordedTimesBySpeed(double speed, String nanos) throws Exception {
        Recorded line = line(EMMA, "completed", """
                {"ms":200,"text":"a"},{"ms":312.5,"text":"b"},{"ms":420.25,"base64":"/w=="}""");

        List<Step> steps = new Replay(List.of(line), speed, true).steps(line);

        assertThat(steps.stream().map(step -> String.valueOf(step.atNanos()))).containsExactly(nanos.split(" "));
        assertThat(((Step.Head) steps.get(0)).headers()).containsExactly(Map.entry("retry-after", "3"));
        assertThat(((Step.Head) steps.get(0)).contentType()).isEqualTo("text/event-stream");
        assertThat(((Step.Part) steps.get(3)).text().getBytes(StandardCharsets.ISO_8859_1))
                .containsExactly(0xff);
        assertThat(steps.get(4)).isInstanceOf(Step.End.class);
    }

    @Test
    void answerThatWasCutIsCutAgain() throws Exception {
        Recorded line = line(EMMA, "cut", "{\"ms\":200,\"text\":\"a\"}");

        assertThat(new Replay(List.of(line), 1, true).steps(line)).last().isEqualTo(new Step.Reset(421_000_000));
    }

    @Test
    void providerThatHungUpWithoutAStatusHangsUpAgain() throws Exception {
        Recorded line = read(text(EMMA, "cut", "").replace("\"status\":200", "\"status\":0"));

        assertThat(new Replay(List.of(line), 1, true).steps(line)).containsExactly(new Step.Reset(421_000_000));
    }

    @Test
    void answerOfKnownLengthIsSentAsAWhole() throws Exception {
        Recorded line =
                read(text(EMMA, "completed", "{\"ms\":210,\"text\":\"{\\\"a\\\":\"},{\"ms\":211,\"text\":\"1}\"}")
                        .replace("\"retry-after\":\"3\"", "\"content-length\":\"7\""));

        assertThat(new Replay(List.of(line), 1, true).steps(line))
                .containsExactly(new Step.Whole(421_000_000, 200, "text/event-stream", Map.of(), "{\"a\":1}"));
    }

    @Test
    void equalRequestsGetTheAnswersInTheirOrderThenTheLastAgain() throws Exception {
        Replay replay = new Replay(
                List.of(
                        line(EMMA, "completed", "{\"ms\":200,\"text\":\"one\"}"),
                        line(EMMA, "completed", "{\"ms\":200,\"text\":\"two\"}")),
                1,
                true);

        assertThat(Stream.generate(() -> answer(replay, EMMA)).limit(4)).containsExactly("one", "two", "two", "two");
    }

    @Test
    void answerWhoseClientWentAwayIsNotReplayed() throws Exception {
        Replay replay = new Replay(List.of(line(EMMA, "cancelled", "")), 1, false);

        assertThat(replay.answer("POST", "/v1/chat/completions", "", EMMA.getBytes(StandardCharsets.UTF_8)))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"temperature\":0.50,\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}],\"model\":\"m\"}",
                "{\"user\":\"u-1\",\"metadata\":{\"a\":1},\"safety_identifier\":\"s\",\"prompt_cache_key\":\"p\","
                        + "\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}],\"temperature\":0.5}"
            })
    void orderNumbersAndTheFieldsThatTellWhoAsksDoNotCount(String asked) throws Exception {
        Replay replay = new Replay(List.of(line(EMMA, "completed", "{\"ms\":200,\"text\":\"one\"}")), 1, true);

        assertThat(answer(replay, asked)).isEqualTo("one");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/temperature: recorded 0.5, asked nothing | {\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}]}",
                "/messages/0/content: recorded \"Emma\", asked \"Persuasion\" | {\"model\":\"m\",\"temperature\":0.5,"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"Persuasion\"}]}"
            })
    void strictReplayNamesTheNearestDifference(String difference, String asked) throws Exception {
        Replay replay = new Replay(
                List.of(line("{\"model\":\"other\"}", "completed", ""), line(EMMA, "completed", "")), 1, true);

        assertThatThrownBy(() -> answer(replay, asked))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.refusal().message())
                                .isEqualTo(
                                        "POST /v1/chat/completions was not recorded as it is asked: the nearest recorded request"
                                                + " differs at " + difference
                                                + "; record it, or replay without --strict"));
    }

    @Test
    void strictReplayNamesWhatTheRecordingHas() throws Exception {
        Replay replay = new Replay(List.of(line(EMMA, "completed", "")), 1, true);

        assertThatThrownBy(() -> replay.answer("GET", "/v1/models", "", new byte[0]))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.refusal().message())
                                .isEqualTo("GET /v1/models was not recorded as it is asked: the recording has"
                                        + " POST /v1/chat/completions; record it, or replay without --strict"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void speedMustBeAbove0(double speed) {
        assertThatThrownBy(() -> new Replay(List.of(), speed, true))
                .hasMessage("--speed must be above 0, was " + speed);
    }

    private static String answer(Replay replay, String body) {
        Script script = Objects.requireNonNull(
                replay.answer("POST", "/v1/chat/completions", "", body.getBytes(StandardCharsets.UTF_8)));
        script.steps().next();
        return ((Step.Part) script.steps().next()).text();
    }

    private static Recorded line(String body, String outcome, String chunks) throws Exception {
        return read(text(body, outcome, chunks));
    }

    private static Recorded read(String line) throws Exception {
        return Recorded.read(new ObjectMapper().readTree(line));
    }

    static String text(String body, String outcome, String chunks) {
        return "{\"cassette\":1,\"time\":\"2026-01-01T00:00:00Z\",\"method\":\"POST\",\"path\":\"/v1/chat/completions\","
                + "\"request\":" + body + ",\"status\":200,\"headers\":{\"content-type\":\"text/event-stream\","
                + "\"retry-after\":\"3\"},\"outcome\":\"" + outcome
                + "\",\"headMs\":200,\"durationMs\":421,\"chunks\":["
                + chunks + "]}";
    }
}
