package io.bookstore.perf.cli;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.report.HtmlReport;
import io.bookstore.perf.results.SummaryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "report",
        description = "Writes report.html again from a folder of results.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: perf report reports/ai-smoke-20261125-180000"})
final class ReportCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "A folder that \"perf run\" wrote, with its summary.json.")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    ReportCommand() {}

    @Override
    public void run() {
        Path summary = folder.resolve(SummaryFile.NAME);
        if (!Files.isRegularFile(summary)) {
            throw new PerfException(
                    ExitCode.NO_INPUT,
                    "No " + SummaryFile.NAME + " in " + folder + ": name a folder that \"perf run\" wrote.");
        }
        Path report = folder.resolve(HtmlReport.NAME);
        try {
            HtmlReport.write(SummaryFile.read(summary), report);
        } catch (IOException e) {
            throw new PerfException(ExitCode.NO_INPUT, "Cannot draw " + summary + ": " + e.getMessage() + ".");
        }
        spec.commandLine().getOut().println(report);
    }
}
