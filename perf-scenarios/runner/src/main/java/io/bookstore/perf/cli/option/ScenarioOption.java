package io.bookstore.perf.cli.option;

import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.Inspection;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.run.TargetDescriptor;
import io.bookstore.perf.scenario.Nearest;
import io.bookstore.perf.scenario.Scenario;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The scenarios that a command is about, and the variables of their scripts. */
public final class ScenarioOption {

    private static final String SCENARIO = "SCENARIO";
    private static final String TARGET = "TARGET";

    // An option has it too, with the environment as its default.
    private static final String BASE_URL = "BASE_URL";

    /** The variable that names the requests of the scenario {@code replay}. */
    private static final String RECORDING = "RECORDING";

    @Parameters(
            paramLabel = "SCENARIO",
            completionCandidates = ScenarioNames.class,
            description = "Name of a scenario, or path of a .js script.")
    private String name = "";

    @Option(
            names = {"-e", "--env"},
            paramLabel = "K=V",
            description = "Variable for the script; may be repeated.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--target",
            paramLabel = "NAME",
            description = "A descriptor of k6/targets/, or the path of one (TARGET). Default: bookstore.")
    private @Nullable String target;

    @Mixin
    private ScriptsOption scripts = new ScriptsOption();

    /** The name as it was given. */
    public String name() {
        return name;
    }

    /** The scenarios that the name means, in their order; a script by its path is a scenario too. */
    public List<Scenario> scenarios() {
        if (isPath()) {
            String file = Path.of(name).getFileName().toString();
            String plain = file.substring(0, file.length() - ".js".length());
            return List.of(Scenario.of(plain, name));
        }
        List<Scenario> scenarios = scripts.scenarios().named(name);
        scenarios.forEach(this::refuseAnotherProfile);
        return scenarios;
    }

    /** The name of the folder of results. */
    public String folderName() {
        List<Scenario> scenarios = scenarios();
        Scenario first = scenarios.get(0);
        return scenarios.size() == 1 || first.suite() == null ? first.name() : first.suite();
    }

    /** Returns the folder of results where the user names none: below {@code reports}, with the time of now. */
    public Path newFolder(String prefix) {
        return NewFolder.named(prefix + folderName());
    }

    /**
     * Returns the scenario, for a command that is about one.
     *
     * @param command how its sentence begins, such as "A gate"
     * @throws PerfException if the name means several
     */
    public Scenario only(String command) {
        List<Scenario> scenarios = scenarios();
        if (scenarios.size() > 1) {
            throw new PerfException(
                    ExitCode.USAGE,
                    command + " is about one scenario, and " + folderName() + " is several: "
                            + String.join(
                                    ", ", scenarios.stream().map(Scenario::name).toList()) + ".");
        }
        return scenarios.get(0);
    }

    public Path script(Scenario scenario) {
        return name.equals(scenario.script()) ? Path.of(name) : scripts().resolve(scenario.script());
    }

    /** The folder of this kit's scripts. */
    public Path scripts() {
        return scripts.folder();
    }

    /** @throws PerfException if the script cannot run, with the code and sentence that the engine has for it */
    public static void requireRunnable(Inspection inspection) {
        EngineOutcome problem = inspection.problem();
        if (problem != null) {
            throw new PerfException(
                    ExitCode.of(problem.exitCode()).orElse(ExitCode.OTHER),
                    Objects.requireNonNullElse(problem.problem(), "The script cannot run."));
        }
    }

    /** The variables for the scenario's script, with {@code TARGET} and {@code RECORDING} in a form that works in any folder. */
    public Map<String, String> variables(Scenario scenario) {
        if (!name.equals(scenario.script())) {
            refuseMisspelt();
        }
        Map<String, String> variables = given();
        variables.putAll(scenario.env());
        variables.computeIfPresent(
                RECORDING,
                (name, file) -> TargetDescriptor.isPath(file)
                        ? Path.of(file).toAbsolutePath().toString()
                        : file);
        if (!target(variables).equals(TargetDescriptor.OWN)) {
            TargetDescriptor descriptor = TargetDescriptor.read(target(variables), scripts());
            variables.put(TARGET, descriptor.forScripts());
            descriptor.variablesIn(System.getenv()).forEach(variables::putIfAbsent);
        }
        return variables;
    }

    /** Prints a sentence for each variable of this process that looks like a misspelt one of this kit's scripts. */
    public void warn(PrintWriter out) {
        warnings(System.getenv()).forEach(warning -> out.println("warning " + warning));
    }

    private List<String> warnings(Map<String, String> process) {
        if (scenarios().stream().anyMatch(scenario -> name.equals(scenario.script()))) {
            return List.of();
        }
        Set<String> known = knownVariables();
        return new TreeMap<>(process)
                .keySet().stream()
                        .flatMap(variable -> Nearest.to(variable, known).stream()
                                .map(near -> "The variable " + variable
                                        + " is read by no script of this kit: did you mean " + near + "?"))
                        .toList();
    }

    /** Returns whether answers cost money where the service itself does not say. */
    public boolean paid() {
        String target = target(given());
        return !target.equals(TargetDescriptor.OWN)
                && TargetDescriptor.read(target, scripts()).costsMoneyUnlessItSaysOtherwise();
    }

    /**
     * The service to load; null if the BookStore API is to be started.
     *
     * @param option the address that an option has; {@code --env} goes before it
     */
    @Nullable
    public URI service(LoadedServiceOption option) {
        Map<String, String> variables = given();
        String address = variables.getOrDefault(BASE_URL, option.address());
        if (address.isEmpty() && !target(variables).equals(TargetDescriptor.OWN)) {
            address = TargetDescriptor.read(target(variables), scripts()).baseUrl();
        }
        return address.isEmpty() ? null : ServiceOption.url(address);
    }

    /** The variables that the user gave, by {@code --env} or the environment. */
    public Map<String, String> given() {
        Map<String, String> variables = new TreeMap<>();
        for (String variable : knownVariables()) {
            String value = System.getenv(variable);
            if (value != null && !value.isEmpty() && !variable.equals(BASE_URL)) {
                variables.put(variable, value);
            }
        }
        variables.putAll(env());
        return variables;
    }

    private Map<String, String> env() {
        Map<String, String> env = new LinkedHashMap<>();
        if (target != null) {
            env.put(TARGET, target);
        }
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new PerfException(ExitCode.USAGE, "--env must be NAME=VALUE, was \"" + setting + "\".");
            }
            env.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return env;
    }

    private Set<String> knownVariables() {
        return scripts.scenarios().variableNames();
    }

    private boolean isPath() {
        return name.endsWith(".js") || name.endsWith(".ts");
    }

    private static String target(Map<String, String> variables) {
        return variables.getOrDefault(TARGET, TargetDescriptor.OWN);
    }

    private void refuseAnotherProfile(Scenario scenario) {
        String own = scenario.env().get(SCENARIO);
        String asked = given().get(SCENARIO);
        if (own != null && asked != null && !plain(own).equals(plain(asked))) {
            throw new PerfException(
                    ExitCode.USAGE,
                    "SCENARIO is \"" + asked + "\", but " + scenario.name() + " is SCENARIO=" + own
                            + ": leave SCENARIO out, or run the script itself: llm-perf run " + scripts() + "/"
                            + scenario.script() + ".");
        }
    }

    /** A script of one's own may read any variable; those of this kit read the known ones, and a descriptor may name more. */
    private void refuseMisspelt() {
        refuseMisspelt(env().keySet(), knownVariables());
    }

    /** @throws PerfException if one of those given is nearly a known one */
    static void refuseMisspelt(Set<String> given, Set<String> known) {
        for (String variable : given) {
            Nearest.to(variable, known).ifPresent(near -> {
                throw new PerfException(
                        ExitCode.USAGE,
                        "Unknown variable \"" + variable + "\": the scripts of this kit read " + near + ".");
            });
        }
    }

    private static String plain(String profile) {
        return profile.replaceAll("[_-]", "").toLowerCase(Locale.ROOT);
    }
}
