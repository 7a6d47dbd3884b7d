package io.bookstore.perf.scenario;

import java.util.List;
import java.util.stream.Collectors;

/** Pages and Make targets, as the scripts' {@code meta} says. */
final class ScenarioPages {

    private final Scenarios scenarios;

    ScenarioPages(Scenarios scenarios) {
        this.scenarios = scenarios;
    }

    String page() {
        return """
                # Scenarios and variables

                Written from what each script in `k6/tests` and `k6/scenarios` exports as `meta`.

                ## Scenarios

                `llm-perf run ai-smoke` runs the first. Lengths are those without `DURATION_SCALE`; they leave out setup and
                teardown.

                | Name | Load | Length | What it does | Script |
                |---|---|---|---|---|
                %s
                ## Variables of every script

                `--env NAME=VALUE` gives one for a run, and so does the environment. `llm-perf run --help` lists them too.

                | Variable | Meaning | Default |
                |---|---|---|
                %s
                ## Variables of one script

                | Variable | Script | Meaning | Default |
                |---|---|---|---|
                %s""".formatted(scenarioRows(), sharedRows(), ownRows());
    }

    /** A Make target for each of the names. */
    String makeTargets(List<String> names, String prerequisite) {
        return names.stream()
                .map(name -> "perf-%s:%s ## %s%n\t$(PERF) run %s%n".formatted(name, prerequisite, summary(name), name))
                .collect(Collectors.joining("\n"));
    }

    List<String> names() {
        return scenarios.names();
    }

    private String summary(String name) {
        List<Scenario> named = scenarios.named(name);
        if (scenarios.suites().contains(name)) {
            return named.stream().map(Scenario::name).collect(Collectors.joining(", ")) + ": one verdict";
        }
        Scenario only = named.get(0);
        return "%s, %s. %s".formatted(only.load().length(), only.load().text(), only.description());
    }

    private String scenarioRows() {
        return scenarios.all().stream()
                        .map(each -> "| `%s` | %s | %s | %s | %s |%n"
                                .formatted(
                                        each.name(),
                                        each.load().text(),
                                        each.load().length(),
                                        each.description(),
                                        script(each)))
                        .collect(Collectors.joining())
                + scenarios.suites().stream()
                        .map(name -> "| `%s` | | | %s | |%n".formatted(name, summary(name)))
                        .collect(Collectors.joining());
    }

    private static String script(Scenario scenario) {
        return "`" + scenario.script() + "`"
                + scenario.env().entrySet().stream()
                        .map(variable -> " with `" + variable.getKey() + "=" + variable.getValue() + "`")
                        .collect(Collectors.joining());
    }

    private String sharedRows() {
        return scenarios.shared().stream()
                .map(variable ->
                        "| `%s` | %s | %s |%n".formatted(variable.name(), variable.meaning(), standard(variable)))
                .collect(Collectors.joining());
    }

    private String ownRows() {
        return scenarios.scripts().stream()
                .flatMap(script -> scenarios.variablesOf(script).stream()
                        .map(variable -> "| `%s` | `%s` | %s | %s |%n"
                                .formatted(variable.name(), script, variable.meaning(), standard(variable))))
                .collect(Collectors.joining());
    }

    private static String standard(Variable variable) {
        return variable.standard() == null ? "unset" : variable.standard();
    }
}
