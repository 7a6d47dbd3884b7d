package io.bookstore.simulator.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.simulator.latency.Decode;
import io.bookstore.simulator.latency.LatencyModel;
import io.bookstore.simulator.latency.OutputLength;
import io.bookstore.simulator.latency.Prefill;
import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.latency.Serving;
import io.bookstore.simulator.latency.Serving.ColdStart;
import io.bookstore.simulator.latency.Stall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class FitTest {

    private static final Stall OFTEN = new Stall(0.3, 2_000, 10_000);
    private static final Stall NEVER = new Stall(0, 0, 0);

    private static Profile provider(double ttftSigma, Stall stall, Serving serving) {
        return new Profile(
                "planted",
                new LatencyModel(new Prefill(400, 0.2, ttftSigma), new Decode(15.6, 0.2, 0.1, 4), stall),
                new OutputLength(110, 0.3, 20, 160),
                serving);
    }

    /** The deviation of a thousand draws is itself off by 2 % on average, so that one number in fifty misses. */
    @Test
    void thousandCallsGiveThePlantedNumbersWithinFivePercent() {
        List<Double> misses = new ArrayList<>();
        for (int seed = 0; seed < 3; seed++) {
            List<Call> calls = PlantedCalls.of(provider(0.1, OFTEN, Serving.UNLIMITED), 1_000, 0, seed);

            Profile fitted = Fit.of(calls, "fitted", "test").behaviour().profile();

            Prefill prefill = fitted.latency().prefill();
            Decode decode = fitted.latency().decode();
            misses.add(miss(prefill.medianMs(), 400));
            misses.add(miss(prefill.perPromptTokenMs(), 0.2));
            misses.add(miss(prefill.sigma(), 0.1));
            misses.add(miss(decode.tokenMs(), 15.6));
            misses.add(miss(decode.sigma(), 0.2));
            misses.add(miss(decode.jitter(), 0.1));
            misses.add(miss(fitted.latency().stall().shortestMs(), 2_000));
            misses.add(miss(fitted.latency().stall().longestMs(), 10_000));
            misses.add(miss(fitted.outputLength().median(), 110));
            misses.add(miss(fitted.outputLength().sigma(), 0.3));
            assertThat(decode.tokensPerChunk()).isEqualTo(4);
            assertThat(fitted.outputLength().most()).isEqualTo(160);
            assertThat(fitted.serving()).isEqualTo(Serving.UNLIMITED);
        }

        assertThat(misses).allMatch(miss -> miss < 0.08);
        assertThat(misses.stream().filter(miss -> miss <= 0.05).count()).isGreaterThanOrEqualTo(28);
    }

    private static double miss(double fitted, double planted) {
        return Math.abs(fitted / planted - 1);
    }

    /** 19 of 20 intervals hold the truth; of six fits with ten intervals each some miss, and no number misses often. */
    @Test
    void intervalsHoldThePlantedNumbersUnderLoad() {
        Map<String, Double> truth = new LinkedHashMap<>();
        truth.put("prefill.medianMs", 400.0);
        truth.put("prefill.perPromptTokenMs", 0.2);
        truth.put("prefill.sigma", 0.3);
        truth.put("decode.tokenMs", 15.6);
        truth.put("decode.sigma", 0.2);
        truth.put("decode.jitter", 0.1);
        truth.put("stall.probability", 0.3);
        truth.put("outputLength.median", 110.0);
        truth.put("outputLength.sigma", 0.3);
        truth.put(Numbers.SLOWDOWN, 0.5 / 63);
        Map<String, Integer> held = new LinkedHashMap<>();
        for (int seed = 0; seed < 6; seed++) {
            List<Call> calls =
                    PlantedCalls.of(provider(0.3, OFTEN, new Serving(64, 1_000, 1.5, ColdStart.NEVER)), 300, 8, seed);
            for (Estimate each : Fit.of(calls, "fitted", "test").estimates()) {
                Double planted = truth.get(each.key());
                if (planted != null) {
                    held.merge(each.key(), each.low() <= planted && planted <= each.high() ? 1 : 0, Integer::sum);
                }
            }
        }

        assertThat(held.keySet()).containsExactlyElementsOf(truth.keySet());
        assertThat(held.values()).allMatch(times -> times >= 4);
    }

    @Test
    void profileAnswersAsTheCallsDid() {
        List<Call> recorded = PlantedCalls.of(provider(0.3, OFTEN, Serving.UNLIMITED), 1_000, 0, 7);
        Fitted fitted = Fit.of(recorded, "fitted", "test");

        List<Call> again = PlantedCalls.of(fitted.behaviour().profile(), 1_000, 0, 8);

        for (double share : new double[] {0.5, 0.95}) {
            assertThat(quantile(again, share)).isCloseTo(quantile(recorded, share), Percentage.withPercentage(5));
        }
        assertThat(fitted.goodness()).allMatch(Goodness::fits);
    }

    private static double quantile(List<Call> calls, double share) {
        double[] ttft =
                calls.stream().mapToDouble(call -> call.ttftMs()).sorted().toArray();
        return Goodness.quantile(ttft, share);
    }

    @Test
    void timesOfAnotherShapeAreSaidToBeSo() {
        List<Call> calls = new ArrayList<>(PlantedCalls.of(provider(0.05, NEVER, Serving.UNLIMITED), 400, 0, 1));
        // Half of the answers come from a machine three times as fast.
        calls.replaceAll(call -> call.time().getEpochSecond() % 2 == 0 ? call : faster(call));

        Goodness firstToken = Fit.of(calls, "fitted", "test").goodness().get(0);

        assertThat(firstToken.fits()).isFalse();
        assertThat(FitText.distance(firstToken)).endsWith("more than chance");
    }

    private static Call faster(Call call) {
        double[] chunks = call.chunkMs().clone();
        double earlier = chunks[0] * 2 / 3;
        for (int i = 0; i < chunks.length; i++) {
            chunks[i] -= earlier;
        }
        return new Call(
                call.time(),
                call.model(),
                200,
                true,
                call.uncachedTokens(),
                call.outputTokens(),
                chunks[0],
                call.durationMs() - earlier,
                call.chunks(),
                chunks);
    }

    @Test
    void whatTheDataCannotTellIsSaid() {
        List<Call> alike = PlantedCalls.of(provider(0.1, NEVER, Serving.UNLIMITED), 60, 0, 1).stream()
                .map(call -> withPrompt(call, 100))
                .toList();

        Fitted fitted = Fit.of(alike, "fitted", "test");

        assertThat(fitted.unknown())
                .contains(
                        "All prompts are about as long: the effect of their length is not told.",
                        "No two calls were served at once: the effect of load is not told.",
                        "No call was refused with 429: the provider's limits lie above what was asked.");
        assertThat(fitted.estimates())
                .filteredOn(each -> each.key().equals("stall.probability"))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.high()).isEqualTo(3.0 / 60);
                    assertThat(each.note()).isEqualTo("none was seen");
                });
    }

    private static Call withPrompt(Call call, int tokens) {
        return new Call(
                call.time(),
                call.model(),
                call.status(),
                call.completed(),
                tokens,
                call.outputTokens(),
                call.ttftMs(),
                call.durationMs(),
                call.chunks(),
                call.chunkMs());
    }

    @Test
    void errorsBecomeFaultsAndRefusalsALimit() {
        List<Call> calls = new ArrayList<>(PlantedCalls.of(provider(0.1, NEVER, Serving.UNLIMITED), 90, 0, 1));
        for (int i = 0; i < 10; i++) {
            calls.add(failed(i, 529));
        }
        calls.add(failed(0, 418));
        // Two refusals a second, and one call let in each second, for two minutes.
        for (int second = 0; second < 120; second++) {
            calls.add(failed(100_000 + second, 429));
            calls.add(failed(100_000 + second, 429));
            Call letIn = calls.get(second % 90);
            calls.add(new Call(
                    PlantedCalls.START.plus(Duration.ofSeconds(100_000 + second).plusMillis(500)),
                    "planted",
                    200,
                    true,
                    letIn.uncachedTokens(),
                    letIn.outputTokens(),
                    letIn.ttftMs(),
                    letIn.durationMs(),
                    letIn.chunks(),
                    letIn.chunkMs()));
        }

        Fitted fitted = Fit.of(calls, "fitted", "test");

        assertThat(fitted.behaviour().limits().requestsPerMinute()).isEqualTo(60);
        assertThat(fitted.behaviour().faults().rules()).singleElement().satisfies(rule -> {
            assertThat(rule.fault().text()).isEqualTo("529");
            assertThat(rule.probability()).isCloseTo(10 / 220.0, Percentage.withPercentage(0.1));
        });
        assertThat(fitted.unknown()).contains("1 call with status 418: no fault stands for it.");
    }

    private static Call failed(int second, int status) {
        return new Call(
                PlantedCalls.START.plusSeconds(second), "planted", status, false, 0, 0, null, 1, 0, new double[0]);
    }

    @Test
    void tooFewCallsAreRefused() {
        List<Call> calls = PlantedCalls.of(provider(0.1, NEVER, Serving.UNLIMITED), 29, 0, 1);

        assertThatThrownBy(() -> Fit.of(calls, "fitted", "test"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "A fit needs at least 30 whole streams of six chunks or more with their times, and there are 29"
                                + " in 29 calls: stream more answers, and record them to their end");
    }

    @Test
    void answersWithoutOutputTokensAreToldToHaveThem() {
        List<Call> calls = PlantedCalls.of(provider(0.1, NEVER, Serving.UNLIMITED), 40, 0, 1).stream()
                .map(call ->
                        new Call(call.time(), "planted", 200, true, 0, 0, null, call.durationMs(), 0, new double[0]))
                .toList();

        assertThatThrownBy(() -> Fit.of(calls, "fitted", "test"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("None of 40 whole answers tells its output tokens, nor the time of its first token: write"
                        + " output tokens with them, as gen_ai.usage.output_tokens of a span, outputTokens of a journal,"
                        + " or outputTokens in `answer` of the descriptor of llm-perf");
    }

    @Test
    void sameCallsGiveTheSameFit() {
        List<Call> calls = PlantedCalls.of(provider(0.3, OFTEN, Serving.UNLIMITED), 100, 8, 1);

        assertThat(FitText.of(Fit.of(calls, "fitted", "test"))).isEqualTo(FitText.of(Fit.of(calls, "fitted", "test")));
    }

    @Test
    void everyFittedNumberNamesItsSource() {
        List<Call> calls = PlantedCalls.of(provider(0.3, OFTEN, Serving.UNLIMITED), 100, 8, 1);

        Fitted fitted = Fit.of(calls, "fitted", "gateway.jsonl");

        assertThat(fitted.behaviour().profile().sources())
                .hasSize(fitted.estimates().stream()
                        .map(Estimate::key)
                        .filter(Profile.numberKeys()::contains)
                        .collect(Collectors.toSet())
                        .size())
                .allSatisfy((key, source) -> assertThat(source).startsWith("fitted to gateway.jsonl; 95 % from "));
    }
}
