package io.bookstore.perf.validity;

import static io.bookstore.perf.validity.JudgedRun.assertInvalid;
import static io.bookstore.perf.validity.JudgedRun.assertNoted;
import static io.bookstore.perf.validity.JudgedRun.judged;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.facts.GeneratorLoad;
import io.bookstore.perf.stack.RequestCounter;
import io.bookstore.perf.testing.EmbeddedRun;
import io.bookstore.perf.testing.SimulatedBookStore;
import io.bookstore.perf.testing.SyntheticRun;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Defects of the measurement itself, planted one by one: each is named by its own rule and no other. Those that need load or
 * time are planted in samples, the others in real runs.
 */
class PlantedDefectsTest {

    @TempDir
    Path folder;

    @Test
    void generatorWithoutAProcessorLeftMakesTheRunInvalid() {
        RunResult result = SyntheticRun.ofUsers(1, 5, 180)
                .generator(new GeneratorLoad(1.9, 0.99, 2))
                .result();

        assertInvalid(judged(result), "generator-load", "took 1.9 of this machine's 2 processors");
    }

    @Test
    void busyGeneratorOfAFewSecondsIsANoteForMostOfItIsStarting() {
        RunResult result = SyntheticRun.ofArrivals(1, 5, 20)
                .generator(new GeneratorLoad(1.9, 0.99, 2))
                .result();

        assertNoted(judged(result), "generator-load", "took 1.9");
    }

    @Test
    void arrivalsThatStartLateMakeTheRunInvalid() {
        RunResult result = SyntheticRun.ofArrivals(1, 5, 60).result();

        RunResult judged = Validity.judge(
                result,
                new Circumstances(
                        null,
                        new Circumstances.Arrivals(300, 1_240),
                        null,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60),
                        false));

        assertInvalid(judged, "late-arrivals", "5 % of 300 arrivals started more than 1,240 ms late");
    }

    @Test
    void requestsThatWaitForAConnectionMakeTheRunInvalid() {
        RunResult result = SyntheticRun.ofUsers(1, 5, 180).connectionsAfter(1.2).result();

        assertInvalid(judged(result), "slow-connections", "waited more than 1,20");
    }

    @Test
    void waitForAConnectionThatIsShortBesideTheRequestIsSound() {
        RunResult result = SyntheticRun.ofUsers(1, 5, 180)
                .answersIn(20, 0)
                .connectionsAfter(1.2)
                .result();

        assertThat(judged(result).findings()).isEmpty();
    }

    @Test
    void lateArrivalsOfAShortPlanAreANoteHoweverLongABusyMachineTookForIt() {
        SyntheticRun tookLong = SyntheticRun.ofArrivals(1, 5, 60);
        SyntheticRun planned = SyntheticRun.ofArrivals(1, 5, 20);

        RunResult judged = Validity.judge(
                tookLong.result(),
                new Circumstances(
                        planned.plan(),
                        new Circumstances.Arrivals(300, 1_240),
                        null,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60),
                        false));

        assertNoted(judged, "late-arrivals", "5 % of 300 arrivals");
    }

    @Test
    void arrivalsThatFoundNoUserMakeTheRunInvalidUnlessALimitIsAboutThem() throws Exception {
        String script = """
                import { sleep } from 'k6';
                export const options = {
                  scenarios: { open: { executor: 'constant-arrival-rate', rate: 20, duration: '1s', preAllocatedVUs: 1, maxVUs: 1 } },
                  thresholds: { %s },
                };
                export default function () { sleep(0.4); }
                """;
        try (SimulatedBookStore service = SimulatedBookStore.ofProvider()) {
            RunResult unlimited = run(script.formatted("iterations: ['count>0']"), service.baseUrl());
            RunResult limited = run(script.formatted("dropped_iterations: ['count<1']"), service.baseUrl());

            assertInvalid(unlimited, "dropped-arrivals", "arrivals found no free virtual user");
            assertThat(limited.verdict().exitCode()).isEqualTo(99);
        }
    }

    /** The only user that works ends the run when it is long enough for no pause of the machine to explain the others. */
    @Test
    void iterationsThatHangAreNamed() throws Exception {
        String script = """
                import exec from 'k6/execution';
                import { sleep } from 'k6';
                export const options = {
                  scenarios: { closed: { executor: 'constant-vus', vus: 8, duration: '10m', gracefulStop: '0s' } },
                };
                let first = 0;
                let longest = 0;
                export default function () {
                  if (exec.vu.idInTest > 1) sleep(600);
                  const start = Date.now();
                  first = first || start;
                  sleep(0.05);
                  longest = Math.max(longest, Date.now() - start);
                  if (Date.now() - first > 4 * (longest + 1000)) exec.test.abort('long enough');
                }
                """;
        try (SimulatedBookStore service = SimulatedBookStore.ofProvider()) {
            RunResult result = run(script, service.baseUrl());

            assertThat(result.findings()).singleElement().satisfies(finding -> {
                assertThat(finding.rule()).isEqualTo("littles-law");
                assertThat(finding.invalid()).isTrue();
                assertThat(finding.sentence()).contains("virtual users were at work on average, but");
            });
        }
    }

    @Test
    void usersWhoseIterationsNeverEndMakeALongRunInvalid() {
        RunResult result = SyntheticRun.ofUsers(1, 10, 300).hangingUsers(5).result();

        assertInvalid(judged(result), "littles-law", "iterations hang or their times are wrong");
    }

    @Test
    void simulatorThatSendsLateMakesTheRunInvalid() {
        RunResult result = SyntheticRun.ofUsers(1, 5, 180).result();

        RunResult judged = Validity.judge(
                result,
                new Circumstances(
                        null,
                        null,
                        new RequestCounter.Lateness(4_000, 900),
                        Duration.ofSeconds(180),
                        Duration.ofSeconds(180),
                        false));

        assertInvalid(judged, "simulator-lateness", "900 of 4,000 chunks more than 250 ms late");
    }

    @Test
    void clockThatIsSetDuringTheRunMakesItInvalid() throws Exception {
        try (SimulatedBookStore service = SimulatedBookStore.ofProvider()) {
            RunResult result = EmbeddedRun.of(
                    "export const options = { thresholds: { iterations: ['count>0'] } };"
                            + " export default function () {}",
                    service.baseUrl(),
                    folder,
                    new SteppingClock(),
                    false);

            assertInvalid(result, "clock", "the clock was set, or the machine slept");
        }
    }

    @Test
    void percentileOfAFewSamplesIsANoteAndInvalidOnlyIfAskedToBeStrict() throws Exception {
        String script = """
                import http from 'k6/http';
                export const options = { vus: 2, iterations: 40, thresholds: { http_req_duration: ['p(95)<60000', 'med<60000'] } };
                export default function () { http.get(`${__ENV.BASE_URL}/`); }
                """;
        try (SimulatedBookStore service = SimulatedBookStore.ofProvider()) {
            RunResult usual = run(script, service.baseUrl());
            RunResult strict = EmbeddedRun.of(script, service.baseUrl(), folder, Clock.systemUTC(), true);

            assertNoted(usual, "few-samples", "p(95) of http_req_duration has 40 of 200.");
            assertInvalid(strict, "few-samples", "p(95) of http_req_duration has 40 of 200.");
        }
    }

    @Test
    void stageThatNeverGetsSteadyIsANote() {
        SyntheticRun run = SyntheticRun.ofUsers(1, 10, 400).answersIn(1, 0.02);

        RunResult judged = Validity.judge(
                run.result(), new Circumstances(run.plan(), null, null, Duration.ZERO, Duration.ZERO, false));

        assertNoted(judged, "drift", "The steady stage was not steady");
    }

    private RunResult run(String script, URI service) throws InterruptedException {
        return EmbeddedRun.of(script, service, folder, Clock.systemUTC(), false);
    }

    /** Begins an hour behind and is set right once the run has begun. */
    private static final class SteppingClock extends Clock {

        private final AtomicBoolean begun = new AtomicBoolean();

        @Override
        public Instant instant() {
            Instant now = Clock.systemUTC().instant();
            return begun.getAndSet(true) ? now : now.minusSeconds(3_600);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
