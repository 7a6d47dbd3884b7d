package io.bookstore.perf.run;

import io.bookstore.k6.run.EngineRequest;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.metrics.SampleReader;
import io.bookstore.perf.record.RequestRecords;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.facts.RunFacts;
import io.bookstore.perf.slo.Goodput;
import io.bookstore.perf.slo.Rejudged;
import io.bookstore.perf.slo.Slo;
import io.bookstore.perf.slo.SloRecorder;
import io.bookstore.perf.slo.SloText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The requests that a run left in its folder: records of those that had an id, samples of all. */
public final class SavedRequests {

    private SavedRequests() {}

    /**
     * Judges them by other limits. Nothing in the folder changes.
     *
     * @param result the run's own result
     * @param given  limits that go before those of the run
     * @throws PerfException if the folder has no samples, or none of its requests is of a class with a limit
     */
    public static Rejudged judge(Path folder, RunResult result, Slo given) {
        RunFacts run = result.run();
        Goodput own = result.goodput();
        Slo slo = given.or(own == null ? Slo.NONE : Slo.of(own)).or(Slo.standard(run.env()));
        Path samples = EngineRequest.samplesIn(folder);
        if (!Files.isRegularFile(samples)) {
            throw new PerfException(
                    ExitCode.NO_INPUT,
                    "Cannot judge " + folder + " by --slo: it has no " + samples.getFileName()
                            + ", which tells of each request; name a folder with all that \"llm-perf run\" wrote.");
        }
        SloRecorder recorder = new SloRecorder(slo);
        try {
            RequestRecords.read(folder, recorder::request);
            SampleReader.read(samples, recorder);
        } catch (IOException e) {
            throw new PerfException(ExitCode.NO_INPUT, "Cannot judge " + folder + " by --slo: " + e.getMessage() + ".");
        }
        Goodput goodput = recorder.goodput(run.loads());
        if (goodput == null) {
            throw new PerfException(
                    ExitCode.USAGE,
                    "No request of " + folder + " is of a class with a limit (" + SloText.of(slo)
                            + "): give --slo a limit for a class that the run has.");
        }
        return new Rejudged(slo, goodput, recorder.money(run.loads(), run.startedAt()));
    }
}
