package io.bookstore.perf.cli.capacity;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.capacity.Backlog;
import io.bookstore.perf.capacity.Probe;
import io.bookstore.perf.cli.compare.RunFigures;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.TimeSeries;
import io.bookstore.perf.results.ValidityFinding;
import io.bookstore.perf.slo.Goodput;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a probe off the result of its run. */
final class ProbeReading {

    private static final String LLM = "llm";

    /** Ends of a run that went as far as its script wanted; the last two are judged by their findings. */
    private static final Set<ExitCode> MEASURED =
            Set.of(ExitCode.OK, ExitCode.THRESHOLDS_CROSSED, ExitCode.INVALID, ExitCode.WRONG_USAGE);

    private ProbeReading() {}

    /**
     * The probe that a run was.
     *
     * @throws PerfException if the run ended in a way that another probe would not mend
     */
    static Probe of(RunResult result, double rate) {
        ExitCode code = ExitCode.of(result.verdict().exitCode()).orElse(ExitCode.OTHER);
        if (!MEASURED.contains(code)) {
            throw new PerfException(
                    code,
                    Objects.requireNonNullElse(
                            result.verdict().problem(), "The probe ended early: " + code.reason() + "."));
        }
        String invalid = result.findings().stream()
                .filter(ValidityFinding::invalid)
                .map(ValidityFinding::sentence)
                .collect(Collectors.joining(" "));
        if (!invalid.isEmpty()) {
            return Probe.invalid(rate, invalid);
        }
        Goodput goodput = result.goodput();
        return goodput == null || goodput.share() == null
                ? Probe.invalid(
                        rate,
                        "No request could be judged: look what the script sends, and whether --slo is about its class.")
                : Probe.of(rate, goodput.scheduled(), goodput.good(), Backlog.of(answered(result)))
                        .withP95(RunFigures.of(result)
                                .map(figures -> figures.response().p95())
                                .orElse(null));
    }

    /** Returns whether the run went as far as its script wanted, and broke no rule of a valid measurement. */
    static boolean valid(RunResult result) {
        return ExitCode.of(result.verdict().exitCode())
                        .filter(MEASURED::contains)
                        .isPresent()
                && result.findings().stream().noneMatch(ValidityFinding::invalid);
    }

    /** The answered requests to the model, or all where none is known to go there. */
    private static List<Backlog.Request> answered(RunResult result) {
        List<TimeSeries.Request> all = result.series().requests();
        boolean model = all.stream().anyMatch(request -> LLM.equals(request.type()));
        return all.stream()
                .filter(request -> !request.failed() && (!model || LLM.equals(request.type())))
                .map(request -> new Backlog.Request(
                        request.atSeconds() - request.latencyMs() / 1000, request.latencyMs() / 1000))
                .toList();
    }
}
