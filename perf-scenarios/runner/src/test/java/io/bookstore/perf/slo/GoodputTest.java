package io.bookstore.perf.slo;

import static io.bookstore.perf.slo.MeasuredRequest.at;
import static io.bookstore.perf.slo.MeasuredRequest.dropped;
import static io.bookstore.perf.slo.MeasuredRequest.iteration;
import static io.bookstore.perf.slo.MeasuredRequest.moment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.record.RequestRecord.Kind;
import io.bookstore.perf.results.facts.RunFacts.Load;
import io.bookstore.perf.slo.Goodput.Attainment;
import io.bookstore.perf.slo.Goodput.OfClass;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Runs of known attainment. */
class GoodputTest {

    private static final Slo SUMMARIES = SloText.parse("--slo", "llm.ttft=1s,llm.e2e=8s,llm.cost=0.01");

    private static final List<Load> MINUTE =
            List.of(new Load("ai", "constant-arrival-rate", true, 60, Duration.ofSeconds(60)));

    private final SloRecorder recorder = new SloRecorder(SUMMARIES);

    @Test
    void failedUnansweredAndDroppedRequestsAreScheduledAndBad() {
        // given 60 arrivals, of which 4 fail, 3 have no answer and 5 find no virtual user
        for (int second = 0; second < 55; second++) {
            MeasuredRequest request = at(second, 2_000).firstToken(500).usage(45, 123, 0.002);
            recorder.request((second < 4
                            ? request.failed()
                            : second < 7 ? at(second, 30_000).unanswered() : request)
                    .record());
            recorder.sample(iteration("ai", second + 2));
        }
        recorder.sample(dropped("ai", 55, 5));

        // when
        Goodput goodput = goodput(MINUTE);

        // then
        assertThat(goodput.scheduled()).isEqualTo(60);
        assertThat(goodput.good()).isEqualTo(48);
        assertThat(goodput.share()).isEqualTo(0.8);
        OfClass llm = llm(goodput);
        assertThat(llm.failed()).isEqualTo(7);
        assertThat(llm.dropped()).isEqualTo(5);
        assertThat(llm.binding()).isEqualTo(Dimension.ERROR);
        assertThat(dimension(llm, Dimension.ERROR)).isEqualTo(new Attainment(Dimension.ERROR, null, 48, 12, 0, 0.8));
        assertThat(dimension(llm, Dimension.E2E)).isEqualTo(new Attainment(Dimension.E2E, 8_000.0, 48, 0, 0, 0.8));
    }

    @Test
    void eachDimensionHasItsShareAndTheOneThatMostMissIsBinding() {
        // given 100 requests: 10 too slow to begin, 3 of these and 2 others too slow to end, 2 of the 3 too dear
        for (int n = 0; n < 100; n++) {
            recorder.request(at(n * 0.5, List.of(0, 10, 20, 35, 45).contains(n) ? 9_000 : 2_000)
                    .firstToken(n % 10 == 0 ? 1_500 : 500)
                    .usage(45, 123, n == 0 || n == 10 ? 0.02 : 0.002)
                    .record());
        }

        // when
        Goodput goodput = goodput(MINUTE);

        // then
        assertThat(goodput.good()).isEqualTo(88);
        OfClass llm = llm(goodput);
        assertThat(dimension(llm, Dimension.TTFT).share()).isEqualTo(0.90);
        assertThat(dimension(llm, Dimension.E2E).share()).isEqualTo(0.95);
        assertThat(dimension(llm, Dimension.COST).share()).isEqualTo(0.98);
        assertThat(dimension(llm, Dimension.ERROR).share()).isEqualTo(1);
        assertThat(llm.binding()).isEqualTo(Dimension.TTFT);
    }

    @Test
    void latencyCountsFromTheIntendedStart() {
        // given answers after 7 s to requests that were sent 2 s after their arrival
        for (int second = 0; second < 20; second++) {
            recorder.request(at(second + 2, 7_000).late(2_000).record());
        }

        // when
        Goodput goodput = goodput(MINUTE);

        // then
        assertThat(goodput.good()).isZero();
        assertThat(goodput.scheduled()).isEqualTo(20);
        assertThat(llm(goodput).binding()).isEqualTo(Dimension.E2E);
    }

    @Test
    void whatAnAnswerDoesNotTellIsLeftOutOfThatDimensionOnly() {
        // given
        for (int second = 0; second < 20; second++) {
            MeasuredRequest request = at(second, 2_000).usage(45, 123, 0.002);
            recorder.request((second < 5 ? request : request.firstToken(second < 8 ? 2_000 : 500)).record());
        }

        // when
        OfClass llm = llm(goodput(MINUTE));

        // then
        assertThat(llm.good()).isEqualTo(17);
        assertThat(dimension(llm, Dimension.TTFT)).isEqualTo(new Attainment(Dimension.TTFT, 1_000.0, 12, 3, 5, 0.8));
    }

    @Test
    void whereNoAnswerTellsALimitedDimensionTheShareIsNotTold() {
        // given a limit on the first token, and answers that are not streamed
        SloRecorder streamed = new SloRecorder(SloText.parse("--slo", "llm.ttft=1s"));
        for (int second = 0; second < 20; second++) {
            streamed.request(at(second, 2_000).record());
        }

        // when
        Goodput goodput = Objects.requireNonNull(streamed.goodput(MINUTE));

        // then
        assertThat(goodput.share()).isNull();
        assertThat(dimension(llm(goodput), Dimension.TTFT))
                .isEqualTo(new Attainment(Dimension.TTFT, 1_000.0, 0, 0, 20, null));
    }

    @Test
    void nothingMeasuredIsNoGoodput() {
        assertThat(recorder.goodput(MINUTE)).isNull();

        recorder.request(at(1, 20).of("books", Kind.CRUD).record());

        assertThat(recorder.goodput(MINUTE)).as("a class without limits").isNull();
    }

    @Test
    void runWhoseEveryRequestFailsHasAGoodputOfZero() {
        recorder.request(at(0, 20).failed().record());
        recorder.request(at(1, 20).failed().record());

        assertThat(goodput(MINUTE).share()).isZero();
    }

    @Test
    void answerFromACacheCostsNothing() {
        for (int second = 0; second < 20; second++) {
            recorder.request(at(second, 20).firstToken(10).cached(true).record());
        }

        assertThat(dimension(llm(goodput(MINUTE)), Dimension.COST).share()).isEqualTo(1);
    }

    @Test
    void requestsOfRampsAreNotJudged() {
        // given a ramp whose requests are all too slow, and a steady minute
        List<Load> ramped = List.of(new Load(
                "ai",
                "ramping-arrival-rate",
                true,
                60,
                Duration.ofSeconds(120),
                Duration.ZERO,
                List.of(
                        new Load.Stage(Duration.ofSeconds(30), 60),
                        new Load.Stage(Duration.ofSeconds(60), 60),
                        new Load.Stage(Duration.ofSeconds(30), 0))));
        for (int second = 0; second < 120; second++) {
            boolean steady = second >= 30 && second < 90;
            recorder.request(at(second, steady ? 2_000 : 20_000).record());
        }

        // when
        Goodput goodput = goodput(ramped);

        // then
        assertThat(goodput.window().steady()).isTrue();
        assertThat(goodput.scheduled()).isEqualTo(60);
        assertThat(goodput.good()).isEqualTo(60);
    }

    @Test
    void droppedArrivalsHaveTheClassesOfTheirScenario() {
        // given a scenario whose iterations send a summary and three plain requests, and one of plain requests
        SloRecorder both = new SloRecorder(Slo.standard(Map.of()));
        for (int second = 0; second < 20; second++) {
            both.request(at(second, 2_000).of("mixed", Kind.LLM).record());
            for (int n = 0; n < 3; n++) {
                both.request(at(second, 20).of("mixed", Kind.CRUD).record());
            }
            both.sample(iteration("mixed", second));
            both.request(at(second, 20).of("books", Kind.CRUD).record());
            both.sample(iteration("books", second));
        }
        both.sample(dropped("mixed", 20, 10));
        both.sample(dropped("books", 21, 7));

        // when
        Goodput goodput = Objects.requireNonNull(both.goodput(List.of()));

        // then
        assertThat(goodput.of(Kind.LLM).orElseThrow().dropped()).isEqualTo(10);
        assertThat(goodput.of(Kind.CRUD).orElseThrow().dropped()).isEqualTo(37);
        assertThat(goodput.scheduled()).isEqualTo(100 + 47);
        assertThat(goodput.good()).isEqualTo(100);
    }

    @Test
    void requestsOfAScriptThatSendsNoIdsAreJudgedByTheirSamples() {
        // given
        SloRecorder plain = new SloRecorder(SloText.parse("--slo", "other.e2e=500ms"));
        for (int second = 0; second < 20; second++) {
            plain.sample(duration(second, 100, "200"));
        }
        plain.sample(duration(20, 900, "200"));
        plain.sample(duration(21, 5, "503"));
        plain.sample(duration(22, 5, "0"));
        plain.sample(
                new Sample("http_req_duration", moment(0), 9, Map.of("status", "200", "group", "::setup"), Map.of()));

        // when
        Goodput goodput = Objects.requireNonNull(plain.goodput(List.of()));

        // then
        assertThat(goodput.scheduled()).isEqualTo(23);
        assertThat(goodput.good()).isEqualTo(20);
        assertThat(goodput.share()).isEqualTo(0.87, within(0.001));
    }

    @Test
    void longRunHasTheSameCountsAsItsRequests() {
        // given four hours of a request a second, every tenth of which is too slow
        for (int second = 0; second < 14_400; second++) {
            recorder.request(at(second, second % 10 == 0 ? 9_000 : 2_000).record());
        }

        // when
        Goodput goodput = goodput(List.of(new Load("ai", "constant-vus", false, 5, Duration.ofHours(4))));

        // then
        assertThat(goodput.share()).isEqualTo(0.9, within(0.001));
        assertThat(goodput.scheduled()).isBetween(14_000L, 14_400L);
    }

    private static Sample duration(double second, double millis, String status) {
        return new Sample(
                "http_req_duration",
                moment(second + millis / 1000),
                millis,
                Map.of("scenario", "shop", "status", status),
                Map.of());
    }

    private Goodput goodput(List<Load> loads) {
        return Objects.requireNonNull(recorder.goodput(loads));
    }

    private static OfClass llm(Goodput goodput) {
        return goodput.of(Kind.LLM).orElseThrow();
    }

    private static Attainment dimension(OfClass of, Dimension dimension) {
        return of.dimensions().stream()
                .filter(each -> each.dimension() == dimension)
                .findFirst()
                .orElseThrow();
    }
}
