package io.bookstore.perf.cli;

import io.bookstore.perf.run.Scenario;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(name = "list", description = "Names the scenarios.", mixinStandardHelpOptions = true)
final class ListCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @SuppressWarnings("NullAway.Init")
    ListCommand() {}

    @Override
    public void run() {
        for (Scenario scenario : Scenario.ALL) {
            print(scenario.name(), scenario.description());
        }
        print(Scenario.AI_ALL, "ai-smoke, ai-load, ai-stress and ai-spike in this order, one verdict");
    }

    private void print(String name, String description) {
        spec.commandLine().getOut().printf("%-16s %s%n", name, description);
    }
}
