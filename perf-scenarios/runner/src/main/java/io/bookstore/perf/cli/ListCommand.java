package io.bookstore.perf.cli;

import io.bookstore.perf.run.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "list",
        description = "Names the scenarios.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  llm-perf list", "  llm-perf list --json    with the script and the variables of each"})
final class ListCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(names = "--json", description = "Print them as JSON.")
    private boolean json;

    @SuppressWarnings("NullAway.Init")
    ListCommand() {}

    @Override
    public void run() {
        List<Listed> listed = new ArrayList<>();
        Scenario.ALL.forEach(scenario -> listed.add(
                new Listed(scenario.name(), scenario.description(), List.of(scenario.script()), scenario.env())));
        List<Scenario> suite = Scenario.named(Scenario.AI_ALL);
        listed.add(new Listed(
                Scenario.AI_ALL,
                suite.stream().map(Scenario::name).collect(Collectors.joining(", ")) + " in this order, one verdict",
                suite.stream().map(Scenario::script).distinct().toList(),
                Map.of()));
        if (json) {
            spec.commandLine().getOut().println(Json.of(listed));
        } else {
            listed.forEach(each -> spec.commandLine().getOut().printf("%-16s  %s%n", each.name(), each.description()));
        }
    }

    /** @param env what the script is given for this scenario */
    private record Listed(String name, String description, List<String> scripts, Map<String, String> env) {}
}
