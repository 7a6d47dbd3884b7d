package io.bookstore.simulator.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.simulator.latency.Decode;
import io.bookstore.simulator.latency.LatencyModel;
import io.bookstore.simulator.latency.OutputLength;
import io.bookstore.simulator.latency.Prefill;
import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.latency.Profiles;
import io.bookstore.simulator.latency.Serving;
import io.bookstore.simulator.latency.Stall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The profile of a provider that spans of calls tell, and the numbers that they do not. */
class SpanFitTest {

    private static final Percentage FIVE_PERCENT = Percentage.withPercentage(5);
    private static final Profile BASE = Profiles.named("sonnet-class");

    @TempDir
    private Path folder;

    @Test
    void thousandSpansOfStreamsGiveThePlantedNumbersWithinFivePercent() throws Exception {
        Profile planted = new Profile(
                "planted",
                new LatencyModel(new Prefill(40, 0.02, 0.3), new Decode(1, 0.2, 0.1, 4), new Stall(0.02, 400, 900)),
                new OutputLength(110, 0.3, 20, 200),
                Serving.UNLIMITED);
        List<Call> calls = PlantedTraffic.of(planted, 1_000);

        Fitted fitted = fit(calls.stream().map(SpanText::streamed).toList());

        Profile profile = fitted.behaviour().profile();
        assertThat(fitted.calls()).isEqualTo(1_000);
        assertThat(profile.latency().prefill().medianMs()).isCloseTo(40, FIVE_PERCENT);
        assertThat(profile.latency().prefill().perPromptTokenMs()).isCloseTo(0.02, FIVE_PERCENT);
        assertThat(profile.latency().prefill().sigma()).isCloseTo(0.3, FIVE_PERCENT);
        assertThat(profile.latency().decode().tokenMs()).isCloseTo(1, FIVE_PERCENT);
        assertThat(profile.latency().decode().sigma()).isCloseTo(0.2, FIVE_PERCENT);
        assertThat((double) profile.outputLength().median()).isCloseTo(110, FIVE_PERCENT);
        assertThat(profile.outputLength().sigma()).isCloseTo(0.3, FIVE_PERCENT);
        assertThat(profile.latency().decode().jitter())
                .isEqualTo(BASE.latency().decode().jitter());
        assertThat(profile.latency().stall()).isEqualTo(BASE.latency().stall());
        assertThat(fitted.unknown())
                .contains("Too few calls have the times of their chunks: decode.jitter, decode.tokensPerChunk and stall"
                        + " are those of sonnet-class.")
                .anyMatch(sentence ->
                        sentence.matches("1?[0-9] answers took far longer than the length explains, as after"
                                + " a pause: left out of the numbers\\."));
    }

    @Test
    void spansWithoutFirstChunksKeepTheShapeOfTheBase() throws Exception {
        Profile twice = new Profile(
                "twice",
                new LatencyModel(new Prefill(1_600, 0.4, 0.5), new Decode(31.25, 0.2, 0.2, 4), new Stall(0, 0, 0)),
                BASE.outputLength(),
                Serving.UNLIMITED);
        List<Call> calls = PlantedCalls.of(twice, 1_000, 0, 1);

        Fitted fitted = fit(calls.stream().map(SpanText::chat).toList());

        Profile profile = fitted.behaviour().profile();
        assertThat(profile.latency().prefill().medianMs()).isCloseTo(1_600, FIVE_PERCENT);
        assertThat(profile.latency().decode().tokenMs()).isCloseTo(31.25, FIVE_PERCENT);
        assertThat(profile.latency().prefill().sigma())
                .isEqualTo(BASE.latency().prefill().sigma());
        assertThat(profile.latency().stall()).isEqualTo(BASE.latency().stall());
        assertThat(profile.sources().get("decode.tokenMs")).startsWith("that of sonnet-class times ");
        assertThat(profile.sources().get("prefill.sigma")).isEqualTo("that of sonnet-class: not told by spans.jsonl");
        assertThat(fitted.estimates()).anyMatch(each -> each.key().equals("whole answer, times sonnet-class"));
        assertThat(fitted.unknown())
                .anyMatch(sentence -> sentence.startsWith("Too few calls have the time of their first token: "));
        assertThat(FitReport.of(fitted, "spans.jsonl"))
                .contains(
                        "Fitted to 1,000 answers of 1,000 calls",
                        "Too few calls have the time of their first token",
                        "<h3>Whole answer, ms</h3>")
                .doesNotContain("<h3>First token, ms</h3>");
    }

    @Test
    void spansWithoutTokensTellTheFirstTokenAlone() throws Exception {
        List<SpanText> spans = new ArrayList<>();
        for (Call call : PlantedCalls.of(BASE, 200, 0, 1)) {
            spans.add(SpanText.of(call.time(), call.durationMs())
                    .text("gen_ai.operation.name", "chat")
                    .number("gen_ai.response.time_to_first_chunk", call.ttftMs() / 1_000));
        }

        Fitted fitted = fit(spans);

        assertThat(fitted.behaviour().profile().outputLength()).isEqualTo(BASE.outputLength());
        assertThat(fitted.behaviour().profile().latency().decode())
                .isEqualTo(BASE.latency().decode());
        assertThat(fitted.unknown())
                .contains(
                        "Too few calls have output tokens: decode, stall and outputLength are those of sonnet-class, and the"
                                + " effect of load is not told.",
                        "No call tells its input tokens: the effect of the prompt's length is not told.");
    }

    @Test
    void fewerThanThirtySpansAreRefused() throws Exception {
        List<SpanText> spans =
                PlantedCalls.of(BASE, 29, 0, 1).stream().map(SpanText::streamed).toList();

        assertThatThrownBy(() -> fit(spans))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "A fit needs at least 30 whole answers with output tokens and the times of their first token and"
                                + " end, and there are 29 in 29 calls: stream more answers, and record them to their end");
    }

    private Fitted fit(List<SpanText> spans) throws Exception {
        Path file = Files.write(folder.resolve("spans.jsonl"), SpanText.exports(spans));
        CallFile read = CallFile.read(file);
        assertThat(read.leftOut()).isEmpty();
        return Fit.of(read.calls(), "fitted", "spans.jsonl");
    }
}
