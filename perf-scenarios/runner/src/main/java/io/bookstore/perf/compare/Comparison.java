package io.bookstore.perf.compare;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.compare.Fingerprint.Difference;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.facts.ServiceBuild;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A candidate compared with a baseline, over pairs of runs.
 *
 * @param sentence the verdict and its reason, for a person
 * @param grown    the part of the response time that grew most, if summaries have become slower; null if they have not, or
 *                 the runs do not tell parts
 * @param pairs    the runs that were compared with each other; empty if the comparison was refused
 * @param metrics  in the order of the table; empty as above
 * @param refusals reasons why these runs must not be compared, each with its remedy
 * @param notes    facts that a reader should know, and runs that were left out
 */
public record Comparison(
        ComparisonVerdict verdict,
        String sentence,
        @Nullable GrownPart grown,
        List<PairedRuns> pairs,
        List<MetricComparison> metrics,
        List<String> refusals,
        List<String> notes) {

    /** Fewer pairs get no verdict. */
    public static final int FEWEST_PAIRS = PairedChange.FEWEST_PAIRS;

    public Comparison {
        pairs = List.copyOf(pairs);
        metrics = List.copyOf(metrics);
        refusals = List.copyOf(refusals);
        notes = List.copyOf(notes);
    }

    /**
     * The names of runs that were compared with each other.
     *
     * @param control another run of the baseline, compared with {@code baseline} to see how noisy the session was; null
     *                without a control
     */
    public record PairedRuns(
            String baseline, String candidate, @Nullable String control) {}

    /**
     * Compares the runs of two sides, in the order of their start.
     *
     * @throws PerfException if a rule is about something that these runs do not have, or a run is on both sides
     */
    public static Comparison of(List<ComparedRun> baseline, List<ComparedRun> candidate, CompareRules rules) {
        refuseRunOnBothSides(baseline, candidate);
        List<String> facts = Fingerprint.names(
                Stream.concat(baseline.stream(), candidate.stream()).toList());
        CompareRules.refuseUnknown("--allow", rules.allowed(), "fact", facts, facts);
        RunSelection before = RunSelection.of("baseline", baseline);
        RunSelection after = RunSelection.of("candidate", candidate);
        List<ComparedRun> counted =
                Stream.concat(before.runs().stream(), after.runs().stream()).toList();
        List<String> refusals = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        Stream.of(before, after).forEach(side -> {
            refusals.addAll(side.refusals());
            notes.addAll(side.notes());
        });
        List<Difference> differences = counted.isEmpty() ? List.of() : Fingerprint.differences(counted);
        for (Difference difference : differences) {
            if (rules.allowed().contains(difference.name())) {
                notes.add("Accepted with --allow: " + difference.name() + " differs.");
            } else {
                refusals.add(difference.sentence());
            }
        }
        if (!refusals.isEmpty()) {
            return refused(refusals, notes);
        }
        List<Pair> pairs = Pair.of(before.runs(), after.runs());
        addNotes(notes, pairs, before.runs(), after.runs());
        List<RunResult> results =
                pairs.stream().flatMap(Pair::runs).map(ComparedRun::result).toList();
        MetricList.whyNoGoodput(results).ifPresent(notes::add);
        List<MetricComparison> metrics = new MetricJudge(pairs).judge(MetricList.of(results, rules.margins()));
        return judged(pairs, metrics, notes);
    }

    /** Returns whether a run went to its end as it should, so that it counts for its side. */
    public static boolean counts(ComparedRun run) {
        return !RunSelection.of("side", List.of(run)).runs().isEmpty();
    }

    private static void refuseRunOnBothSides(List<ComparedRun> baseline, List<ComparedRun> candidate) {
        for (ComparedRun one : baseline) {
            for (ComparedRun other : candidate) {
                if (one.result().equals(other.result())) {
                    throw new PerfException(
                            ExitCode.USAGE,
                            one.name() + " and " + other.name()
                                    + " are the same run: name two folders with runs of their own.");
                }
            }
        }
    }

    private static void addNotes(
            List<String> notes, List<Pair> pairs, List<ComparedRun> baseline, List<ComparedRun> candidate) {
        boolean controlled = pairs.get(0).control() != null;
        int used = pairs.size() * (controlled ? 2 : 1);
        if (controlled) {
            notes.add("The baseline has two runs for each of the candidate: every second one is the control.");
        }
        addUnpaired(notes, baseline, used);
        addUnpaired(notes, candidate, pairs.size());
        if (pairs.size() > 1 && (endsBefore(baseline, candidate) || endsBefore(candidate, baseline))) {
            notes.add("One side ran wholly before the other, so that a machine that has changed meanwhile looks like a"
                    + " service that has: run them in turn (A B B A).");
        }
        addBuilds(notes, baseline, candidate);
        addDifferent(
                notes,
                pairs,
                "The kit's version differs",
                run -> run.run().machine().kitVersion());
        addDifferent(
                notes,
                pairs,
                "The host of the service differs",
                run -> host(run.run().target().baseUrl()));
    }

    private static void addUnpaired(List<String> notes, List<ComparedRun> runs, int used) {
        for (ComparedRun run : runs.subList(Math.min(used, runs.size()), runs.size())) {
            notes.add(run.name() + " is left out: the other side has no run to pair it with.");
        }
    }

    /** Says which builds were compared, as far as both sides know theirs. */
    private static void addBuilds(List<String> notes, List<ComparedRun> baseline, List<ComparedRun> candidate) {
        Map<String, String> before = builds(baseline);
        Map<String, String> after = builds(candidate);
        if (before.isEmpty() || after.isEmpty()) {
            return;
        }
        notes.add(
                before.keySet().equals(after.keySet())
                        ? "Both sides ran the same build: " + String.join(", ", before.values()) + "."
                        : "The baseline ran " + String.join(", ", before.values()) + "; the candidate "
                                + String.join(", ", after.values()) + ".");
    }

    /** The jars that were started, by their content. */
    private static Map<String, String> builds(List<ComparedRun> runs) {
        Map<String, String> builds = new TreeMap<>();
        for (ComparedRun run : runs) {
            ServiceBuild build = run.result().run().target().build();
            if (build != null) {
                builds.put(build.hash(), build.jar() + " (" + build.hash() + ")");
            }
        }
        return builds;
    }

    private static boolean endsBefore(List<ComparedRun> one, List<ComparedRun> other) {
        return started(one)
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .isBefore(started(other).min(Comparator.naturalOrder()).orElseThrow());
    }

    private static Stream<Instant> started(List<ComparedRun> runs) {
        return runs.stream().map(run -> run.result().run().startedAt());
    }

    private static void addDifferent(
            List<String> notes, List<Pair> pairs, String what, Function<RunResult, String> fact) {
        Set<String> values = pairs.stream()
                .flatMap(Pair::runs)
                .map(run -> fact.apply(run.result()))
                .collect(Collectors.toCollection(TreeSet::new));
        if (values.size() > 1) {
            notes.add(what + ": " + String.join(", ", values) + ".");
        }
    }

    private static String host(URI service) {
        return Objects.requireNonNullElse(service.getHost(), service.toString());
    }

    private static Comparison refused(List<String> refusals, List<String> notes) {
        return new Comparison(
                ComparisonVerdict.INVALID,
                "INVALID: these runs must not be compared, for "
                        + (refusals.size() == 1 ? "one reason." : refusals.size() + " reasons."),
                null,
                List.of(),
                List.of(),
                refusals,
                notes);
    }

    private static Comparison judged(List<Pair> pairs, List<MetricComparison> metrics, List<String> notes) {
        Summary summary = new Summary(metrics, pairs.size());
        return new Comparison(
                summary.verdict(),
                summary.sentence(),
                summary.summariesSlower() ? GrownPart.of(pairs).orElse(null) : null,
                pairs.stream()
                        .map(pair -> new PairedRuns(
                                pair.baseline().name(),
                                pair.candidate().name(),
                                pair.control() == null ? null : pair.control().name()))
                        .toList(),
                metrics,
                List.of(),
                notes);
    }
}
