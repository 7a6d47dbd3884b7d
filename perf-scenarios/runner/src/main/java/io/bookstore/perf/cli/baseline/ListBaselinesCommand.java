package io.bookstore.perf.cli.baseline;

import io.bookstore.perf.PerfException;
import io.bookstore.perf.baseline.Baseline;
import io.bookstore.perf.baseline.Baselines;
import io.bookstore.perf.cli.terminal.TextTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "list",
        description = "Lists the baselines.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  llm-perf baseline list"})
final class ListBaselinesCommand implements Runnable {

    private static final List<String> HEADS =
            List.of("Name", "Scenario", "Target", "Engine", "Runs", "Kit", "Recorded", "Folder");

    @Spec
    private CommandSpec spec;

    @Mixin
    private BaselinesOption option = new BaselinesOption();

    @SuppressWarnings("NullAway.Init")
    ListBaselinesCommand() {}

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        Baselines baselines = option.baselines();
        TextTable table = new TextTable(HEADS, Set.of(0, 1, 2, 3, 5, 6, 7));
        List<String> unreadable = new ArrayList<>();
        for (String name : baselines.names()) {
            try {
                table.add(row(baselines, baselines.read(name)));
            } catch (PerfException e) {
                unreadable.add(e.getMessage());
            }
        }
        table.lines().forEach(out::println);
        unreadable.forEach(sentence -> out.println("note " + sentence));
    }

    private static List<String> row(Baselines baselines, Baseline baseline) {
        return List.of(
                baseline.name(),
                baseline.scenario(),
                baseline.target() == null ? "" : baseline.target(),
                baseline.engine(),
                String.valueOf(baseline.runs()),
                baseline.kitVersion(),
                baseline.recordedAt(),
                baselines.folder(baseline.name()).toString());
    }
}
