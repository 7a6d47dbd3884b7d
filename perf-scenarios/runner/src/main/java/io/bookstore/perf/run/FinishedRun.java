package io.bookstore.perf.run;

import io.bookstore.k6.run.EngineRequest;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.answer.Answer;
import io.bookstore.perf.answer.AnswerFile;
import io.bookstore.perf.report.LimitsAnswer;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.Verdict;
import io.bookstore.perf.results.facts.RunFacts;
import io.bookstore.perf.results.sample.ResultReader;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A run that is over, and what its engine left of it.
 *
 * @param verdict the end as the engine told it
 */
record FinishedRun(EngineRequest request, RunFacts facts, Verdict verdict) {

    /** The result by the samples that were followed, or by the file of them if only that can tell. */
    RunResult followed(ResultReader results) {
        try {
            return results.result(request.summary(), facts, verdict)
                    .map(FinishedRun::measured)
                    .orElseGet(this::read);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** The result by the file of samples. */
    RunResult read() {
        try {
            return ResultReader.read(EngineRequest.samplesIn(request.output()), request.summary(), facts, verdict);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** The script's own answer; one that is not as it must be is left out, and the reason noted. */
    static Answer answer(RunResult result, Path folder) {
        try {
            return AnswerFile.read(folder).orElseGet(() -> LimitsAnswer.made(result));
        } catch (IOException e) {
            return LimitsAnswer.made(result).noting(AnswerFile.NAME + " is left out: " + e.getMessage() + ".");
        }
    }

    /** k6 passes a run that measured nothing, for a rate without a sample holds its limit; nobody who asks for a verdict means that. */
    static RunResult measured(RunResult result) {
        return result.verdict().passed()
                ? result.nothingMeasured()
                        .map(problem -> result.with(Verdict.of(ExitCode.NOTHING_MEASURED.value(), problem)))
                        .orElse(result)
                : result;
    }

    private PerfException unreadable(IOException e) {
        return new PerfException(
                ExitCode.INTERNAL, "The results in " + request.output() + " cannot be read: " + e.getMessage() + ".");
    }
}
