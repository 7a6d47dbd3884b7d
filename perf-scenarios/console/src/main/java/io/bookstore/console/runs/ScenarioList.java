package io.bookstore.console.runs;

import io.bookstore.perf.PerfException;
import io.bookstore.perf.cli.option.ServiceOption;
import io.bookstore.perf.scenario.Nearest;
import io.bookstore.perf.scenario.Pace;
import io.bookstore.perf.scenario.Scenario;
import io.bookstore.perf.scenario.Scenarios;
import io.bookstore.perf.scenario.Variable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The scenarios of a folder of scripts, and what a request may ask of them. Reads the scripts each time, for they may change. */
public final class ScenarioList {

    private static final String BASE_URL = "BASE_URL";
    private static final int LONGEST_VALUE = 1_000;

    /** Variables that name a file; a page may choose one of the scripts' own, and no path. */
    private static final Set<String> FILES = Set.of("TARGET", "RECORDING");

    private static final Pattern plainName = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern plainValue = Pattern.compile("\\P{Cntrl}*");

    private final Path folder;

    public ScenarioList(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /**
     * A scenario as the page shows it.
     *
     * @param description  a sentence without its full stop
     * @param load         users or arrivals, in words
     * @param length       without {@code DURATION_SCALE}, such as {@code 10m30s}
     * @param modelPercent percentage of its requests that go to the model
     * @param variables    those that it reads and does not set itself, its script's own first
     */
    public record Item(
            String name,
            String description,
            String load,
            String length,
            double modelPercent,
            List<ItemVariable> variables) {}

    /**
     * A variable.
     *
     * @param standard the value if it is not set; null if there is none
     * @param own      true if no other script reads it
     */
    public record ItemVariable(
            String name, String meaning, @Nullable String standard, boolean own) {}

    /**
     * Every scenario, in the order of the scripts.
     *
     * @throws PerfException if the scripts cannot be read
     */
    public List<Item> all() {
        Scenarios scenarios = Scenarios.in(folder);
        return scenarios.all().stream()
                .map(scenario -> new Item(
                        scenario.name(),
                        scenario.description(),
                        scenario.load().text(),
                        scenario.load().length(),
                        100
                                * Pace.of(folder.resolve(scenario.script()), scenario.env())
                                        .modelShare(),
                        variables(scenarios, scenario)))
                .toList();
    }

    Path folder() {
        return folder;
    }

    /**
     * Checks a request before it is accepted, with the script's own rules for the values of its variables.
     *
     * @throws IllegalArgumentException in a sentence
     * @throws PerfException            if the scripts cannot be read
     */
    void check(RunRequest request) {
        Scenarios scenarios = Scenarios.in(folder);
        Scenario scenario = named(request.scenario(), scenarios);
        if (request.session() != null) {
            request.session().check();
        }
        if (request.capacity() != null) {
            checkSearch(request, scenario, scenarios);
        }
        if (request.gate() != null) {
            checkGate(request);
        }
        request.variables().forEach((name, value) -> {
            checkName(name, scenario, scenarios);
            checkValue(name, value);
        });
        if (request.baseUrl() != null) {
            checkAddress(request.baseUrl());
        }
        Double maxUsd = request.maxUsd();
        if (maxUsd != null && !(maxUsd > 0 && maxUsd < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("maxUsd must be more than 0, was " + maxUsd + ".");
        }
        new ScriptCheck(folder).check(scenario, request);
    }

    private static void checkGate(RunRequest request) {
        if (request.capacity() != null) {
            throw new IllegalArgumentException("capacity and gate exclude each other: keep one of them.");
        }
        if (request.baseUrl() != null) {
            throw new IllegalArgumentException(
                    "baseUrl names one service, and a gate needs two: give baselineUrl and candidateUrl in gate.");
        }
        if (request.maxUsd() != null) {
            throw new IllegalArgumentException(
                    "A gate has no maxUsd, for runs that end early cannot be compared: leave it out.");
        }
    }

    private static void checkSearch(RunRequest request, Scenario scenario, Scenarios scenarios) {
        if (!takesRate(scenario, scenarios)) {
            throw new IllegalArgumentException(scenario.name() + " does not read " + CapacityRequest.RATE
                    + ", by which a search tells the rate: use "
                    + scenarios.all().stream()
                            .filter(each -> takesRate(each, scenarios))
                            .map(Scenario::name)
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        request.variables().keySet().stream().filter(CapacityRequest::sets).forEach(name -> {
            throw new IllegalArgumentException(
                    "Variable " + name + " is set by the search: leave it out, and use the options of capacity.");
        });
    }

    private static boolean takesRate(Scenario scenario, Scenarios scenarios) {
        return scenarios.variablesOf(scenario.script()).stream()
                .anyMatch(variable -> variable.name().equals(CapacityRequest.RATE));
    }

    private static Scenario named(String name, Scenarios scenarios) {
        if (scenarios.suites().contains(name)) {
            throw new IllegalArgumentException(name + " is a suite: start its scenarios one after the other, "
                    + scenarios.named(name).stream().map(Scenario::name).collect(Collectors.joining(", ")) + ".");
        }
        List<String> names = scenarios.all().stream().map(Scenario::name).toList();
        return scenarios.all().stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown("scenario", name, names));
    }

    private static void checkName(String name, Scenario scenario, Scenarios scenarios) {
        if (scenario.env().containsKey(name)) {
            throw new IllegalArgumentException("Variable " + name + " is set by " + scenario.name() + " itself, to "
                    + scenario.env().get(name) + ": leave it out.");
        }
        if (name.equals(BASE_URL)) {
            throw new IllegalArgumentException("BASE_URL is the option baseUrl, not one of the variables.");
        }
        List<String> known =
                variables(scenarios, scenario).stream().map(ItemVariable::name).toList();
        if (!known.contains(name)) {
            throw unknown("variable", name, known);
        }
    }

    private static void checkValue(String name, String value) {
        if (FILES.contains(name) && !plainName.matcher(value).matches()) {
            throw new IllegalArgumentException(name + " must be a name of letters, digits, \"-\" and \"_\" here, was \""
                    + value + "\": for a file elsewhere set " + name + " in the environment of the console.");
        }
        if (value.length() > LONGEST_VALUE || !plainValue.matcher(value).matches()) {
            throw new IllegalArgumentException(name + " must have at most " + LONGEST_VALUE
                    + " characters and no line break or other control character.");
        }
    }

    private static void checkAddress(String address) {
        try {
            ServiceOption.url("baseUrl", address);
        } catch (PerfException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static IllegalArgumentException unknown(String kind, String name, Collection<String> known) {
        return new IllegalArgumentException("Unknown " + kind + " \"" + name + "\": "
                + Nearest.to(name, known)
                        .map(near -> "did you mean " + near + "?")
                        .orElseGet(() -> "use " + String.join(", ", known) + "."));
    }

    private static List<ItemVariable> variables(Scenarios scenarios, Scenario scenario) {
        List<Variable> own = scenarios.variablesOf(scenario.script());
        List<ItemVariable> variables = new ArrayList<>();
        Stream.concat(own.stream(), scenarios.shared().stream())
                .filter(variable ->
                        !variable.name().equals(BASE_URL) && !scenario.env().containsKey(variable.name()))
                .forEach(variable -> variables.add(new ItemVariable(
                        variable.name(), variable.meaning(), variable.standard(), own.contains(variable))));
        return variables;
    }

    /** Arguments of {@code llm-perf} for a request that was checked. */
    List<String> arguments(RunRequest request, Path results) {
        SessionRequest session = request.session();
        List<String> arguments = new ArrayList<>(List.of(
                session == null ? "run" : session.command(),
                request.scenario(),
                "--events",
                "--scripts=" + folder,
                "--out=" + results));
        if (session != null) {
            // The folder is there already, with the file of this console in it.
            arguments.add("--resume");
            arguments.addAll(session.arguments());
        }
        if (request.baseUrl() != null) {
            arguments.add("--base-url=" + request.baseUrl());
        }
        if (request.maxUsd() != null) {
            arguments.add("--max-usd=" + request.maxUsd());
        }
        for (Map.Entry<String, String> variable : request.variables().entrySet()) {
            arguments.add("--env=" + variable.getKey() + "=" + variable.getValue());
        }
        return arguments;
    }
}
