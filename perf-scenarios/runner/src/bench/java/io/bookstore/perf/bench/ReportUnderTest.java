package io.bookstore.perf.bench;

import com.sun.management.OperatingSystemMXBean;
import io.bookstore.perf.cli.PerfCommand;
import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.perf.results.SummaryFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

/** A JVM with a small heap that draws the report of a large file, as {@code llm-perf report} does. Arguments: file, folder. */
final class ReportUnderTest {

    private ReportUnderTest() {}

    public static void main(String[] arguments) throws IOException {
        Path output = Path.of(arguments[1]);
        long start = System.nanoTime();
        int exitCode = PerfCommand.commandLine(List.of(), Interruption.install())
                .execute("report", arguments[0], "--out", output.toString());
        double seconds = (System.nanoTime() - start) / 1e9;
        double requests = SummaryFile.read(output.resolve(SummaryFile.NAME))
                .count("http_reqs")
                .orElse(0.0);
        System.out.printf(
                "result {\"exitCode\":%d,\"seconds\":%.3f,\"processorSeconds\":%.3f,\"requests\":%.0f}%n",
                exitCode, seconds, processorSeconds(), requests);
        System.exit(0);
    }

    private static double processorSeconds() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
    }
}
