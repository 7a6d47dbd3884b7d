package io.bookstore.simulator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A second JVM with a small heap, for a {@code java -jar} without memory options: the JVM takes a quarter of the machine's
 * memory for its heap, of which 5,000 streams would fill a gigabyte. {@code docs/speed.md} has the measurements.
 *
 * @param arguments   this process's, from the JVM's options on
 * @param environment of this process
 * @param maxHeap     the most bytes that this JVM's heap may have
 */
record Launcher(List<String> arguments, Map<String, String> environment, long maxHeap) {

    /** The options that the benchmark runs with. */
    static final List<String> OPTIONS = List.of(
            "-XX:+UseParallelGC",
            "-Xms640m",
            "-Xmx640m",
            "-Xmn24m",
            "-XX:MaxTenuringThreshold=1",
            "-XX:-UseAdaptiveSizePolicy");

    private static final long OPTIONS_HEAP = 640L << 20;

    /** The variable that keeps everything in the JVM that was started, if it is {@code off}. */
    private static final String SWITCH = "SIMULATOR_LAUNCHER";

    /** The variables that a user gives a JVM options in. */
    private static final List<String> OPTION_VARIABLES =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    /** The commands that hold all calls of a file, for which the heap of a server may be too small. */
    private static final List<String> FILE_COMMANDS = List.of("fit", "replay", "drift");

    /** The property that tells the second JVM the process of the first. */
    private static final String PARENT = "llm-simulator.launcher";

    /** The launcher of this process; where the system does not tell its arguments there is nothing to launch. */
    static Launcher current(Map<String, String> environment) {
        String[] arguments = ProcessHandle.current().info().arguments().orElse(new String[0]);
        return new Launcher(
                Arrays.asList(arguments), environment, Runtime.getRuntime().maxMemory());
    }

    /** The arguments of the second JVM; empty if this one was started otherwise, or with options of the user's own. */
    Optional<List<String>> second() {
        int jar = arguments.indexOf("-jar");
        if (jar < 0
                || maxHeap <= OPTIONS_HEAP
                || FILE_COMMANDS.stream().anyMatch(command -> arguments.indexOf(command) == jar + 2)
                || "off".equals(environment.get(SWITCH))
                || OPTION_VARIABLES.stream().anyMatch(environment::containsKey)
                || !arguments.subList(0, jar).stream().allMatch(argument -> argument.startsWith("-D"))) {
            return Optional.empty();
        }
        return Optional.of(Stream.of(
                        OPTIONS,
                        List.of("-D" + PARENT + "=" + ProcessHandle.current().pid()),
                        arguments)
                .flatMap(List::stream)
                .toList());
    }

    /**
     * Runs the second JVM to its end, and ends it with this one.
     *
     * @return its exit code; empty if it could not be started
     */
    static OptionalInt run(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(arguments);
        Process second;
        try {
            second = new ProcessBuilder(command).inheritIO().start();
        } catch (IOException e) {
            // This JVM does as well, with more memory.
            return OptionalInt.empty();
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(second), "simulator-launcher-shutdown"));
        return OptionalInt.of(second.onExit().join().exitValue());
    }

    private static void end(Process second) {
        second.destroy();
        // The port must be free when this process has ended.
        second.onExit().join();
    }

    /** Ends this JVM, if it is a second one, when the first one is gone without a word. */
    static void followParent() {
        String parent = System.getProperty(PARENT);
        if (parent != null) {
            ProcessHandle.of(Long.parseLong(parent))
                    .ifPresentOrElse(first -> first.onExit().thenRun(() -> System.exit(1)), () -> System.exit(1));
        }
    }
}
