package io.bookstore.console.runs;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.cli.capacity.CapacityJson;
import io.bookstore.perf.cli.capacity.CapacityWords;
import io.bookstore.perf.results.RunResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A search for the capacity that has ended, as the API shows it. */
final class SearchView {

    private SearchView() {}

    /**
     * Shows it.
     *
     * @param record null for a search of the command line
     * @param probes the results of its first and its last probe, as far as they can be read
     */
    static RunView of(String id, @Nullable RunRecord record, CapacityJson answer, List<RunResult> probes) {
        return SavedSession.of(
                id,
                record,
                () -> request(answer, probes),
                probes,
                answer.exitCode(),
                answer.sentence(),
                result(answer),
                answer,
                null);
    }

    /** The request that would have made a search of the command line, as far as its files tell. */
    private static RunRequest request(CapacityJson answer, List<RunResult> probes) {
        Double from = answer.probes().isEmpty() ? null : answer.probes().get(0).perMinute();
        if (probes.isEmpty()) {
            return new RunRequest(answer.scenario(), null, Map.of(), null, search(from, answer, null), null);
        }
        RunRequest probe = SavedRunList.request(probes.get(0));
        Map<String, String> variables = new HashMap<>(probe.variables());
        variables.keySet().removeIf(CapacityRequest::sets);
        return new RunRequest(
                answer.scenario(),
                probe.baseUrl(),
                variables,
                null,
                search(from, answer, probe.variables().get(CapacityRequest.LENGTH)),
                null);
    }

    private static CapacityRequest search(@Nullable Double from, CapacityJson answer, @Nullable String length) {
        return new CapacityRequest(from, null, 100 * answer.attainment(), length, null, null, null);
    }

    private static RunView.Result result(CapacityJson answer) {
        long requests = answer.probes().stream()
                .mapToLong(CapacityJson.OfProbe::scheduled)
                .sum();
        return new RunView.Result(
                answer.exitCode() == ExitCode.OK.value(),
                answer.exitCode() == ExitCode.INVALID.value(),
                verdict(answer.ending()),
                figures(answer),
                requests,
                null,
                null,
                null);
    }

    private static String verdict(String ending) {
        return switch (ending) {
            case "narrow" -> "found";
            case "probes-used" -> "probes used";
            case "highest-holds" -> "highest rate holds";
            case "lowest-fails" -> "lowest rate fails";
            default -> ending;
        };
    }

    private static List<RunView.Figure> figures(CapacityJson answer) {
        List<RunView.Figure> figures = new ArrayList<>();
        add(figures, "Capacity", answer.perMinute());
        add(figures, "Certainly holds", answer.lowerPerMinute());
        add(figures, "Certainly fails", answer.upperPerMinute());
        return figures;
    }

    private static void add(List<RunView.Figure> figures, String name, @Nullable Double perMinute) {
        if (perMinute != null) {
            figures.add(new RunView.Figure(name, CapacityWords.rate(perMinute) + " a minute"));
        }
    }
}
