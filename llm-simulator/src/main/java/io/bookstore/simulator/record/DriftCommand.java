package io.bookstore.simulator.record;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line of a comparison: {@code java -jar llm-simulator.jar drift FIRST SECOND}. */
@Command(
        name = "drift",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Compares two recordings of the same requests.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:no drift", "1:drift", "2:bad input"},
        footerHeading = "%nExamples:%n",
        footer = "  java -jar llm-simulator.jar drift monday.jsonl friday.jsonl --tolerance 0.1")
public final class DriftCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FIRST", description = "recording to compare with")
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private Path first;

    @Parameters(index = "1", paramLabel = "SECOND", description = "recording to compare")
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private Path second;

    @Option(
            names = "--tolerance",
            paramLabel = "SHARE",
            description = "share by which a median of tokens and times may differ (default: ${DEFAULT-VALUE})")
    private double tolerance = 0.2;

    @Option(
            names = "--similarity",
            paramLabel = "SHARE",
            description = "least share of words in common, in the median (default: ${DEFAULT-VALUE})")
    private double similarity = 0.5;

    @Override
    public Integer call() {
        require("--tolerance", tolerance >= 0, "at least 0", tolerance);
        require("--similarity", similarity >= 0 && similarity <= 1, "from 0 to 1", similarity);
        Cassette one = Cassette.read(List.of(first));
        Cassette other = Cassette.read(List.of(second));
        PrintWriter err = spec.commandLine().getErr();
        one.leftOut().forEach(err::println);
        other.leftOut().forEach(err::println);
        err.flush();
        Drift drift = Drift.of(one.lines(), other.lines(), tolerance, similarity);
        PrintWriter terminal = spec.commandLine().getOut();
        terminal.print(DriftText.of(drift));
        terminal.flush();
        return drift.found() ? 1 : 0;
    }

    private static void require(String option, boolean holds, String rule, double value) {
        if (!holds) {
            throw new IllegalArgumentException(option + " must be " + rule + ", was " + value);
        }
    }
}
