package io.bookstore.perf.cli;

import io.bookstore.perf.jvm.ClassArchive;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Entry point of {@code perf.jar}. Commands that run scripts do so in a second JVM, with the flags of {@link LoadJvm}, and so does the console: a
 * JVM's flags are fixed once it runs, and its defaults are those of a long-lived service. All else runs in this one.
 *
 * <p>The second JVM has the same terminal, folder and environment. A signal reaches both; this one waits for the other's
 * orderly end and ends with its exit code.
 */
public final class Launcher {

    /** The system property that tells the second JVM the process id of the first. */
    private static final String LAUNCHED_BY = "perf.launched.by";

    private Launcher() {}

    public static void main(String[] arguments) throws InterruptedException {
        LoadJvm jvm = LoadJvm.current(System.getenv());
        List<String> flags = jvm.flags(Arrays.asList(arguments));
        if (flags.isEmpty()) {
            PerfCommand.main(arguments);
            return;
        }
        ClassArchive archive = ClassArchive.of(
                Path.of(System.getProperty("java.class.path").split(File.pathSeparator)[0]),
                System.getenv(),
                jvm.given());
        flags.addAll(archive.flags());
        Process load;
        try {
            load = new ProcessBuilder(command(flags, jvm.given(), arguments))
                    .inheritIO()
                    .start();
        } catch (IOException e) {
            // No second process to be had (a limit of the container, say): slower, and right all the same.
            PerfCommand.main(arguments);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endWith(load, archive), "launched-run"));
        int exitCode = load.waitFor();
        archive.keep();
        Runtime.getRuntime().halt(exitCode);
    }

    /**
     * Watches the JVM that launched this one, if one did: it may die without a word, as {@code kill -9} lets it.
     *
     * @param end asks this one to end in order
     */
    static void watchLauncher(Runnable end) {
        Long pid = Long.getLong(LAUNCHED_BY);
        if (pid == null) {
            return;
        }
        Optional<ProcessHandle> launcher = ProcessHandle.of(pid);
        Thread watch = new Thread(
                () -> {
                    try {
                        while (launcher.isPresent() && !isGone(launcher.get())) {
                            TimeUnit.SECONDS.sleep(1);
                        }
                        end.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "launcher-watch");
        watch.setDaemon(true);
        watch.start();
    }

    /**
     * Returns whether a process has ended. A run that uses up its file descriptors must not take its launcher for gone: on Linux
     * {@link ProcessHandle} opens a file to look, and asking for the directory of the process takes no descriptor.
     */
    private static boolean isGone(ProcessHandle process) {
        boolean noDirectory = Files.notExists(Path.of("/proc", String.valueOf(process.pid())));
        return ProcessHandle.of(process.pid()).map(now -> !now.equals(process)).orElse(noDirectory);
    }

    private static void endWith(Process load, ClassArchive archive) {
        if (load.supportsNormalTermination()) {
            load.destroy();
        }
        try {
            int exitCode = load.waitFor();
            archive.keep();
            Runtime.getRuntime().halt(exitCode);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> command(List<String> flags, List<String> given, String[] arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(given);
        command.add("-D" + LAUNCHED_BY + "=" + ProcessHandle.current().pid());
        command.add("-cp");
        command.add(absolute(System.getProperty("java.class.path")));
        command.add(PerfCommand.class.getName());
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    /** Returns the class path with absolute paths, for the archive of classes is found by them. */
    private static String absolute(String classPath) {
        return String.join(
                File.pathSeparator,
                Arrays.stream(classPath.split(File.pathSeparator))
                        .map(entry ->
                                Path.of(entry).toAbsolutePath().normalize().toString())
                        .toList());
    }
}
