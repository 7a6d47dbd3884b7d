package io.bookstore.perf.cli.option;

import io.bookstore.k6.options.DurationText;
import io.bookstore.k6.run.LoadFlags;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** k6's own flags for how much to run and which part, by which a script is tried out. */
public final class LoadOption {

    // k6's own minimum for a scenario.
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    @Option(
            names = {"-u", "--vus"},
            paramLabel = "NUMBER",
            description = "Virtual users, in place of the script's.")
    private @Nullable Integer vus;

    @Option(
            names = {"-d", "--duration"},
            paramLabel = "TIME",
            description = "How long to run, such as 30s or 1m30s; replaces the script's scenarios.")
    private @Nullable String duration;

    @Option(
            names = {"-i", "--iterations"},
            paramLabel = "NUMBER",
            description = "Iterations in all, shared by the virtual users; replaces the script's scenarios.")
    private @Nullable Integer iterations;

    @Option(
            names = {"-s", "--stage"},
            paramLabel = "TIME:VUS",
            hideParamSyntax = true,
            split = ",",
            description = "A stage, such as 30s:10; may be repeated; replaces the script's scenarios.")
    private List<String> stages = new ArrayList<>();

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            hideParamSyntax = true,
            split = ",",
            description = "Run this scenario of the script's options alone; may be repeated.")
    private List<String> scenarios = new ArrayList<>();

    @Option(
            names = "--once",
            description = "One iteration by one virtual user, with the function and variables of the scenario.")
    private boolean once;

    public LoadFlags flags() {
        checkPositive("--vus", vus);
        checkPositive("--iterations", iterations);
        if (vus != null && iterations != null && iterations < vus) {
            throw new PerfException(
                    ExitCode.USAGE,
                    "--iterations must be at least --vus, which is " + vus + ", was " + iterations + ".");
        }
        if (duration != null) {
            checkDuration(duration);
        }
        stages.forEach(LoadOption::checkStage);
        if (!stages.isEmpty() && (duration != null || iterations != null)) {
            throw new PerfException(
                    ExitCode.USAGE,
                    "--stage and " + (duration != null ? "--duration" : "--iterations")
                            + " exclude each other: keep one of them.");
        }
        LoadFlags flags = new LoadFlags(vus, duration, iterations, stages, scenarios, once);
        if (!flags.selection().isEmpty() && !flags.variables().isEmpty()) {
            throw new PerfException(
                    ExitCode.USAGE,
                    String.join(" and ", flags.selection().keySet()) + " cannot be combined with "
                            + flags.arguments().get(0) + ": a scenario runs with its own load, or once.");
        }
        return flags;
    }

    private static void checkPositive(String name, @Nullable Integer value) {
        if (value != null && value < 1) {
            throw wrong(name, "a whole number from 1", value.toString());
        }
    }

    private static void checkDuration(String text) {
        Duration length = DurationText.parse(text).orElseThrow(() -> wrong("--duration", "a time like 30s", text));
        if (length.compareTo(SHORTEST) < 0) {
            throw wrong("--duration", "at least 1s", text);
        }
    }

    private static void checkStage(String stage) {
        String[] parts = stage.split(":", -1);
        if (parts.length != 2
                || DurationText.parse(parts[0])
                        .filter(length -> !length.isNegative())
                        .isEmpty()
                || !parts[1].matches("\\d{1,9}")) {
            throw wrong("--stage", "a time and a number of virtual users like 30s:10", stage);
        }
    }

    private static PerfException wrong(String name, String expected, String value) {
        return new PerfException(ExitCode.USAGE, name + " must be " + expected + ", was \"" + value + "\".");
    }
}
