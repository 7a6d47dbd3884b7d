package io.bookstore.perf.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.k6.run.RunPlan;
import io.bookstore.k6.run.RunPlan.Stage;
import io.bookstore.perf.plan.PlannedRun.Percentiles;
import io.bookstore.perf.scenario.Pace;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.fault.Fault;
import io.bookstore.simulator.fault.FaultRule;
import io.bookstore.simulator.latency.Profiles;
import io.bookstore.simulator.limit.Limits;
import io.bookstore.simulator.simulation.Behaviour;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VirtualRunTest {

    private static final Pace NO_PAUSE = new Pace(List.of(), 1);
    private static final ServiceModel INSTANT = ServiceModel.bookStore().withOverhead(Duration.ZERO);

    /** 200 ms to the first of 100 tokens, then 5 ms each: 695 ms. */
    private static final Behaviour FIXED = Behaviour.defaults().withProfile(Profiles.named("fixed"));

    @Test
    void userWithoutPausesAsksAgainWhenItsAnswerIsThere() {
        PlannedRun run = run(users(3, Duration.ofMillis(69_500)), NO_PAUSE, FIXED);

        assertThat(run.summaries()).isEqualTo(3 * 100);
        assertThat(run.mostInFlight()).isEqualTo(3);
        assertThat(run.length()).isEqualTo(Duration.ofMillis(69_500));
        assertThat(run.endToEnd()).isEqualTo(new Percentiles(695, 695, 695, 695));
        assertThat(run.firstToken()).isEqualTo(new Percentiles(200, 200, 200, 200));
    }

    @Test
    void overheadIsAPartOfWhatTheUserWaits() {
        PlannedRun run = VirtualRun.of(
                new RunPlan(List.of(users(1, Duration.ofMillis(7_150)))),
                NO_PAUSE,
                1,
                INSTANT.withOverhead(Duration.ofMillis(20)),
                FIXED);

        assertThat(run.summaries()).isEqualTo(10);
        assertThat(run.endToEnd()).isEqualTo(new Percentiles(715, 715, 715, 715));
    }

    @Test
    void pausesAreScaledLikeStages() {
        Pace oneSecond = new Pace(List.of(new Pace.Pause(1, 1)), 1);
        RunPlan plan = new RunPlan(List.of(users(1, Duration.ofMillis(79_500))));

        assertThat(VirtualRun.of(plan, oneSecond, 0.1, INSTANT, FIXED).summaries())
                .isEqualTo(100);
    }

    @Test
    void iterationTakesAsLongAsTheScriptAsksAtLeast() {
        RunPlan plan = new RunPlan(List.of(users(1, Duration.ofSeconds(100))), Duration.ofSeconds(2));

        assertThat(VirtualRun.of(plan, NO_PAUSE, 1, INSTANT, FIXED).summaries()).isEqualTo(50);
    }

    @Test
    void arrivalsComeAtTheirRateHoweverLongAnswersTake() {
        RunPlan.Scenario steady = new RunPlan.Scenario(
                "steady", "constant-arrival-rate", Duration.ZERO, Duration.ofMinutes(2), 600, 1200);

        PlannedRun run = run(steady, NO_PAUSE, FIXED);

        assertThat(run.summaries()).isEqualTo(1200);
        assertThat(run.mostInFlight()).isEqualTo(7);
    }

    @Test
    void rampsOfUsersAndOfArrivalsFollowTheirStages() {
        List<Stage> stages = List.of(new Stage(Duration.ofMinutes(2), 60));
        RunPlan.Scenario arrivals = new RunPlan.Scenario(
                "open", "ramping-arrival-rate", Duration.ZERO, Duration.ofMinutes(2), 0, stages, 60, 60);
        RunPlan.Scenario users = new RunPlan.Scenario(
                "closed", "ramping-vus", Duration.ZERO, Duration.ofMinutes(2), 0, stages, 60, 3600);

        assertThat(run(arrivals, NO_PAUSE, FIXED).summaries()).isEqualTo(60);
        assertThat(run(users, NO_PAUSE, FIXED).mostInFlight()).isEqualTo(59);
        // The area under the line in answers of 695 ms; each of 59 users may finish one more.
        assertThat((double) run(users, NO_PAUSE, FIXED).summaries()).isCloseTo(3600 / 0.695, within(60.0));
    }

    /** The second user comes at 0.4 s and is in its second answer at 1.2 s; the first one begins its third at 1.39 s. */
    @Test
    void rampDownEndsTheUserThatCameLastAndNotTheNextToFinish() {
        List<Stage> stages = List.of(
                new Stage(Duration.ofMillis(400), 2),
                new Stage(Duration.ofMillis(800), 2),
                new Stage(Duration.ZERO, 1),
                new Stage(Duration.ofMillis(550), 1));
        RunPlan.Scenario users = new RunPlan.Scenario(
                "closed", "ramping-vus", Duration.ZERO, RunPlan.total(stages), 1, stages, 2, RunPlan.area(1, stages));

        assertThat(run(users, NO_PAUSE, FIXED).summaries()).isEqualTo(5);
    }

    @Test
    void sharedIterationsEndAtTheirNumber() {
        RunPlan.Scenario shared =
                new RunPlan.Scenario("shared", "shared-iterations", Duration.ZERO, Duration.ofMinutes(10), 4, 42);

        assertThat(run(shared, NO_PAUSE, FIXED).summaries()).isEqualTo(42);
    }

    @Test
    void shareOfTheModelIsExactInEveryHundredRequests() {
        RunPlan.Scenario shared =
                new RunPlan.Scenario("mixed", "shared-iterations", Duration.ZERO, Duration.ofMinutes(10), 5, 300);

        PlannedRun run = run(shared, new Pace(List.of(), 0.35), FIXED);

        assertThat(run.summaries()).isEqualTo(105);
        assertThat(run.plainRequests()).isEqualTo(195);
    }

    /** A bucket of 60 that fills at one a second: of 120 requests in a minute it takes its 60 and what came in since. */
    @Test
    void limitOfRequestsRefusesWhatABucketOfThatSizeRefuses() {
        RunPlan.Scenario steady = new RunPlan.Scenario(
                "steady", "constant-arrival-rate", Duration.ZERO, Duration.ofMinutes(10), 120, 1200);

        PlannedRun run = VirtualRun.of(
                new RunPlan(List.of(steady)),
                NO_PAUSE,
                1,
                INSTANT.withAttempts(1),
                FIXED.withLimits(Limits.requestsPerMinute(60)));

        assertThat(run.rateLimited()).isEqualTo(run.failed());
        assertThat((double) run.summaries() - run.failed()).isCloseTo(660, within(2.0));
        assertThat(run.outputTokens()).isEqualTo((run.summaries() - run.failed()) * 100);
    }

    @Test
    void anotherAttemptMendsWhatAFaultBroke() {
        Behaviour flaky = FIXED.withFaults(new FaultRule(Fault.parse("503"), 0.2, Duration.ZERO, null));
        RunPlan.Scenario shared =
                new RunPlan.Scenario("shared", "shared-iterations", Duration.ZERO, Duration.ofMinutes(60), 4, 1000);

        PlannedRun once = VirtualRun.of(new RunPlan(List.of(shared)), NO_PAUSE, 1, INSTANT.withAttempts(1), flaky);
        PlannedRun thrice = VirtualRun.of(new RunPlan(List.of(shared)), NO_PAUSE, 1, INSTANT, flaky);

        assertThat(once.failed()).isBetween(150L, 250L);
        assertThat(thrice.failed()).isBetween(1L, 20L);
        assertThat(thrice.attempts()).isBetween(1180L, 1300L);
    }

    @Test
    void answerThatComesLateIsAnAnswerNevertheless() {
        Behaviour stalling = FIXED.withFaults(FaultRule.always("stall:5000"));

        PlannedRun run = run(users(1, Duration.ofMillis(56_950)), NO_PAUSE, stalling);

        assertThat(run.failed()).isZero();
        assertThat(run.endToEnd()).isEqualTo(new Percentiles(5_695, 5_695, 5_695, 5_695));
    }

    @ParameterizedTest
    @CsvSource({"reset-after-chunks, 695", "malformed-frame, 695", "no-terminator, 695"})
    void answerThatCannotBeReadIsAFailure(String fault, double milliseconds) {
        PlannedRun run = VirtualRun.of(
                new RunPlan(List.of(users(1, Duration.ofMillis(6_950)))),
                NO_PAUSE,
                1,
                INSTANT.withAttempts(1),
                FIXED.withFaults(FaultRule.always(fault)));

        assertThat(run.failed()).isEqualTo(run.summaries()).isEqualTo(10);
        assertThat(run.endToEnd()).isEqualTo(new Percentiles(milliseconds, milliseconds, milliseconds, milliseconds));
    }

    @Test
    void serviceLeavesAnAnswerThatNeverEndsAtItsDeadline() {
        Behaviour endless = FIXED.withFaults(FaultRule.always("endless-answer"));

        PlannedRun run = run(users(1, Duration.ofMinutes(5)), NO_PAUSE, endless);

        assertThat(run.failed()).isEqualTo(10);
        assertThat(run.endToEnd()).isEqualTo(new Percentiles(30_000, 30_000, 30_000, 30_000));
    }

    @Test
    void costIsThatOfTheTokensOfGoodAnswers() {
        PlannedRun run = run(users(1, Duration.ofMillis(69_500)), NO_PAUSE, FIXED);

        assertThat(run.inputTokens()).isEqualTo(100 * 138);
        assertThat(run.outputTokens()).isEqualTo(100 * 100);
        assertThat(run.usd()).isEqualTo((13_800 * 3 + 10_000 * 15) / 1e6);
    }

    @Test
    void planThatTakesLongerThanItMayIsNone() {
        RunPlan hour = new RunPlan(List.of(
                new RunPlan.Scenario("steady", "constant-arrival-rate", Duration.ZERO, Duration.ofHours(1), 60, 3600)));

        assertThat(VirtualRun.within(Duration.ZERO, hour, NO_PAUSE, 1, INSTANT, FIXED))
                .isEmpty();
        assertThat(VirtualRun.within(Duration.ofHours(1), hour, NO_PAUSE, 1, INSTANT, FIXED))
                .hasValue(VirtualRun.of(hour, NO_PAUSE, 1, INSTANT, FIXED));
    }

    @Test
    void sameSeedPlansTheSameAndAnotherOneDoesNot() {
        RunPlan.Scenario users = users(5, Duration.ofMinutes(5));

        assertThat(run(users, NO_PAUSE, Behaviour.defaults())).isEqualTo(run(users, NO_PAUSE, Behaviour.defaults()));
        assertThat(run(users, NO_PAUSE, Behaviour.defaults()))
                .isNotEqualTo(run(users, NO_PAUSE, Behaviour.defaults().withSeed(2)));
    }

    /** The real simulator, over HTTP, says of the same requests what the plan said. */
    @Test
    void drawsAreThoseOfTheRealSimulator() throws Exception {
        RunPlan.Scenario shared =
                new RunPlan.Scenario("shared", "shared-iterations", Duration.ZERO, Duration.ofMinutes(10), 5, 50);
        Behaviour fast = Behaviour.defaults().withProfile(Profiles.named("haiku-class"));

        PlannedRun plan = run(shared, NO_PAUSE, fast);

        long real = 0;
        try (SimulatorServer simulator =
                SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withBehaviour(fast))) {
            List<CompletableFuture<Long>> answers = new ArrayList<>();
            HttpClient http = HttpClient.newHttpClient();
            for (int i = 0; i < 50; i++) {
                answers.add(outputTokens(http, simulator.baseUrl(), "shared-" + i));
            }
            for (CompletableFuture<Long> answer : answers) {
                real += answer.join();
            }
        }
        assertThat(plan.outputTokens()).isEqualTo(real);
    }

    private static CompletableFuture<Long> outputTokens(HttpClient http, URI simulator, String key) {
        HttpRequest request = HttpRequest.newBuilder(simulator.resolve("/v1/messages"))
                .header("x-api-key", "none")
                .header("anthropic-version", "2023-06-01")
                .header("x-request-id", key)
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"model":"claude-haiku","max_tokens":500,
                         "messages":[{"role":"user","content":"Summarize the book \\"Emma\\" by Jane Austen."}]}"""))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(answer -> {
            try {
                return new ObjectMapper()
                        .readTree(answer.body())
                        .at("/usage/output_tokens")
                        .asLong();
            } catch (IOException e) {
                throw new AssertionError(answer.body(), e);
            }
        });
    }

    private static PlannedRun run(RunPlan.Scenario scenario, Pace pace, Behaviour provider) {
        return VirtualRun.of(new RunPlan(List.of(scenario)), pace, 1, INSTANT, provider);
    }

    private static RunPlan.Scenario users(int users, Duration length) {
        return new RunPlan.Scenario(
                "users", "constant-vus", Duration.ZERO, length, users, users * length.toMillis() / 1000.0);
    }
}
