package io.bookstore.perf.cli.gate;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.cli.option.ServiceOption;
import io.bookstore.perf.compare.ComparedRun;
import io.bookstore.perf.compare.Comparison;
import io.bookstore.perf.gate.GateOrder;
import io.bookstore.perf.gate.Side;
import io.bookstore.perf.run.SavedRuns;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The two services of a gate, or one service and the runs of another that were made before. */
final class GateSides {

    @Option(names = "--baseline-jar", paramLabel = "JAR", description = "The API that the candidate is compared with.")
    private @Nullable Path baselineJar;

    @Option(names = "--candidate-jar", paramLabel = "JAR", description = "The API that is judged.")
    private @Nullable Path candidateJar;

    @Option(
            names = "--baseline-url",
            paramLabel = "URL",
            description = "A service that runs already, in place of --baseline-jar.")
    private @Nullable String baselineUrl;

    @Option(
            names = "--candidate-url",
            paramLabel = "URL",
            description = "A service that runs already, in place of --candidate-jar.")
    private @Nullable String candidateUrl;

    @Option(
            names = "--baseline",
            paramLabel = "FOLDER",
            description = "Runs that were made before, in place of --baseline-jar; only the candidate is run.")
    private @Nullable Path baselineRuns;

    @Option(
            names = "--control",
            description =
                    "Run the baseline twice in each pair and compare it with itself too: is the machine quiet enough.")
    private boolean control;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @SuppressWarnings("NullAway.Init")
    GateSides() {}

    /** @throws PerfException if a side is missing, named twice, or not there, or if the sides are of two kinds */
    void check() {
        requireOne("baseline", List.of("--baseline-jar", "--baseline-url", "--baseline"));
        requireOne("candidate", List.of("--candidate-jar", "--candidate-url"));
        requireJar("--baseline-jar", baselineJar);
        requireJar("--candidate-jar", candidateJar);
        if (baselineRuns == null && (baselineJar == null) != (candidateJar == null)) {
            throw new PerfException(
                    ExitCode.USAGE,
                    "Both sides must be started by the gate, or both run already: give two jars or two URLs.");
        }
        if (baselineRuns != null && control) {
            throw new PerfException(
                    ExitCode.USAGE,
                    "--control and --baseline exclude each other: runs that were made before are their own control if"
                            + " there are two for each pair.");
        }
    }

    /** The runs that were made before; empty if the baseline is run too. */
    List<ComparedRun> runsBefore(int pairs) {
        if (baselineRuns == null) {
            return List.of();
        }
        List<ComparedRun> runs = SavedRuns.in(baselineRuns);
        long counting = runs.stream().filter(Comparison::counts).count();
        if (counting < pairs) {
            throw new PerfException(
                    ExitCode.USAGE,
                    "--baseline %s has %d %s, and %d pairs need as many: make more, or give --pairs."
                            .formatted(
                                    baselineRuns,
                                    counting,
                                    counting == 1 ? "run that counts" : "runs that count",
                                    pairs));
        }
        return runs;
    }

    GateOrder order() {
        return baselineRuns != null ? GateOrder.CANDIDATE_ALONE : control ? GateOrder.WITH_CONTROL : GateOrder.IN_TURN;
    }

    /** The jar to start for a side; null for a service that runs already, and for runs that were made before. */
    @Nullable
    Path jar(Side side) {
        return side == Side.BASELINE ? baselineJar : candidateJar;
    }

    /** The service that runs already; null for one that is started. */
    @Nullable
    URI url(Side side) {
        String url = side == Side.BASELINE ? baselineUrl : candidateUrl;
        return url == null ? null : ServiceOption.url(url);
    }

    private void requireOne(String side, List<String> options) {
        List<String> given = options.stream()
                .filter(command.commandLine().getParseResult()::hasMatchedOption)
                .toList();
        if (given.isEmpty()) {
            throw new PerfException(
                    ExitCode.USAGE, "The " + side + " is missing: give " + String.join(" or ", options) + ".");
        }
        if (given.size() > 1) {
            throw new PerfException(
                    ExitCode.USAGE, String.join(" and ", given) + " exclude each other: keep one of them.");
        }
    }

    private static void requireJar(String option, @Nullable Path jar) {
        if (jar != null && !Files.isRegularFile(jar)) {
            throw new PerfException(
                    ExitCode.NO_INPUT, "There is no jar " + jar + ": build it, or correct " + option + ".");
        }
    }
}
