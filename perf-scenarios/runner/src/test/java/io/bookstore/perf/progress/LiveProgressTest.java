package io.bookstore.perf.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.EngineRun;
import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.compare.SampleRun;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.testing.RecordedSmokeRun;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveProgressTest {

    private static final ProgressStyle PLAIN = new ProgressStyle(false, false, false);
    private static final ProgressStyle TERMINAL = new ProgressStyle(true, false, true);

    private final StringWriter out = new StringWriter();
    private Instant now = RecordedSmokeRun.START;
    private final InstantSource time = () -> now;

    @Test
    void withoutATerminalEveryStateIsALine() {
        try (LiveProgress progress = progress(PLAIN)) {
            // given
            progress.showPhase("starting the BookStore API");
            progress.planned(RecordedSmokeRun.plan());
            progress.started(new NoRun());
            RecordedSmokeRun.playTo(progress);

            // when
            now = RecordedSmokeRun.START.plusSeconds(90);
            progress.tick();
        }

        // then
        assertThat(out.toString())
                .contains("ai-smoke: starting the BookStore API")
                .contains("1:30 of 3:00  50 %  stage 2/3 to 2 users  VUs 1  requests 62 (")
                .contains("p95 2.4", "failed 3", "cost $0.1049")
                .doesNotContain("\u001b");
    }

    @Test
    void goodputSoFarStandsBesideTheLatency() {
        for (ProgressStyle style : List.of(PLAIN, TERMINAL)) {
            now = RecordedSmokeRun.START;
            try (LiveProgress progress = progress(style)) {
                progress.planned(RecordedSmokeRun.plan());
                progress.judging(() -> Optional.ofNullable(
                        SampleRun.at(0).goodput(590, 8_000).result().goodput()));
                progress.started(new NoRun());
                RecordedSmokeRun.playTo(progress);
                progress.tick();
            }
        }

        assertThat(out.toString()).containsPattern("p95 2\\.4\\d s  goodput 98\\.33 %  failed 3  cost");
        assertThat(out.toString()).containsPattern("p95 2\\.4\\d s   goodput 98\\.33 %");
    }

    @Test
    void failureThatRepeatsIsShownOnceAndCountedAtTheEnd() {
        try (LiveProgress progress = progress(PLAIN)) {
            progress.log("info", "hello");
            progress.log("info", "hello");
            progress.log("warning", "Request failed: GET /patience: request timeout");
            progress.log("error", "once");
            for (int i = 0; i < 1451; i++) {
                progress.log("warning", "Request failed: GET /patience: request timeout");
            }
        }

        assertThat(out.toString().lines())
                .containsExactly(
                        "hello",
                        "hello",
                        "warning Request failed: GET /patience: request timeout",
                        "error once",
                        "1,452 times in all: warning Request failed: GET /patience: request timeout");
    }

    @Test
    void timeOfTheRunBeginsWithItsFirstSample() {
        try (LiveProgress progress = progress(PLAIN)) {
            // given
            progress.planned(RecordedSmokeRun.plan());
            progress.started(new NoRun());
            now = RecordedSmokeRun.START.plusSeconds(20);
            progress.tick();

            // when
            RecordedSmokeRun.playTo(progress);
            now = RecordedSmokeRun.START.plusSeconds(50);
            progress.tick();
        }

        // then
        assertThat(out.toString())
                .contains("0:00 of 3:00", "0:30 of 3:00")
                .doesNotContain("0:20 of 3:00", "0:50 of 3:00");
    }

    @Test
    void latencyIsLeftOutUntilThereIsOne() {
        try (LiveProgress progress = progress(PLAIN)) {
            progress.planned(RecordedSmokeRun.plan());
        }
        try (LiveProgress progress = progress(TERMINAL)) {
            progress.planned(RecordedSmokeRun.plan());
        }

        assertThat(out.toString())
                .contains("requests 0 (0.0/s)  failed 0", "no request yet")
                .doesNotContain("p95", "p50");
    }

    @Test
    void runThatCountsIterationsShowsThemAndNotItsLimitOfTime() {
        RunPlan plan = new RunPlan(List.of(scenario("shared-iterations", 600, 10)));

        assertThat(drawnAfter12SecondsAnd3Iterations(plan, PLAIN)).contains("0:12, 3 of 10 iterations  30 %  VUs 0");
        assertThat(drawnAfter12SecondsAnd3Iterations(plan, TERMINAL))
                .contains("ai-smoke  █████████░░", " 30 %   0:12, 3 of 10 iterations\n");
    }

    @Test
    void runThatMayEndAtAnyTimeShowsTheTimeAlone() {
        RunPlan plan = new RunPlan(List.of(scenario("constant-vus", 30, 30), scenario("per-vu-iterations", 600, 10)));

        assertThat(drawnAfter12SecondsAnd3Iterations(plan, PLAIN)).contains("0:12  VUs 0");
        assertThat(drawnAfter12SecondsAnd3Iterations(plan, TERMINAL)).contains("ai-smoke  0:12\n");
    }

    @Test
    void iterationsThatEndBeforeTheOthersDoNotChangeTheLengthOfARun() {
        RunPlan plan = new RunPlan(List.of(scenario("constant-vus", 60, 60), scenario("per-vu-iterations", 30, 1)));

        assertThat(drawnAfter12SecondsAnd3Iterations(plan, PLAIN)).contains("0:12 of 1:00  20 %");
    }

    @Test
    void onATerminalTheBlockIsRedrawnInPlace() {
        try (LiveProgress progress = progress(TERMINAL)) {
            // given
            progress.planned(RecordedSmokeRun.plan());
            progress.started(new NoRun());
            RecordedSmokeRun.playTo(progress);

            // when
            now = RecordedSmokeRun.START.plusSeconds(45);
            progress.tick();
        }

        // then
        assertThat(out.toString())
                .contains("ai-smoke  ████████░░", " 25 %   0:45 of 3:00, 2:15 left")
                .contains("tokens 2565 in, 6479 out   cost $0.1049")
                .contains("\u001b[3F\u001b[J")
                .endsWith("\u001b[4F\u001b[J");
    }

    @Test
    void textIsPrintedAboveTheBlock() {
        try (LiveProgress progress = progress(TERMINAL)) {
            progress.planned(RecordedSmokeRun.plan());
            progress.log("warning", "Request Failed");
            progress.print("the summary\n");
        }

        assertThat(out.toString()).contains("\u001b[3F\u001b[Jwarning Request Failed", "the summary");
    }

    @Test
    void asciiIsEnoughWhereUnicodeIsNotThere() {
        try (LiveProgress progress = progress(new ProgressStyle(true, false, false))) {
            progress.planned(RecordedSmokeRun.plan());
        }

        assertThat(out.toString()).contains("ai-smoke  -----").matches("(?s)\\p{ASCII}*");
    }

    @Test
    void noColorAndDumbTerminalsAreRespected() {
        assertThat(ProgressStyle.detect(true, Map.of(), StandardCharsets.UTF_8))
                .isEqualTo(new ProgressStyle(true, true, true));
        assertThat(ProgressStyle.detect(true, Map.of("NO_COLOR", "1"), StandardCharsets.UTF_8))
                .isEqualTo(new ProgressStyle(true, false, true));
        assertThat(ProgressStyle.detect(true, Map.of("TERM", "dumb"), StandardCharsets.US_ASCII))
                .isEqualTo(PLAIN);
        assertThat(ProgressStyle.detect(false, Map.of(), StandardCharsets.US_ASCII))
                .isEqualTo(PLAIN);
    }

    private static RunPlan.Scenario scenario(String executor, int seconds, double volume) {
        return new RunPlan.Scenario(executor, executor, Duration.ZERO, Duration.ofSeconds(seconds), 1, volume);
    }

    private String drawnAfter12SecondsAnd3Iterations(RunPlan plan, ProgressStyle style) {
        now = RecordedSmokeRun.START;
        try (LiveProgress progress = progress(style)) {
            progress.planned(plan);
            progress.started(new NoRun());
            for (int i = 0; i < 3; i++) {
                progress.sample(new Sample("iterations", now, 1, Map.of()));
            }
            now = RecordedSmokeRun.START.plusSeconds(12);
            progress.tick();
        }
        return out.toString();
    }

    private LiveProgress progress(ProgressStyle style) {
        return new LiveProgress("ai-smoke", style, new PrintWriter(out), time.withZone(ZoneOffset.UTC), run -> {});
    }

    private static final class NoRun implements EngineRun {
        @Override
        public EngineOutcome await() {
            return new EngineOutcome(0, null);
        }

        @Override
        public void interrupt() {}
    }
}
