package io.bookstore.simulator.fit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.simulator.latency.Decode;
import io.bookstore.simulator.latency.LatencyModel;
import io.bookstore.simulator.latency.OutputLength;
import io.bookstore.simulator.latency.Prefill;
import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.latency.Profiles;
import io.bookstore.simulator.latency.Serving;
import io.bookstore.simulator.latency.Stall;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Calls that tell less give a profile with fewer numbers of their own. */
class EvidenceTest {

    private static final Profile BASE = Profiles.named("sonnet-class");

    private static Profile provider(Serving serving) {
        return new Profile(
                "planted",
                new LatencyModel(
                        new Prefill(400, 0.2, 0.1), new Decode(15.6, 0.2, 0.1, 4), new Stall(0.1, 6_000, 10_000)),
                new OutputLength(110, 0.3, 20, 200),
                serving);
    }

    @Test
    void answersWithAPauseDoNotSlowThePace() {
        List<Call> calls = PlantedCalls.of(provider(Serving.UNLIMITED), 1_000, 0, 1).stream()
                .map(call -> seen(call, call.ttftMs(), call.outputTokens()))
                .toList();

        Fitted fitted = Fit.of(calls, "fitted", "test");

        assertThat(fitted.evidence()).isEqualTo(Evidence.FIRST_AND_END);
        Decode decode = fitted.behaviour().profile().latency().decode();
        assertThat(decode.tokenMs()).isCloseTo(15.6, Percentage.withPercentage(5));
        assertThat(decode.sigma()).isCloseTo(0.2, Percentage.withPercentage(5));
        assertThat(decode.jitter()).isEqualTo(BASE.latency().decode().jitter());
        assertThat(fitted.unknown())
                .anyMatch(sentence ->
                        sentence.matches("(9[0-9]|1[01][0-9]) answers took far longer than the length explains,"
                                + " as after a pause: left out of the numbers\\."));
    }

    /** The load is what makes some answers slow: it must not be taken for pauses. */
    @Test
    void effectOfLoadIsToldByFirstTokensAndEnds() {
        Serving serving = new Serving(64, 1_000, 2, Serving.ColdStart.NEVER);
        List<Call> calls = PlantedCalls.of(provider(serving), 1_000, 5, 1).stream()
                .map(call -> seen(call, call.ttftMs(), call.outputTokens()))
                .toList();

        Fitted fitted = Fit.of(calls, "fitted", "test");

        assertThat(fitted.estimates())
                .filteredOn(each -> each.key().equals("slower by each other call"))
                .singleElement()
                .satisfies(each -> assertThat(1.0 / 63).isBetween(each.low(), each.high()));
        assertThat(fitted.behaviour().profile().latency().decode().tokenMs())
                .isCloseTo(15.6, Percentage.withPercentage(5));
    }

    @Test
    void numbersOfTheBaseKeepAllTheirDigits() {
        List<Call> calls = PlantedCalls.of(BASE, 100, 0, 1).stream()
                .map(call -> seen(call, call.ttftMs(), 0))
                .toList();

        Fitted fitted = Fit.of(calls, "fitted", "test");

        assertThat(fitted.evidence()).isEqualTo(Evidence.FIRST);
        assertThat(fitted.behaviour().profile().latency().decode())
                .isEqualTo(BASE.latency().decode());
        assertThat(fitted.behaviour().profile().outputLength()).isEqualTo(BASE.outputLength());
        assertThat(fitted.behaviour().profile().sources().get("decode.tokenMs"))
                .isEqualTo("that of sonnet-class: not told by test");
        assertThat(fitted.goodness()).extracting(Goodness::title).containsExactly("First token, ms");
    }

    @Test
    void answersThatTellLessThanOthersAreNamed() {
        List<Call> calls = new ArrayList<>(PlantedCalls.of(BASE, 40, 0, 1));
        PlantedCalls.of(BASE, 20, 0, 2).forEach(call -> calls.add(seen(call, call.ttftMs(), call.outputTokens())));

        Fitted fitted = Fit.of(calls, "fitted", "test");

        assertThat(fitted.unknown())
                .contains("Numbers come from 40 of 60 whole answers alone: the whole streams of six chunks or more with"
                        + " their times.");
    }

    @Test
    void everyNumberIsToldOrNamedAsNotTold() {
        List<Call> calls = PlantedCalls.of(BASE, 100, 0, 1).stream()
                .map(call -> seen(call, null, call.outputTokens()))
                .toList();

        Fitted fitted = Fit.of(calls, "fitted", "test");

        assertThat(fitted.evidence()).isEqualTo(Evidence.WHOLE);
        assertThat(fitted.behaviour().profile().sources())
                .containsOnlyKeys(
                        "prefill.medianMs",
                        "prefill.perPromptTokenMs",
                        "prefill.sigma",
                        "decode.tokenMs",
                        "decode.sigma",
                        "decode.jitter",
                        "decode.tokensPerChunk",
                        "stall.probability",
                        "stall.shortestMs",
                        "stall.longestMs",
                        "outputLength.median",
                        "outputLength.sigma");
    }

    private static Call seen(Call call, @Nullable Double ttftMs, int outputTokens) {
        return new Call(
                call.time(),
                call.model(),
                call.status(),
                call.completed(),
                call.uncachedTokens(),
                outputTokens,
                ttftMs,
                call.durationMs(),
                0,
                new double[0]);
    }
}
