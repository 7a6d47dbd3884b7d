package io.bookstore.perf.cli;

import io.bookstore.perf.cli.option.JsonOption;
import io.bookstore.perf.cli.option.ScriptsOption;
import io.bookstore.perf.cli.terminal.Json;
import io.bookstore.perf.scenario.Scenario;
import io.bookstore.perf.scenario.Scenarios;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

@CommandLine.Command(
        name = "list",
        description = "Names the scenarios.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  llm-perf list",
            "  llm-perf list --json    with the script of each and the variables it sets"
        })
final class ListCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private ScriptsOption scripts = new ScriptsOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @SuppressWarnings("NullAway.Init")
    ListCommand() {}

    @Override
    public void run() {
        Scenarios scenarios = scripts.scenarios();
        List<Listed> listed = new ArrayList<>();
        scenarios
                .all()
                .forEach(scenario -> listed.add(new Listed(
                        scenario.name(),
                        scenario.load().text(),
                        scenario.load().length(),
                        scenario.description(),
                        List.of(scenario.script()),
                        scenario.env())));
        scenarios.suites().forEach(name -> listed.add(Listed.suite(name, scenarios.named(name))));
        if (json.asked()) {
            spec.commandLine().getOut().println(Json.of(listed));
        } else {
            listed.forEach(each -> spec.commandLine()
                    .getOut()
                    .printf("%-16s  %-26s %-7s %s%n", each.name(), each.load(), each.length(), each.description()));
        }
    }

    /** @param env variables that the script is given for this scenario */
    private record Listed(
            String name,
            String load,
            String length,
            String description,
            List<String> scripts,
            Map<String, String> env) {

        static Listed suite(String name, List<Scenario> parts) {
            return new Listed(
                    name,
                    "",
                    "",
                    parts.stream().map(Scenario::name).collect(Collectors.joining(", "))
                            + " in this order, one verdict",
                    parts.stream().map(Scenario::script).distinct().toList(),
                    Map.of());
        }
    }
}
