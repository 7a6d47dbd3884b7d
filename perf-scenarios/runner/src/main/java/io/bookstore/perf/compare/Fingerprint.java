package io.bookstore.perf.compare;

import io.bookstore.perf.results.facts.MachineFacts;
import io.bookstore.perf.results.facts.RunFacts;
import io.bookstore.perf.results.facts.SimulatorFacts;
import io.bookstore.perf.results.facts.TargetFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The facts in which two runs must agree before their figures say anything about the service, by name.
 *
 * <p>The address of the service and the version of the kit are not among them: two builds under test often have two
 * addresses, and the kit's version is said beside the verdict.
 */
record Fingerprint(Map<String, Fact> facts) {

    private static final String NOT_SET = "not set";

    // The first runs after a build write the archive that later ones start from; it matters to the start alone.
    private static final Pattern classArchive = Pattern.compile(" -XX:(ArchiveClassesAtExit|SharedArchiveFile)\\S*");

    static Fingerprint of(RunFacts run) {
        Map<String, Fact> facts = new LinkedHashMap<>();
        facts.put("scenario", Fact.of(run.scenario(), "compare runs of one scenario"));
        facts.put("script", Fact.of(run.script(), "compare runs of one script"));
        facts.put(
                "script-content",
                Fact.of(run.scriptHash(), "run both sides with one version of the script and of what it imports"));
        facts.put("load", Fact.of(loads(run), "let both sides run the same stages"));
        facts.put("engine", Fact.of(run.engine(), "run both sides with one --engine"));
        addMachine(facts, run.machine());
        addTarget(facts, run.target());
        // A script may have a variable of any name.
        variables(run)
                .forEach((name, value) -> facts.put(
                        facts.containsKey(name) ? "env." + name : name,
                        Fact.of(value, "give both sides the same value")));
        return new Fingerprint(facts);
    }

    private static void addMachine(Map<String, Fact> facts, MachineFacts machine) {
        String remedy = "run both sides on one machine";
        facts.put("os", Fact.of(machine.os(), remedy));
        facts.put("processors", Fact.of(String.valueOf(machine.processors()), remedy));
        facts.put("memory", new Fact.Memory(machine.memoryMib(), remedy));
        facts.put(
                "jdk",
                Fact.of(
                        classArchive.matcher(machine.jdk()).replaceAll(""),
                        "run both sides with one JDK and the same flags"));
    }

    private static void addTarget(Map<String, Fact> facts, TargetFacts target) {
        String remedy = "let both services use the same one";
        facts.put("simulated", Fact.of(target.simulated(), remedy));
        facts.put("provider", Fact.of(target.provider(), remedy));
        facts.put("model", Fact.of(target.model(), remedy));
        facts.put("database", Fact.of(target.database(), remedy));
        addSimulator(facts, target.simulator());
        facts.put(
                "service",
                Fact.of(
                        target.startedForTheRun() ? "started for the run" : "there before the run",
                        "start both services in the same way"));
    }

    private static void addSimulator(Map<String, Fact> facts, @Nullable SimulatorFacts simulator) {
        facts.put(
                "profile",
                Fact.of(
                        simulator == null ? null : simulator.profile(),
                        "start both simulators with one SIMULATOR_PROFILE"));
        facts.put(
                "seed",
                Fact.of(simulator == null ? null : simulator.seed(), "start both simulators with one SIMULATOR_SEED"));
        facts.put(
                "simulator-settings",
                Fact.of(
                        simulator == null ? null : simulator.settings(),
                        "give both simulators the same limits and faults"));
    }

    private static Map<String, String> variables(RunFacts run) {
        Map<String, String> variables = new LinkedHashMap<>(run.env());
        variables.remove("BASE_URL");
        // A run of full length may say so or leave it out.
        variables.put(RunFacts.DURATION_SCALE, run.fullLength() ? "1" : run.durationScale());
        return variables;
    }

    private static @Nullable String loads(RunFacts run) {
        return run.loads().isEmpty()
                ? null
                : run.loads().stream()
                        .map(load -> "%s (%s, %d %s, %d s)"
                                .formatted(
                                        load.name(),
                                        load.executor(),
                                        load.peak(),
                                        load.openLoop() ? "arrivals a minute" : load.peak() == 1 ? "user" : "users",
                                        load.duration().toSeconds()))
                        .collect(Collectors.joining(", "));
    }

    /** Every name of a fact of these runs. */
    static List<String> names(List<ComparedRun> runs) {
        return List.copyOf(runs.stream()
                .flatMap(run -> of(run.result().run()).facts.keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /**
     * A sentence for each fact in which a run differs from the first one.
     *
     * @param runs at least one
     */
    static List<Difference> differences(List<ComparedRun> runs) {
        ComparedRun first = runs.get(0);
        Fingerprint expected = of(first.result().run());
        Map<String, Difference> found = new LinkedHashMap<>();
        for (ComparedRun run : runs) {
            Fingerprint actual = of(run.result().run());
            for (String name : expected.namesWith(actual)) {
                if (!expected.agrees(name, actual)) {
                    found.putIfAbsent(name, expected.difference(name, first.name(), actual, run.name()));
                }
            }
        }
        return List.copyOf(found.values());
    }

    private List<String> namesWith(Fingerprint other) {
        List<String> names = new ArrayList<>(facts.keySet());
        other.facts.keySet().stream().filter(name -> !facts.containsKey(name)).forEach(names::add);
        return names;
    }

    private boolean agrees(String name, Fingerprint other) {
        Fact mine = facts.get(name);
        Fact theirs = other.facts.get(name);
        return mine != null && theirs != null && mine.agrees(theirs);
    }

    private Difference difference(String name, String mine, Fingerprint other, String theirs) {
        String remedy = Stream.of(facts.get(name), other.facts.get(name))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow()
                .remedy();
        return new Difference(
                name,
                "%s: %s in %s, %s in %s; %s, or accept it with --allow=%s."
                        .formatted(name, text(name), mine, other.text(name), theirs, remedy, name));
    }

    private String text(String name) {
        Fact fact = facts.get(name);
        return fact == null ? NOT_SET : fact.text();
    }

    /** @param sentence names the fact, both values and the remedy */
    record Difference(String name, String sentence) {}
}
