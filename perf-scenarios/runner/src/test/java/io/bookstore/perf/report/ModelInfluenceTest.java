package io.bookstore.perf.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.answer.Answer;
import io.bookstore.perf.answer.Section;
import io.bookstore.perf.record.Parts;
import io.bookstore.perf.record.RequestRecord;
import io.bookstore.perf.record.RequestRecord.Kind;
import io.bookstore.perf.record.RequestRecord.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Runs in virtual time of a service of which the truth is known: plain requests beside summaries that come at random. */
class ModelInfluenceTest {

    private static final Instant START = Instant.parse("2026-11-29T10:00:00Z");
    private static final Answer ANSWER = Answer.of("Holds its limits.", List.of());

    @Test
    void plainRequestsThatWaitForTheModelsTrafficAreNamedWithBothSides() {
        Answer answer = run(1, 600, underWay -> 1 + 0.1 * underWay);

        assertThat(answer.sentence())
                .matches("Holds its limits; summaries slow plain requests by \\d+ % when many are under way\\.");
        Section.Table table = table(answer);
        assertThat(table.note())
                .matches(
                        "Summaries slow plain requests by \\d+ % when many are under way: their median is .* ms with \\d.*"
                                + " summaries under way and .* ms with \\d.*, a ratio of 1\\.\\d+ \\(1\\.\\d+ to 1\\.\\d+\\),"
                                + " by 10 parts of the run\\.");
        assertThat(table.rows()).extracting(row -> row.get(0)).containsExactly("few or none", "many");
        assertThat(requests(table, 0)).isGreaterThan(400);
        assertThat(requests(table, 1)).isGreaterThan(400);
        assertThat((Double) table.rows().get(1).get(3))
                .isGreaterThan((Double) table.rows().get(0).get(3));
        assertThat(answer.sections().get(1))
                .isInstanceOfSatisfying(
                        Section.Curve.class,
                        curve -> assertThat(curve.series())
                                .extracting(Section.Series::label)
                                .contains("median"));
    }

    @Test
    void plainRequestsThatDoNotCareAreSaidNotToBeSlowed() {
        assertThat(run(1, 3_600, underWay -> 1).sentence())
                .isEqualTo("Holds its limits; summaries do not slow plain requests.");
    }

    @Test
    void noneOfAHundredRunsWithoutInfluenceIsNamed() {
        for (int seed = 0; seed < 100; seed++) {
            assertThat(run(seed, 300, underWay -> 1).sentence()).doesNotContain("by");
        }
    }

    /** More users towards the end, and a JVM that gets faster all the time: not the model's doing. */
    @Test
    void changeOverTheRunIsNoInfluence() {
        for (int seed = 0; seed < 20; seed++) {
            assertThat(answer(requests(
                                    seed, 1_200, underWay -> 1, second -> 1 + second / 300.0, second -> second / 300.0))
                            .sentence())
                    .doesNotContain("by");
        }
    }

    @Test
    void runWithoutTwoSidesIsNotTold() {
        // given one summary under way all the time
        List<RequestRecord> requests = new ArrayList<>();
        for (int second = 0; second < 600; second++) {
            requests.add(record(Kind.LLM, second, 1_000));
            requests.add(record(Kind.CRUD, second + 0.5, 12));
        }

        Answer answer = answer(requests);

        assertThat(answer.sentence()).isEqualTo(ANSWER.sentence());
        assertThat(table(answer).note())
                .startsWith(
                        "Not told: 0 parts of the run had plain requests beside few and beside many summaries, and 4 are"
                                + " needed; there were 0 and 0 such requests, and each side needs 20.");
    }

    @Test
    void fewRequestsAreNotTold() {
        Answer answer = run(1, 10, underWay -> 1 + underWay);

        assertThat(answer.sentence()).isEqualTo(ANSWER.sentence());
        assertThat(table(answer).note()).startsWith("Not told: ");
    }

    @Test
    void runOfOneKindHasNoSuchSection() {
        assertThat(answer(List.of(record(Kind.CRUD, 0, 12), record(Kind.CRUD, 1, 12))))
                .isEqualTo(ANSWER);
        assertThat(answer(List.of(record(Kind.LLM, 0, 1_200)))).isEqualTo(ANSWER);
    }

    @Test
    void longRunIsThinnedAndStillTold() {
        assertThat(run(1, 20_000, underWay -> 1 + 0.1 * underWay).sentence()).contains("slow plain requests by");
    }

    private static Answer run(int seed, int seconds, IntToDoubleFunction slowdown) {
        return answer(requests(seed, seconds, slowdown, second -> 1, second -> 1));
    }

    /** Five plain requests a second of 12 ms, and a summary a second of 3 s, each at random. */
    private static List<RequestRecord> requests(
            int seed,
            int seconds,
            IntToDoubleFunction slowdown,
            IntToDoubleFunction drift,
            IntToDoubleFunction summariesPerSecond) {
        Random random = new Random(seed);
        List<RequestRecord> requests = new ArrayList<>();
        List<Double> ends = new ArrayList<>();
        for (int second = 0; second < seconds; second++) {
            for (int i = 0; i < 5; i++) {
                double at = second + i / 5.0;
                ends.removeIf(end -> end < at);
                if (random.nextDouble() < summariesPerSecond.applyAsDouble(second) / 5) {
                    double latency = 3_000 * Math.exp(0.5 * random.nextGaussian());
                    requests.add(record(Kind.LLM, at, latency));
                    ends.add(at + latency / 1_000);
                }
                requests.add(record(
                        Kind.CRUD,
                        at + 0.1,
                        12
                                * Math.exp(0.4 * random.nextGaussian())
                                * slowdown.applyAsDouble(ends.size())
                                / drift.applyAsDouble(second)));
            }
        }
        return requests;
    }

    private static Answer answer(List<RequestRecord> requests) {
        ModelInfluence influence = new ModelInfluence();
        requests.forEach(influence::add);
        return influence.addTo(ANSWER);
    }

    private static Section.Table table(Answer answer) {
        return (Section.Table) answer.sections().get(0);
    }

    private static int requests(Section.Table table, int row) {
        return (Integer) table.rows().get(row).get(2);
    }

    private static RequestRecord record(Kind kind, double second, double latencyMs) {
        return new RequestRecord(
                "0af7651916cd43dd8448eb211c80319c",
                null,
                "mixed",
                kind,
                "any",
                START.plusNanos(Math.round(second * 1e9)),
                new RequestRecord.Timing(latencyMs, null),
                new RequestRecord.Result(Outcome.OK, 200),
                null,
                List.of(),
                new Parts(null, null, null, null, null, List.of(), null));
    }
}
