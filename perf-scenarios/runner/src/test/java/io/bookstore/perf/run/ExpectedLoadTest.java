package io.bookstore.perf.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.results.facts.TargetFacts;
import io.bookstore.perf.scenario.Conversation;
import io.bookstore.perf.scenario.Pace;
import io.bookstore.perf.stack.Spending;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The question before a run that costs money has the figures of the plan, and says so where it has others. */
class ExpectedLoadTest {

    private static final Pace NO_PAUSE = new Pace(List.of(), 1);
    private static final TargetFacts PAID =
            new TargetFacts(URI.create("http://a"), false, false, "anthropic", "claude", null, null, null);

    /** 10 requests a second for an hour: more than a plan may look at between two looks at the clock. */
    private static final RunPlan HOUR = new RunPlan(List.of(
            new RunPlan.Scenario("steady", "constant-arrival-rate", Duration.ZERO, Duration.ofHours(1), 600, 36_000)));

    private static final RunPlan SHORT = new RunPlan(
            List.of(new RunPlan.Scenario("shared", "shared-iterations", Duration.ZERO, Duration.ofMinutes(5), 2, 20)));

    @Test
    void requestsAndTokensAreThoseOfThePlan() {
        ExpectedLoad load = ExpectedLoad.of(SHORT, NO_PAUSE, Map.of());

        assertThat(load.requests()).isEqualTo(20);
        assertThat(sentence(load, new Spending(0, 0)))
                .startsWith("anthropic is not simulated: about 20 requests (planned: 2,760 tokens in, ")
                .contains("(assumed: 138 tokens in at $3 and ");
    }

    @Test
    void serviceThatCountsItsOwnCostKnowsThePriceBetter() {
        ExpectedLoad load = ExpectedLoad.of(SHORT, NO_PAUSE, Map.of());

        assertThat(sentence(load, new Spending(9, 0.09)))
                .endsWith(" at $0.0100 (the average of the 9 that this service has counted) cost about $0.20.");
    }

    @Test
    void planThatTakesTooLongLeavesLengthAndPausesAndSaysSo() {
        ExpectedLoad load = ExpectedLoad.of(Duration.ZERO, HOUR, NO_PAUSE, Map.of());

        assertThat(load.requests()).isCloseTo(36_000, within(0.5));
        assertThat(sentence(load, new Spending(0, 0)))
                .startsWith(
                        "anthropic is not simulated: about 36,000 requests (by length and pauses, for a plan takes more"
                                + " than 5 s) at $0.0029 (assumed: 200 tokens in at $3 and 150 out at $15 a million) cost about"
                                + " $102.60.");
    }

    @Test
    void severalRunsHaveTheSumOfTheirFigures() {
        ExpectedLoad load = ExpectedLoad.of(SHORT, NO_PAUSE, Map.of()).times(3);

        assertThat(load.words()).startsWith("about 60 requests (planned: 8,280 tokens in, ");
    }

    @Test
    void turnsOfAConversationHaveTheAnswersBeforeThemInTheirPrompt() {
        Pace threeTurns = NO_PAUSE.with(new Conversation(3, 3, List.of(12), new Pace.Pause(1, 3), 1));

        ExpectedLoad load = ExpectedLoad.of(SHORT, threeTurns, Map.of());

        assertThat(load.requests()).isEqualTo(60);
        // 138 tokens, then 12 and 24 more besides those of the answers.
        assertThat(Objects.requireNonNull(load.planned()).inputTokens()).isGreaterThan(20 * (138 + 150 + 162));
        assertThat(ExpectedLoad.of(Duration.ZERO, HOUR, threeTurns, Map.of()))
                .isEqualTo(new ExpectedLoad(108_000, null));
    }

    private static String sentence(ExpectedLoad load, Spending spent) {
        return Bill.of(PAID, load, RequestPrice.of(spent, load)).sentence();
    }
}
