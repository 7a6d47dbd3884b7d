package io.bookstore.perf.compare;

import io.bookstore.perf.results.MachineFacts;
import io.bookstore.perf.results.RunFacts;
import io.bookstore.perf.results.TargetFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The facts in which two runs must agree before their figures say anything about the service, by name.
 *
 * <p>The address of the service and the version of the kit are not among them: two builds under test often have two
 * addresses, and the kit's version is said beside the verdict.
 */
record Fingerprint(Map<String, Fact> facts) {

    private static final String NOT_SET = "not set";
    private static final String UNKNOWN = "unknown";

    // Memory that firmware and kernel keep for themselves differs a little from start to start.
    private static final double SAME_MEMORY = 0.01;

    // The first runs after a build write the archive that later ones start from; it matters to the start alone.
    private static final Pattern classArchive = Pattern.compile(" -XX:(ArchiveClassesAtExit|SharedArchiveFile)\\S*");

    /** @param remedy how to make the runs agree */
    private record Fact(String value, String remedy) {}

    static Fingerprint of(RunFacts run) {
        Map<String, Fact> facts = new LinkedHashMap<>();
        facts.put("scenario", new Fact(run.scenario(), "compare runs of one scenario"));
        facts.put("script", new Fact(run.script(), "compare runs of one script"));
        facts.put("load", new Fact(loads(run), "let both sides run the same stages"));
        facts.put("engine", new Fact(run.engine(), "run both sides with one --engine"));
        addMachine(facts, run.machine());
        addTarget(facts, run.target());
        // A script may have a variable of any name.
        variables(run)
                .forEach((name, value) -> facts.put(
                        facts.containsKey(name) ? "env." + name : name,
                        new Fact(value, "give both sides the same value")));
        return new Fingerprint(facts);
    }

    private static void addMachine(Map<String, Fact> facts, MachineFacts machine) {
        String remedy = "run both sides on one machine";
        facts.put("os", new Fact(machine.os(), remedy));
        facts.put("processors", new Fact(String.valueOf(machine.processors()), remedy));
        facts.put("memory", new Fact(machine.memoryMib() + " MiB", remedy));
        facts.put(
                "jdk",
                new Fact(
                        classArchive.matcher(machine.jdk()).replaceAll(""),
                        "run both sides with one JDK and the same flags"));
    }

    private static void addTarget(Map<String, Fact> facts, TargetFacts target) {
        String remedy = "let both services use the same one";
        facts.put("simulated", new Fact(Objects.toString(target.simulated(), UNKNOWN), remedy));
        facts.put("provider", new Fact(Objects.toString(target.provider(), UNKNOWN), remedy));
        facts.put("database", new Fact(Objects.toString(target.database(), UNKNOWN), remedy));
        facts.put(
                "service",
                new Fact(
                        target.startedForTheRun() ? "started for the run" : "there before the run",
                        "start both services in the same way"));
    }

    private static Map<String, String> variables(RunFacts run) {
        Map<String, String> variables = new LinkedHashMap<>(run.env());
        variables.remove("BASE_URL");
        // A run of full length may say so or leave it out.
        variables.put(RunFacts.DURATION_SCALE, run.fullLength() ? "1" : run.durationScale());
        return variables;
    }

    private static String loads(RunFacts run) {
        return run.loads().isEmpty()
                ? UNKNOWN
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
        String mine = value(name);
        String theirs = other.value(name);
        if (name.equals("memory")) {
            double one = mebibytes(mine);
            double two = mebibytes(theirs);
            return Math.abs(one - two) <= SAME_MEMORY * Math.max(one, two);
        }
        return mine.equals(theirs);
    }

    private static double mebibytes(String memory) {
        return Double.parseDouble(memory.substring(0, memory.indexOf(' ')));
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
                        .formatted(name, value(name), mine, other.value(name), theirs, remedy, name));
    }

    private String value(String name) {
        Fact fact = facts.get(name);
        return fact == null ? NOT_SET : fact.value();
    }

    /** @param sentence names the fact, both values and the remedy */
    record Difference(String name, String sentence) {}
}
