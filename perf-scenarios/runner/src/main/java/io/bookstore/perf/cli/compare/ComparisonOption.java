package io.bookstore.perf.cli.compare;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.cli.option.JsonOption;
import io.bookstore.perf.cli.terminal.Json;
import io.bookstore.perf.compare.CompareRules;
import io.bookstore.perf.compare.Comparison;
import io.bookstore.perf.progress.ProgressStyle;
import io.bookstore.perf.results.WholeFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The user's rules for a comparison, and the forms in which its verdict is wanted. */
public final class ComparisonOption {

    @Option(
            names = "--margin",
            paramLabel = "METRIC=PERCENT",
            description = "Largest change that does not matter: p50, p95 or share for all judged metrics, or one"
                    + " metric by its name, which is judged then. Points for shares. Default: 5 for p50 and cost, 10 for"
                    + " p95, 1 for shares.")
    private Map<String, Double> margins = new LinkedHashMap<>();

    @Option(
            names = "--allow",
            paramLabel = "FACT",
            description = "Compare although the runs differ in this fact, by its name in the refusal; may be repeated.")
    private Set<String> allowed = new LinkedHashSet<>();

    @Option(names = "--strict", description = "Exit with 82 if the pairs do not decide.")
    private boolean strict;

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description = "Write the comparison as Markdown too, for a pull request.")
    private @Nullable Path markdown;

    @Mixin
    private JsonOption json = new JsonOption();

    public CompareRules rules() {
        return new CompareRules(margins, allowed);
    }

    /** The form of JSON, for a command that has others too. */
    public JsonOption json() {
        return json;
    }

    /** The stream for everything that is not the comparison. */
    public PrintWriter messages() {
        return json.messages();
    }

    /** The style of what is drawn beside the JSON, or in place of it. */
    public ProgressStyle style() {
        return json.style();
    }

    /** The comparison as JSON, with the exit code that goes with the verdict. */
    public CompareJson judged(Comparison comparison) {
        return CompareJson.of(comparison, strict);
    }

    /** Says the verdict in each form that was asked for, and returns the exit code that goes with it. */
    public int tell(Comparison comparison, PrintWriter out) {
        CompareJson told = judged(comparison);
        if (json.asked()) {
            out.println(Json.of(told));
        } else {
            new ComparisonPrinter(style(), out).print(comparison);
        }
        if (markdown != null) {
            writeMarkdown(comparison, markdown);
        }
        return told.exitCode();
    }

    private static void writeMarkdown(Comparison comparison, Path file) {
        try {
            WholeFile.write(file, beside -> Files.writeString(beside, ComparisonMarkdown.of(comparison)));
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.NO_INPUT,
                    "Cannot write " + file + " (" + e.getMessage() + "): name another file with --markdown.");
        }
    }
}
