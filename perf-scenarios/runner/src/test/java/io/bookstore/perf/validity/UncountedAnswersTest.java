package io.bookstore.perf.validity;

import static io.bookstore.perf.validity.JudgedRun.assertInvalid;
import static io.bookstore.perf.validity.JudgedRun.assertNoted;
import static io.bookstore.perf.validity.JudgedRun.iterations;
import static io.bookstore.perf.validity.JudgedRun.judged;

import io.bookstore.perf.results.CrossCheck;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.testing.EmbeddedRun;
import io.bookstore.perf.testing.SimulatedBookStore;
import io.bookstore.perf.testing.SimulatedBookStore.Defect;
import io.bookstore.perf.testing.SyntheticRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that the engine never saw, and those that no model gave. */
class UncountedAnswersTest {

    @TempDir
    Path folder;

    @Test
    void answersThatTheEngineNeverSawMakeTheRunInvalid() {
        RunResult result = SyntheticRun.ofUsers(1, 5, 180).startedForTheRun().result();
        long seen = result.llmRequests();

        RunResult judged = judged(result.with(new CrossCheck(seen, seen + 20, seen + 20, null, null)));

        assertInvalid(judged, "lost-answers", "and the engine has an end of %,d: answers were lost".formatted(seen));
    }

    @Test
    void requestsOfOthersToASharedServiceAreANote() throws Exception {
        try (SimulatedBookStore service = SimulatedBookStore.with(Defect.REQUESTS_OF_OTHERS)) {
            RunResult result = EmbeddedRun.ofSummaries(iterations(12), service.baseUrl(), folder);

            assertNoted(result, "lost-answers", "answers were lost, or others used the service meanwhile");
        }
    }

    @Test
    void cacheThatAnswersInsteadOfTheModelMakesTheRunInvalid() throws Exception {
        try (SimulatedBookStore service = SimulatedBookStore.with(Defect.CACHE)) {
            RunResult result = EmbeddedRun.ofSummaries(iterations(30), service.baseUrl(), folder);

            assertInvalid(result, "cached-answers", "of 30 answers came from a cache");
        }
    }

    @Test
    void cacheThatNoAnswerTellsOfIsSeenByTheCallsThatTheModelNeverGot() throws Exception {
        try (SimulatedBookStore service = SimulatedBookStore.with(Defect.SILENT_CACHE)) {
            RunResult result = EmbeddedRun.ofSummaries(iterations(30), service.baseUrl(), folder);

            assertInvalid(result, "repeated-inputs", "29 of 30 answers repeat an input of the run, and only");
        }
    }

    /** A gateway between service and model is not asked by anybody. */
    @Test
    void cacheBeyondTheServiceIsSeenByItsTimes() {
        RunResult result = SyntheticRun.ofArrivals(1, 5, 60)
                .asking(49)
                .repeatsAnsweredIn(0.008)
                .result();

        assertInvalid(
                judged(result),
                "repeated-inputs",
                "251 of 300 answers repeat an input of the run, and a repeat took 8 ms at the median, a first answer ");
    }
}
