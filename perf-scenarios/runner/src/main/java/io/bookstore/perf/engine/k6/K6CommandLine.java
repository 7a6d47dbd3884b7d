package io.bookstore.perf.engine.k6;

import io.bookstore.k6.run.LoadFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The arguments with which k6 leaves the files that every engine leaves. */
public final class K6CommandLine {

    /** Kept from the network and from a format of its own; {@code raw} would lose the level of a log line. */
    public static final Map<String, String> ENVIRONMENT =
            Map.of("K6_NO_USAGE_REPORT", "true", "K6_AUTO_EXTENSION_RESOLUTION", "false", "K6_LOG_FORMAT", "json");

    private K6CommandLine() {}

    public static List<String> run(
            String script, Map<String, String> env, LoadFlags flags, String samples, String summary) {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--quiet",
                "--no-usage-report",
                "--no-color",
                "--out",
                "json=" + samples,
                "--summary-export",
                summary));
        arguments.addAll(flags.arguments());
        addVariables(arguments, env);
        arguments.add(script);
        return arguments;
    }

    /** Prints the consolidated options as JSON; runs nothing. */
    public static List<String> inspect(String script, Map<String, String> env) {
        List<String> arguments = new ArrayList<>(List.of("inspect", "--execution-requirements"));
        addVariables(arguments, env);
        arguments.add(script);
        return arguments;
    }

    private static void addVariables(List<String> arguments, Map<String, String> env) {
        new TreeMap<>(env).forEach((name, value) -> {
            arguments.add("--env");
            arguments.add(name + "=" + value);
        });
    }
}
