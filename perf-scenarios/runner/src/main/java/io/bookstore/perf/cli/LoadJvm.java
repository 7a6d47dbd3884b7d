package io.bookstore.perf.cli;

import io.bookstore.perf.jvm.JvmMatter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The flags of the JVM that runs scripts, by JDK and length of the run; docs/engine.md, "The JVM", has what each brings. The console
 * has its own: with the defaults of the JVM it took twice the memory and ten times the processor time for the same spans.
 *
 * @param feature     the JDK's feature version, such as 17
 * @param given       the user's own flags, which win: none of ours on the same matter is added
 * @param environment environment of this process
 * @param memoryMib   memory of the machine or container
 */
record LoadJvm(int feature, List<String> given, Map<String, String> environment, long memoryMib) {

    /** The variable that keeps everything in the JVM that was started, if it is {@code off}. */
    static final String SWITCH = "PERF_LAUNCHER";

    /** The length of a run from which the second compiler is worth the processor time that it takes from the load. */
    private static final double LONG_RUN_SECONDS = 300;

    private static final long MOST_HEAP_MIB = 1024;

    /** From this JDK on the parallel collector makes the old generation larger before it collects it: 100 MB more for one run. */
    private static final int GROWING_PARALLEL_GC = 25;

    /** A full ring of traces, and the worst exports that it has to read. */
    private static final long CONSOLE_HEAP_MIB = 512;

    // These listen, attach or write a file: they were meant for one JVM, not for two.
    private static final Pattern tools = Pattern.compile(
            "-agent(lib|path):.*|-javaagent:.*|-Dcom\\.sun\\.management\\..*|-XX:StartFlightRecording.*");
    private static final Pattern durationInScript =
            Pattern.compile("\\bduration['\"]?\\s*:\\s*['\"]([0-9hmsd.]+)['\"]");
    private static final Pattern lengthPart = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|d|h|m|s)");

    /** Reads the flags that this JVM was started with, on this machine. */
    static LoadJvm current(Map<String, String> environment) {
        long bytes =
                ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                        ? system.getTotalMemorySize()
                        : 4 * Runtime.getRuntime().maxMemory();
        return new LoadJvm(
                Runtime.version().feature(),
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                environment,
                bytes / (1024 * 1024));
    }

    /**
     * Flags to add to the user's own.
     *
     * @param arguments the command line of {@code llm-perf}
     * @return empty if the JVM that runs is as good: no script runs in it and no console, or the user has chosen everything
     */
    List<String> flags(List<String> arguments) {
        boolean console = command(arguments).equals("console");
        if ("off".equals(environment.get(SWITCH))
                || asksForHelp(arguments)
                || !(console || runsScripts(arguments))
                || given.stream().anyMatch(flag -> tools.matcher(flag).matches())) {
            return List.of();
        }
        List<String> flags = new ArrayList<>();
        if (!JvmMatter.COLLECTOR.chosenBy(given)) {
            flags.add(console || feature >= GROWING_PARALLEL_GC ? "-XX:+UseSerialGC" : "-XX:+UseParallelGC");
        }
        if (!JvmMatter.HEAP.chosenBy(given)) {
            flags.addAll(console ? List.of("-Xmx" + CONSOLE_HEAP_MIB + "m") : heapOfARun());
        }
        if (!JvmMatter.COMPILER.chosenBy(given) && (console || seconds(arguments) <= LONG_RUN_SECONDS)) {
            flags.add("-XX:TieredStopAtLevel=1");
        }
        if (!flags.isEmpty() && feature >= 24) {
            // Else GraalJS's use of both costs the user eight lines of warnings.
            flags.add("--enable-native-access=ALL-UNNAMED");
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        return flags;
    }

    /**
     * The young generation fills up whatever the need, so it is small; the old one grows with virtual users. It begins small on every
     * machine: the JVM would begin with a 64th of the memory, and fill all of that before it looks for garbage there.
     */
    private List<String> heapOfARun() {
        return List.of(
                "-Xmx" + Math.max(128, Math.min(MOST_HEAP_MIB, memoryMib / 4)) + "m", "-Xms96m", "-XX:MaxNewSize=32m");
    }

    /** A plan runs a script's init code, which is most of the time that it takes. */
    private boolean runsScripts(List<String> arguments) {
        String engine = option(arguments, "--engine").orElseGet(() -> environment.getOrDefault("K6_ENGINE", "auto"));
        return List.of("run", "gate", "capacity", "plan").contains(command(arguments))
                && List.of("auto", "embedded").contains(engine);
    }

    private static String command(List<String> arguments) {
        return arguments.stream()
                .filter(argument -> !argument.startsWith("-"))
                .findFirst()
                .orElse("");
    }

    private static boolean asksForHelp(List<String> arguments) {
        return arguments.stream()
                .anyMatch(argument -> List.of("-h", "--help", "-V", "--version").contains(argument));
    }

    /** The length that the options tell, or else the script's text; 0 for a scenario of the kit, whose users pause. */
    private double seconds(List<String> arguments) {
        String options = option(arguments, "--duration").orElse("")
                + option(arguments, "--stage").orElse("")
                + environment.getOrDefault("K6_DURATION", "")
                + environment.getOrDefault("K6_STAGES", "");
        return options.isEmpty()
                ? arguments.stream()
                        .filter(argument -> argument.endsWith(".js"))
                        .mapToDouble(LoadJvm::secondsOfScript)
                        .sum()
                : seconds(options);
    }

    private static double secondsOfScript(String file) {
        try {
            // Any bytes are text in this charset; a script that is not there is the command's to report.
            String text = Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
            return durationInScript
                    .matcher(text)
                    .results()
                    .mapToDouble(found -> seconds(found.group(1)))
                    .sum();
        } catch (IOException | java.nio.file.InvalidPathException e) {
            return 0;
        }
    }

    private static double seconds(String lengths) {
        double sum = 0;
        Matcher part = lengthPart.matcher(lengths);
        while (part.find()) {
            sum += Double.parseDouble(part.group(1))
                    * switch (part.group(2)) {
                        case "d" -> 86_400;
                        case "h" -> 3_600;
                        case "m" -> 60;
                        case "s" -> 1;
                        default -> 0.001;
                    };
        }
        return sum;
    }

    private static Optional<String> option(List<String> arguments, String name) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.startsWith(name + "=")) {
                return Optional.of(argument.substring(name.length() + 1));
            }
            if (argument.equals(name) && i + 1 < arguments.size()) {
                return Optional.of(arguments.get(i + 1));
            }
        }
        return Optional.empty();
    }
}
