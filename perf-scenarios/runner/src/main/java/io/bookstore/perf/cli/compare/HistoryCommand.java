package io.bookstore.perf.cli.compare;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.Quantity;
import io.bookstore.perf.compare.ComparedRun;
import io.bookstore.perf.history.HtmlHistory;
import io.bookstore.perf.run.SavedRuns;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "history",
        description = "Lists the runs in a folder and in those below it, the newest first.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  llm-perf history               all runs in reports/",
            "  llm-perf history reports/main  those of a baseline",
            "  llm-perf history --html        also as reports/index.html, with trends"
        })
public final class HistoryCommand implements Runnable {

    private static final DateTimeFormatter time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final String ROW = "%-19s  %-16s  %-24s  %8s  %8s  %8s  %s%n";

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FOLDER",
            description = "Folder of runs. Default: ${DEFAULT-VALUE}.")
    private Path folder = Path.of("reports");

    @Option(
            names = "--html",
            description = "Write the list as index.html into the folder too, with the trend of each scenario.")
    private boolean html;

    @SuppressWarnings("NullAway.Init")
    public HistoryCommand() {}

    @Override
    public void run() {
        List<ComparedRun> runs = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (Path each : SavedRuns.below(folder)) {
            try {
                SavedRuns.at(each).ifPresent(runs::add);
            } catch (PerfException e) {
                unreadable.add(e.getMessage());
            }
        }
        runs.sort(Comparator.comparing((ComparedRun run) -> run.result().run().startedAt())
                .reversed());
        PrintWriter out = spec.commandLine().getOut();
        out.printf(ROW, "Started", "Scenario", "Verdict", "Requests", "p95", "Failed", "Folder");
        runs.forEach(run -> printRow(out, run));
        unreadable.forEach(sentence -> out.println("note " + sentence));
        if (html) {
            writePage(runs, unreadable);
            out.println("history " + folder.resolve(HtmlHistory.NAME));
        }
    }

    private void writePage(List<ComparedRun> runs, List<String> unreadable) {
        try {
            HtmlHistory.write(folder, runs, unreadable);
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.NO_INPUT,
                    "Cannot write " + folder.resolve(HtmlHistory.NAME) + " (" + e.getMessage()
                            + "): make the folder writable, or copy the runs to one that is.");
        }
    }

    private static void printRow(PrintWriter out, ComparedRun run) {
        Optional<RunFigures> figures = RunFigures.of(run.result());
        out.printf(
                ROW,
                time.format(run.result().run().startedAt().atZone(ZoneId.systemDefault())),
                run.result().run().scenario(),
                run.result().verdict().reason(),
                figures.map(each -> Quantity.count(each.response().count())).orElse(""),
                figures.map(each -> Quantity.milliseconds(each.response().p95()))
                        .orElse(""),
                figures.map(each -> each.failed() == null ? "" : Quantity.percent(each.failed()))
                        .orElse(""),
                run.name());
    }
}
