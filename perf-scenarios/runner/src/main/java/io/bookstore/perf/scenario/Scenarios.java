package io.bookstore.perf.scenario;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every named scenario of a folder of scripts, and every variable that the scripts read. */
public final class Scenarios {

    private static final List<String> scriptFolders = List.of("tests", "scenarios");

    private final Path folder;
    private final List<ScriptMeta> scripts;
    private final List<Variable> shared;

    private Scenarios(Path folder, List<ScriptMeta> scripts, List<Variable> shared) {
        this.folder = folder;
        this.scripts = scripts;
        this.shared = shared;
    }

    /**
     * Reads the {@code meta} of each script in {@code tests/} and {@code scenarios/}, and the {@code variables} of the
     * modules that they share.
     *
     * @throws PerfException if a script has none, or one that is not as it must be
     */
    public static Scenarios in(Path folder) {
        try {
            List<Variable> shared = new ArrayList<>();
            for (Path module : modules(folder)) {
                String name = name(folder, module);
                Literal.exported("variables", name, Files.readString(module))
                        .ifPresent(found -> shared.addAll(variables(found)));
            }
            List<ScriptMeta> scripts = new ArrayList<>();
            for (Path script : scripts(folder)) {
                String name = name(folder, script);
                scripts.add(ScriptMeta.find(name, Files.readString(script)).orElseThrow(() -> withoutMeta(name)));
            }
            Scenarios scenarios = new Scenarios(folder, scripts, shared);
            scenarios.check();
            return scenarios;
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.NO_INPUT, "The scripts in " + folder + " cannot be read: " + e.getMessage() + ".");
        }
    }

    /**
     * Every named scenario, a script after the other.
     *
     * @throws PerfException if there is none; a folder of one's own may have variables and descriptors alone
     */
    public List<Scenario> all() {
        if (scripts.isEmpty()) {
            throw new PerfException(
                    ExitCode.NO_INPUT,
                    "No scenario in " + folder + ": name the folder of scripts with PERF_SCRIPTS or --scripts.");
        }
        return scripts.stream().flatMap(script -> script.scenarios().stream()).toList();
    }

    /** Names of the suites: several scenarios in the order of their script, with one verdict. */
    public Set<String> suites() {
        return all().stream()
                .map(Scenario::suite)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Names of scenarios, then of suites. */
    public List<String> names() {
        return Stream.concat(all().stream().map(Scenario::name), suites().stream())
                .toList();
    }

    /** Returns the scenario of that name, or those of the suite. Spelling is forgiving: {@code aiSmoke}. */
    public List<Scenario> named(String name) {
        List<Scenario> suite = all().stream()
                .filter(scenario -> scenario.suite() != null && same(scenario.suite(), name))
                .toList();
        if (!suite.isEmpty()) {
            return suite;
        }
        return List.of(all().stream()
                .filter(scenario -> same(scenario.name(), name))
                .findFirst()
                .orElseThrow(() -> new PerfException(ExitCode.USAGE, unknown(name))));
    }

    /** Variables that every script reads. */
    public List<Variable> shared() {
        return shared;
    }

    /** Variables that only this script reads, by its path below the folder of scripts. */
    public List<Variable> variablesOf(String script) {
        return scripts.stream()
                .filter(each -> each.script().equals(script))
                .flatMap(each -> each.variables().stream())
                .toList();
    }

    /**
     * Returns the key of a descriptor, such as {@code operations.create}, without which a service cannot be loaded with that
     * script; empty if it needs the operation that asks the model.
     */
    public Optional<String> neededBy(String script) {
        return scripts.stream()
                .filter(each -> each.script().equals(script))
                .findFirst()
                .map(ScriptMeta::needs);
    }

    /** Paths of the scripts below their folder. */
    public List<String> scripts() {
        return scripts.stream().map(ScriptMeta::script).toList();
    }

    /** Names of all variables, each once. */
    public Set<String> variableNames() {
        return Stream.concat(shared.stream(), scripts.stream().flatMap(script -> script.variables().stream()))
                .map(Variable::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static List<Variable> variables(Literal described) {
        return described.entries().entrySet().stream()
                .map(entry -> Variable.of(entry.getKey(), entry.getValue()))
                .toList();
    }

    private void check() {
        Map<String, String> scriptOf = new HashMap<>();
        for (Scenario scenario :
                scripts.stream().flatMap(script -> script.scenarios().stream()).toList()) {
            String other = scriptOf.put(ScriptMeta.plain(scenario.name()), scenario.script());
            if (other != null) {
                throw new PerfException(
                        ExitCode.USAGE,
                        "Two scenarios are called " + scenario.name() + ", in " + other + " and " + scenario.script()
                                + ": rename one.");
            }
        }
        scripts.stream().flatMap(script -> script.scenarios().stream()).forEach(scenario -> {
            if (scenario.suite() != null && scriptOf.containsKey(ScriptMeta.plain(scenario.suite()))) {
                throw new PerfException(
                        ExitCode.USAGE,
                        "The suite " + scenario.suite() + " in " + scenario.script()
                                + " has the name of a scenario: rename one.");
            }
        });
        scripts.forEach(this::checkVariables);
    }

    /** A scenario that sets a variable which its script does not read would not be the scenario it says. */
    private void checkVariables(ScriptMeta script) {
        Set<String> known = Stream.concat(shared.stream(), script.variables().stream())
                .map(Variable::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (Scenario scenario : script.scenarios()) {
            scenario.env().keySet().forEach(name -> refuseUnknown(name, known, "Scenario " + scenario.name(), script));
        }
        if (script.modelPercentVariable() != null) {
            refuseUnknown(script.modelPercentVariable(), known, "modelPercentVariable", script);
        }
    }

    private static void refuseUnknown(String name, Set<String> known, String where, ScriptMeta script) {
        if (!known.contains(name)) {
            throw new PerfException(
                    ExitCode.USAGE,
                    where + " of " + script.script() + " has an unknown variable \"" + name
                            + "\": describe it under meta.variables.");
        }
    }

    private String unknown(String name) {
        Optional<String> nearest = Nearest.to(name, names());
        return "Unknown scenario \"" + name + "\": "
                + nearest.map(near -> "did you mean " + near
                                + "? \"llm-perf list\" names all, and a script goes by its path.")
                        .orElseGet(() -> "use " + String.join(", ", names()) + ", or the path of a .js script.");
    }

    private static boolean same(String one, String other) {
        return ScriptMeta.plain(one).equals(ScriptMeta.plain(other));
    }

    private static PerfException withoutMeta(String script) {
        return new PerfException(
                ExitCode.USAGE,
                "Script " + script + " has no \"export const meta\", which names its scenarios: add it, or keep the"
                        + " script elsewhere and run it by its path.");
    }

    private static List<Path> scripts(Path folder) throws IOException {
        List<Path> scripts = new ArrayList<>();
        for (String name : scriptFolders) {
            scripts.addAll(javaScript(folder.resolve(name)));
        }
        return scripts;
    }

    private static List<Path> modules(Path folder) throws IOException {
        return Stream.concat(javaScript(folder.resolve("lib")).stream(), javaScript(folder).stream())
                .toList();
    }

    private static List<Path> javaScript(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".js"))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }
}
