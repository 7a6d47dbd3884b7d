package io.bookstore.console.runs;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.Quantity;
import io.bookstore.perf.answer.Answer;
import io.bookstore.perf.cli.capacity.CapacityJson;
import io.bookstore.perf.cli.compare.RunFigures;
import io.bookstore.perf.cli.gate.GateJson;
import io.bookstore.perf.compare.ComparedRun;
import io.bookstore.perf.gate.Side;
import io.bookstore.perf.history.HtmlHistory;
import io.bookstore.perf.report.HtmlReport;
import io.bookstore.perf.report.LimitsAnswer;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.SummaryFile;
import io.bookstore.perf.run.SavedRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The runs that the folder of reports holds: those of this console, of others and of the command line. A run is found by listing
 * the folder, never by a path that somebody sends. Thread-safe.
 */
public final class SavedRunList {

    private final Path reports;
    private final Map<Path, Known> known = new HashMap<>();

    SavedRunList(Path reports) {
        this.reports = reports;
    }

    /** A run as it was read from files of this state. */
    private record Known(String state, RunView view) {}

    /** Every run, in no order. */
    synchronized List<RunView> all() {
        List<RunView> views = new ArrayList<>();
        for (Path folder : folders()) {
            String state = state(folder);
            Known before = known.get(folder);
            // A run whose console is gone changes without its files.
            if (before == null
                    || !before.state.equals(state)
                    || !before.view.status().ended()) {
                before = new Known(state, read(folder));
                known.put(folder, before);
            }
            views.add(before.view);
        }
        return views;
    }

    Optional<RunView> find(String id) {
        return all().stream().filter(run -> run.id().equals(id)).findFirst();
    }

    /** The report of a run; empty if there is no such run, or no report of it. */
    public Optional<Path> report(String id) {
        return folders().stream()
                .filter(folder -> id(folder).equals(id))
                .map(folder -> folder.resolve(HtmlReport.NAME))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /**
     * The results of the run of that id, or of the runs in a folder of that name; each run is called by its id.
     *
     * @throws PerfException if a result cannot be read
     */
    public List<ComparedRun> results(String id) {
        List<Path> all = folders();
        List<Path> named = all.stream().filter(folder -> id(folder).equals(id)).toList();
        List<Path> chosen = named.isEmpty()
                ? all.stream().filter(folder -> isInside(id(folder), id)).toList()
                : named;
        return chosen.stream()
                .flatMap(folder -> SavedRuns.at(folder).map(run -> new ComparedRun(id(folder), run.result())).stream())
                .toList();
    }

    private static boolean isInside(String id, String folder) {
        return id.startsWith(folder + "/") && id.indexOf('/', folder.length() + 1) < 0;
    }

    /** Writes the page that {@code llm-perf history --html} writes; empty if there is no run with a result. */
    public synchronized Optional<Path> trends() throws IOException {
        List<ComparedRun> runs = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (Path folder : folders()) {
            try {
                SavedRuns.at(folder).ifPresent(runs::add);
            } catch (PerfException e) {
                unreadable.add(e.getMessage());
            }
        }
        if (runs.isEmpty()) {
            return Optional.empty();
        }
        runs.sort(Comparator.comparing((ComparedRun run) -> run.result().run().startedAt())
                .reversed());
        HtmlHistory.write(reports, runs, unreadable);
        return Optional.of(reports.resolve(HtmlHistory.NAME));
    }

    private List<Path> folders() {
        TreeSet<Path> folders = new TreeSet<>();
        try {
            folders.addAll(SavedRuns.below(reports));
        } catch (PerfException noneYet) {
            // Runs without a result may be there.
        }
        try (Stream<Path> inside = Files.list(reports)) {
            inside.filter(folder -> Files.isRegularFile(folder.resolve(RunRecord.NAME))
                            || Files.isRegularFile(folder.resolve(CapacityJson.NAME))
                            || Files.isRegularFile(folder.resolve(GateJson.NAME)))
                    .forEach(folders::add);
        } catch (IOException noFolderYet) {
            // The first run makes it.
        }
        return List.copyOf(folders);
    }

    private String id(Path folder) {
        return reports.relativize(folder).toString().replace('\\', '/');
    }

    private static String state(Path folder) {
        return modified(folder.resolve(SummaryFile.NAME)) + " " + modified(folder.resolve(RunRecord.NAME)) + " "
                + modified(folder.resolve(HtmlReport.NAME)) + " " + modified(folder.resolve(CapacityJson.NAME)) + " "
                + modified(folder.resolve(GateJson.NAME));
    }

    private static String modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toString();
        } catch (IOException absent) {
            return "-";
        }
    }

    private RunView read(Path folder) {
        Optional<RunRecord> record = RunRecord.in(folder).map(RunRecord::found);
        try {
            Optional<CapacityJson> search = CapacityJson.in(folder);
            if (search.isPresent()) {
                return SearchView.of(
                        id(folder),
                        record.orElse(null),
                        search.get(),
                        record.isPresent() ? List.of() : probes(folder, search.get()));
            }
            Optional<GateJson> gate = GateJson.in(folder);
            if (gate.isPresent()) {
                boolean typed = record.isEmpty();
                return GateView.of(
                        id(folder),
                        record.orElse(null),
                        gate.get(),
                        typed ? side(folder, Side.BASELINE) : List.of(),
                        typed ? side(folder, Side.CANDIDATE) : List.of());
            }
            Optional<RunResult> result = SavedRuns.at(folder).map(ComparedRun::result);
            return result.isPresent() ? view(folder, record.orElse(null), result.get()) : view(folder, record, null);
        } catch (PerfException unreadable) {
            return view(folder, record, unreadable.getMessage());
        }
    }

    /** The first and the last probe of a search, as far as they can be read. */
    private static List<RunResult> probes(Path folder, CapacityJson search) {
        List<RunResult> probes = new ArrayList<>();
        for (int number : new int[] {1, search.probes().size()}) {
            try {
                SavedRuns.at(folder.resolve("probe-" + number)).ifPresent(saved -> probes.add(saved.result()));
            } catch (PerfException unreadable) {
                // The search has its answer all the same.
            }
        }
        return probes;
    }

    /** The runs of a side of a gate; none if one of them cannot be read. */
    private static List<RunResult> side(Path folder, Side side) {
        try {
            return SavedRuns.in(folder.resolve(side.label())).stream()
                    .map(ComparedRun::result)
                    .toList();
        } catch (PerfException unreadable) {
            // The gate has its verdict all the same.
            return List.of();
        }
    }

    private RunView view(Path folder, @Nullable RunRecord record, RunResult result) {
        long startedMs = result.run().startedAt().toEpochMilli();
        Answer answer = LimitsAnswer.of(result);
        return new RunView(
                id(folder),
                record == null ? request(result) : record.request(),
                record == null || result.verdict().exitCode() != ExitCode.INTERRUPTED.value()
                        ? RunStatus.FINISHED
                        : record.status(),
                record == null ? null : Long.valueOf(record.queuedMs()),
                startedMs,
                startedMs + result.run().duration().toMillis(),
                result.verdict().exitCode(),
                answer.sentence(),
                result(folder, result, answer),
                null,
                null,
                null);
    }

    private RunView view(Path folder, Optional<RunRecord> record, @Nullable String problem) {
        return new RunView(
                id(folder),
                record.map(RunRecord::request)
                        .orElseGet(() ->
                                new RunRequest(folder.getFileName().toString(), null, Map.of(), null, null, null)),
                problem == null ? record.map(RunRecord::status).orElse(RunStatus.FAILED) : RunStatus.FAILED,
                record.map(RunRecord::queuedMs).orElse(null),
                record.map(RunRecord::startedMs).orElse(null),
                record.map(RunRecord::endedMs).orElse(null),
                record.map(RunRecord::exitCode).orElse(null),
                problem == null ? record.map(RunRecord::sentence).orElse(null) : problem,
                null,
                null,
                null,
                null);
    }

    /** The request that would have made a run of the command line. */
    static RunRequest request(RunResult result) {
        Map<String, String> variables = new HashMap<>(result.run().env());
        // It is the address of the service, which has a member of its own.
        variables.remove("BASE_URL");
        return new RunRequest(
                result.run().scenario(), result.run().target().baseUrl().toString(), variables, null, null, null);
    }

    private RunView.Result result(Path folder, RunResult result, Answer answer) {
        Optional<RunFigures> figures = RunFigures.of(result);
        boolean reported = Files.isRegularFile(folder.resolve(HtmlReport.NAME));
        return new RunView.Result(
                result.verdict().passed(),
                result.verdict().invalid(),
                result.verdict().reason(),
                answer.figures().stream()
                        .map(figure -> new RunView.Figure(figure.name(), Quantity.in(figure.unit(), figure.value())))
                        .toList(),
                figures.map(each -> each.response().count()).orElse(null),
                figures.map(each -> each.response().p95()).orElse(null),
                figures.map(RunFigures::failed).orElse(null),
                reported ? "/reports/" + id(folder) + "/" + HtmlReport.NAME : null);
    }
}
