package io.bookstore.perf.slo;

import static io.bookstore.perf.slo.MeasuredRequest.at;
import static io.bookstore.perf.slo.MeasuredRequest.attempt;
import static io.bookstore.perf.slo.MeasuredRequest.dropped;
import static io.bookstore.perf.slo.MeasuredRequest.iteration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bookstore.perf.record.RequestRecord.Kind;
import io.bookstore.perf.results.facts.RunFacts.Load;
import io.bookstore.perf.slo.Money.ModelBill;
import io.bookstore.perf.slo.Money.Saved;
import io.bookstore.perf.slo.Money.Waste;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MoneyTest {

    /** The sample of the guide, at $3 and $15 a million tokens: its own figure is twice that. */
    private static final double SAMPLE_USD = 0.00198;

    private static final Offset<Double> ROUNDING = within(1e-9);

    private static final List<Load> MINUTE =
            List.of(new Load("ai", "constant-arrival-rate", true, 60, Duration.ofSeconds(60)));

    private final SloRecorder recorder = new SloRecorder(Slo.standard(Map.of()));

    @Test
    void requestsThatFailOrAreDroppedMakeTheGoodOnesDearer() {
        // given 50 arrivals: 30 good answers, 10 too slow, 10 dropped
        for (int second = 0; second < 40; second++) {
            recorder.request(at(second, second < 30 ? 2_000 : 9_000)
                    .usage(45, 123, SAMPLE_USD)
                    .record());
            recorder.sample(iteration("ai", second));
        }
        recorder.sample(dropped("ai", 41, 10));

        // when
        Money money = money();

        // then
        assertThat(money.usd()).isCloseTo(40 * SAMPLE_USD, ROUNDING);
        assertThat(money.scheduled()).isEqualTo(50);
        assertThat(money.good()).isEqualTo(30);
        assertThat(money.perThousandScheduledUsd()).isCloseTo(1_000 * 40 * SAMPLE_USD / 50, ROUNDING);
        assertThat(money.perThousandGoodUsd()).isCloseTo(1_000 * 40 * SAMPLE_USD / 30, ROUNDING);
    }

    @Test
    void withoutAGoodRequestThereIsNoPriceOfOne() {
        recorder.request(at(0, 9_000).usage(45, 123, SAMPLE_USD).record());

        assertThat(money().perThousandGoodUsd()).isNull();
        assertThat(money().perThousandScheduledUsd()).isCloseTo(1_000 * SAMPLE_USD, ROUNDING);
    }

    @Test
    void billedAttemptsWhoseAnswerWasNotUsedAreWaste() {
        // given
        recorder.request(at(0, 2_000)
                .usage(45, 123, SAMPLE_USD)
                .attempts(attempt(429, null, null), attempt(200, 45L, 20L), attempt(200, 45L, 123L))
                .record());
        recorder.request(
                at(1, 30_000).unanswered().attempts(attempt(200, 45L, 100L)).record());

        // when
        Money money = money();

        // then
        assertThat(money.retries()).isEqualTo(new Waste(2, 45L, 20L, (45 * 3 + 20 * 15) / 1e6));
        assertThat(money.unused()).isEqualTo(new Waste(1, 45L, 100L, (45 * 3 + 100 * 15) / 1e6));
    }

    @Test
    void attemptsOfAProviderThatTellsNoTokensAreCounted() {
        recorder.request(at(0, 2_000)
                .usage(45, 123, SAMPLE_USD)
                .attempts(attempt(503, null, null), attempt(200, null, null))
                .record());

        assertThat(money().retries()).isEqualTo(new Waste(1, null, null, null));
    }

    @Test
    void whereNothingTellsOfAttemptsRetriesAreNotToldAndFailedAnswersHaveTheirOwnCost() {
        recorder.request(at(0, 2_000).usage(45, 123, SAMPLE_USD).record());
        assertThat(money().retries()).isNull();
        assertThat(money().unused()).isNull();

        recorder.request(at(1, 2_000).usage(45, 123, SAMPLE_USD).failed().record());
        assertThat(money().unused()).isEqualTo(new Waste(1, 45L, 123L, SAMPLE_USD));
    }

    @Test
    void cacheSavesTheMeanCostOfAnAnswer() {
        recorder.request(at(0, 2_000).usage(45, 123, 0.002).cached(false).record());
        recorder.request(at(1, 2_000).usage(45, 123, 0.004).cached(false).record());
        recorder.request(at(2, 20).cached(true).record());
        recorder.request(at(3, 20).cached(true).record());

        assertThat(money().saved()).isEqualTo(new Saved(2, 0.006));
    }

    @Test
    void cacheOfWhichNoAnswerTellsIsNotSaidToSaveNothing() {
        recorder.request(at(0, 2_000).usage(45, 123, SAMPLE_USD).record());

        assertThat(money().saved()).isNull();
    }

    @Test
    void sameTokensAreBilledAtEachListedModel() {
        for (int second = 0; second < 10; second++) {
            recorder.request(at(second, 2_000).usage(45, 123, SAMPLE_USD).record());
        }

        List<ModelBill> models = money().models();

        assertThat(models)
                .contains(
                        new ModelBill("anthropic", "claude-sonnet-4-5", (450 * 3 + 1_230 * 15) / 1e6, true),
                        new ModelBill("openai", "gpt-4o", (450 * 2.5 + 1_230 * 10) / 1e6, false))
                .hasSizeGreaterThan(50)
                .isSortedAccordingTo((one, other) -> Double.compare(one.usd(), other.usd()));
        assertThat(models)
                .noneMatch(model ->
                        model.model().startsWith("ft:") || model.provider().equals("ollama"));
    }

    @Test
    void whatNoAnswerTellsHasNoCost() {
        recorder.request(at(0, 2_000).record());

        assertThat(money().usd()).isNull();
        assertThat(money().perThousandScheduledUsd()).isNull();
        assertThat(money().models()).isEmpty();
    }

    @Test
    void runWithoutAModelHasNoMoney() {
        recorder.request(at(0, 20).of("books", Kind.CRUD).record());

        assertThat(recorder.money(MINUTE, MeasuredRequest.BEGIN)).isNull();
    }

    private Money money() {
        return Objects.requireNonNull(recorder.money(MINUTE, MeasuredRequest.BEGIN));
    }
}
